/** The plan of a run that is new: which Fireworks of a recorded one it has, with which specs, and which stand as they are. */
import type { ApplyMods } from '../actions/action-plan';
import type { LaunchRecord } from '../launch-record';
import {
  isObject,
  type Firework,
  type Launch,
  type Links,
  type NewWorkflow,
  type Value,
  type ValueObject,
} from '../model';
import { findMisfit, withEdits, type SpecEdit } from '../rerun/spec-edit';
import { workflowState } from '../rules/workflow-state';
import { isHeld, isUnderWay, type FireworkState } from '../state';
import { isoTimestamp } from '../timestamps';
import { isTruthy } from '../workflow-draft';
import { parentsByChild, withDescendants } from '../workflow-graph';
import { dynamicMembers } from './dynamic-members';
import { matchDefinition } from './match-definition';
import { specWithoutPast } from './past';
import { pushesByTarget, withoutPushes, withPushes, type PushesByTarget, type UndoMods } from './pushes';
import { chosenSpec, type DoneAction, type RecordedRun } from './recorded-run';

/** What becomes of a recorded run. */
export type Way =
  /** Every Firework of it again. */
  | { readonly kind: 'whole' }
  /** One Firework alone, with what it was given. */
  | { readonly kind: 'alone'; readonly fwId: number }
  /** One Firework and all below it again; the others stand as they are. */
  | { readonly kind: 'from'; readonly fwId: number };

/** What is different in the new run. */
export interface NewRunWishes {
  readonly name?: string;
  /** Into the metadata. */
  readonly project?: string;
  readonly domain?: string;
  readonly labels: Readonly<Record<string, string>>;
  /** For the processes of Firetasks. */
  readonly env: Readonly<Record<string, string>>;
  readonly edits: readonly SpecEdit[];
  /** The specs as they are now. */
  readonly current: boolean;
  /** Specs of what is run again. */
  readonly definition?: NewWorkflow;
}

export interface NewRun {
  /** Its Fireworks have the ids of those that they repeat. */
  readonly workflow: NewWorkflow;
  /** Launches that come along, under the ids of the recorded ones. */
  readonly launches: readonly Launch[];
  readonly records: readonly LaunchRecord[];
  /** Recorded Fireworks that are run again; the others stand. */
  readonly executed: readonly number[];
  /** What a person should know. */
  readonly notes: readonly string[];
}

export type NewRunPlan =
  { readonly kind: 'planned'; readonly run: NewRun } | { readonly kind: 'refused'; readonly reason: string };

export interface PlanInput {
  readonly run: RecordedRun;
  readonly way: Way;
  readonly wishes: NewRunWishes;
  readonly now: Date;
  readonly applyMods: ApplyMods;
  readonly undoMods: UndoMods;
}

/** The whole plan is refused where a part of it cannot be made. */
class Refusal extends Error {}

export function planNewRun(input: PlanInput): NewRunPlan {
  try {
    return { kind: 'planned', run: plan(input) };
  } catch (error) {
    if (error instanceof Refusal) return { kind: 'refused', reason: error.message };
    throw error;
  }
}

function plan(input: PlanInput): NewRun {
  const { run, way, wishes, now } = input;
  const notes: string[] = [];
  const { members, executed } = chooseMembers(input, notes);
  const specs = specsOf(input, executed, members, notes);
  const links = linksAmong(run.workflow.links, members);
  const standing = members.filter((fwId) => !executed.has(fwId)).map((fwId) => memberOf(run, fwId));
  const stamp = isoTimestamp(now);
  const states = statesOf(run, links, executed);
  const fireworks = members.map((fwId): Firework => {
    const was = memberOf(run, fwId);
    const { name, spec } = specs.get(fwId) ?? was;
    const state = states.get(fwId) ?? 'WAITING';
    const active = executed.has(fwId) ? [] : was.launches;
    const dates = { createdOn: stamp, updatedOn: stamp };
    return { fwId, name, state, spec, ...dates, launches: active, archivedLaunches: [] };
  });
  const specAt = new Map(fireworks.map(({ fwId, spec }) => [fwId, spec]));
  const tolerates = (fwId: number): boolean => isTruthy(specAt.get(fwId)?.['_allow_fizzled_parents']);
  const launches = launchesOf(run, standing);
  const [only] = fireworks;
  const name = wishes.name ?? (way.kind === 'alone' ? only?.name : undefined) ?? run.workflow.name;
  return {
    workflow: {
      name,
      metadata: metadataOf(input),
      links,
      fireworks,
      state: workflowState(links, states, tolerates),
      createdOn: now,
      updatedOn: now,
    },
    launches,
    records: recordsOf(run, standing, launches),
    executed: [...executed],
    notes,
  };
}

interface Members {
  /** By ascending fw_id. */
  readonly members: readonly number[];
  readonly executed: ReadonlySet<number>;
}

function chooseMembers(input: PlanInput, notes: string[]): Members {
  const { run, way } = input;
  const all = [...run.workflow.nodes].sort((one, other) => one - other);
  for (const fwId of all) memberOf(run, fwId);
  if (way.kind === 'alone') return { members: [way.fwId], executed: new Set([way.fwId]) };
  const creators = dynamicMembers(run);
  const again = way.kind === 'whole' ? new Set(all) : partFrom(run, way.fwId, creators, notes);
  const dropped = createdAgain(creators, again);
  if (way.kind === 'from' && dropped.has(way.fwId)) {
    const creator = memberOf(run, creators.get(way.fwId) ?? 0);
    throw new Refusal(
      `${titleOf(memberOf(run, way.fwId))} is created by ${titleOf(creator)}: rerun from that`,
    );
  }
  for (const [creator, made] of grouped(dropped, creators)) {
    notes.push(
      `left out, since ${titleOf(memberOf(run, creator))} creates them when it runs: ${titles(run, made)}`,
    );
  }
  const members = all.filter((fwId) => !dropped.has(fwId));
  return { members, executed: new Set(members.filter((fwId) => again.has(fwId))) };
}

/** The Firework, all below it, and what has no result that could stand. */
function partFrom(
  run: RecordedRun,
  fwId: number,
  creators: ReadonlyMap<number, number>,
  notes: string[],
): ReadonlySet<number> {
  const again = new Set(withDescendants(run.workflow.links, [fwId]));
  const dropped = createdAgain(creators, again);
  const others = run.workflow.nodes.filter((one) => !again.has(one) && !dropped.has(one));
  const running = others.filter((one) => isUnderWay(memberOf(run, one).state));
  if (running.length > 0)
    throw new Refusal(
      `RUNNING or RESERVED, so that there is no result to take over: ${titles(run, running)}`,
    );
  const open = others.filter((one) => {
    const { state } = memberOf(run, one);
    return state !== 'COMPLETED' && !isHeld(state);
  });
  if (open.length > 0) notes.push(`run as well, since they have no result: ${titles(run, open)}`);
  for (const one of open) again.add(one);
  return again;
}

/** Members whose creators run again, and will create them again, and what these had created. */
function createdAgain(
  creators: ReadonlyMap<number, number>,
  again: ReadonlySet<number>,
): ReadonlySet<number> {
  const dropped = new Set<number>();
  // Whoever creates has the lower id.
  for (const [made, creator] of [...creators].sort(([one], [other]) => one - other))
    if (again.has(creator) || dropped.has(creator)) dropped.add(made);
  return dropped;
}

function grouped(
  dropped: ReadonlySet<number>,
  creators: ReadonlyMap<number, number>,
): ReadonlyMap<number, readonly number[]> {
  const groups = new Map<number, number[]>();
  for (const fwId of dropped) {
    const creator = creators.get(fwId) ?? fwId;
    groups.set(creator, [...(groups.get(creator) ?? []), fwId]);
  }
  return groups;
}

type Specs = ReadonlyMap<number, Pick<Firework, 'name' | 'spec'>>;

function specsOf(
  input: PlanInput,
  executed: ReadonlySet<number>,
  members: readonly number[],
  notes: string[],
): Specs {
  const { run, way, wishes } = input;
  const pushes = pushesByTarget(run);
  const standing = new Set(members.filter((fwId) => !executed.has(fwId)));
  const unrecorded: number[] = [];
  const specs = new Map<number, Pick<Firework, 'name' | 'spec'>>();
  const defined = definedSpecs(input, members);
  for (const fwId of executed) {
    const given = defined?.get(fwId);
    const own = given
      ? { ...given, spec: withPushes(given.spec, activePushes(run, pushes, fwId, standing), input.applyMods) }
      : recordedSpec(input, pushes, { fwId, standing, unrecorded, notes });
    const edited = editedSpec(own.spec, wishes, titleOf(memberOf(run, fwId)));
    specs.set(fwId, { name: own.name, spec: edited });
  }
  if (unrecorded.length > 0) {
    const which = way.kind === 'from' ? 'with which specs these were run' : 'how these were first run';
    notes.push(`not recorded ${which}, taken as they are now: ${titles(run, unrecorded)}`);
  }
  return specs;
}

interface SpecWanted {
  readonly fwId: number;
  readonly standing: ReadonlySet<number>;
  readonly unrecorded: number[];
  readonly notes: string[];
}

function recordedSpec(
  { run, way, wishes, undoMods }: PlanInput,
  pushes: PushesByTarget,
  { fwId, standing, unrecorded, notes }: SpecWanted,
): Pick<Firework, 'name' | 'spec'> {
  const firework = memberOf(run, fwId);
  const recorded = way.kind === 'from' ? 'active run' : 'first run';
  const chosen = chosenSpec(run, firework, wishes.current ? 'now' : recorded);
  if (chosen.unrecorded) unrecorded.push(fwId);
  const spec = specWithoutPast(chosen.spec);
  if (way.kind === 'alone') return { name: chosen.name, spec };
  const landed = (pushes.get(fwId) ?? []).filter(
    ({ fwId: from, endedOn }) => endedOn <= chosen.until && !standing.has(from),
  );
  const before = withoutPushes(spec, landed, undoMods);
  if (before.lost.length > 0) {
    const keys = [...new Set(before.lost)].join(', ');
    notes.push(`${titleOf(firework)}: nobody knows what its parents took away from ${keys}; see its spec`);
  }
  return { name: chosen.name, spec: before.spec };
}

/** What stands hands on once more what its result handed on. */
function activePushes(
  { fireworks }: RecordedRun,
  pushes: PushesByTarget,
  fwId: number,
  standing: ReadonlySet<number>,
): readonly DoneAction[] {
  return (pushes.get(fwId) ?? []).filter(
    ({ fwId: from, launchId }) => standing.has(from) && fireworks.get(from)?.launches.includes(launchId),
  );
}

function definedSpecs({ run, wishes }: PlanInput, members: readonly number[]): Specs | undefined {
  if (!wishes.definition) return undefined;
  const recorded = members.map((fwId) => memberOf(run, fwId));
  const creators = dynamicMembers(run);
  const fixed = recorded.filter(({ fwId }) => !creators.has(fwId));
  const links = linksAmong(
    run.workflow.links,
    fixed.map(({ fwId }) => fwId),
  );
  const matched = matchDefinition({ fireworks: fixed, links }, wishes.definition);
  if (matched.kind === 'mismatch')
    throw new Refusal(`the definition is not of this workflow: ${matched.reason}`);
  return matched.fireworks;
}

/** `_env` is what our rockets give to the processes of Firetasks. */
function editedSpec(spec: ValueObject, { edits, env }: NewRunWishes, title: string): ValueObject {
  const misfit = findMisfit(spec, edits);
  if (misfit !== undefined) throw new Refusal(`${title}: ${misfit}`);
  const edited = withEdits(spec, edits);
  if (Object.keys(env).length === 0) return edited;
  const before = isObject(edited['_env']) ? edited['_env'] : {};
  return { ...edited, _env: { ...before, ...env } };
}

/** `rerun_of` names the origin by the id under which get_wflows shows it, or the Firework itself. */
function metadataOf({ run, way, wishes }: PlanInput): Value {
  const { metadata, nodes } = run.workflow;
  const { rerun_from: _, labels: known, ...kept } = isObject(metadata) ? metadata : {};
  const { project, domain } = wishes;
  const labels = { ...(isObject(known) ? known : {}), ...wishes.labels };
  return {
    ...kept,
    ...(project === undefined ? {} : { project }),
    ...(domain === undefined ? {} : { domain }),
    ...(Object.keys(labels).length > 0 ? { labels } : {}),
    rerun_of: way.kind === 'alone' ? way.fwId : nodes[0],
    ...(way.kind === 'from' ? { rerun_from: way.fwId } : {}),
  };
}

function statesOf(
  run: RecordedRun,
  links: Links,
  executed: ReadonlySet<number>,
): ReadonlyMap<number, FireworkState> {
  const parents = parentsByChild(links);
  const stateOf = (fwId: number): FireworkState => memberOf(run, fwId).state;
  return new Map(
    [...links.keys()].map((fwId): [number, FireworkState] => {
      if (!executed.has(fwId)) return [fwId, stateOf(fwId)];
      const ready = (parents.get(fwId) ?? []).every(
        (parent) => !executed.has(parent) && stateOf(parent) === 'COMPLETED',
      );
      return [fwId, ready ? 'READY' : 'WAITING'];
    }),
  );
}

function linksAmong(links: Links, members: readonly number[]): Links {
  const kept = new Set(members);
  return new Map(members.map((fwId) => [fwId, (links.get(fwId) ?? []).filter((child) => kept.has(child))]));
}

/** Each once, also one that several share. */
function launchesOf({ launches }: RecordedRun, standing: readonly Firework[]): readonly Launch[] {
  const ids = new Set(standing.flatMap((firework) => firework.launches));
  return [...ids].sort((one, other) => one - other).flatMap((id) => launches.get(id) ?? []);
}

function recordsOf(
  { records }: RecordedRun,
  standing: readonly Firework[],
  launches: readonly Launch[],
): readonly LaunchRecord[] {
  const ids = new Set(launches.map(({ launchId }) => launchId));
  return standing.flatMap(({ fwId }) => records.get(fwId) ?? []).filter(({ launchId }) => ids.has(launchId));
}

function memberOf({ fireworks }: RecordedRun, fwId: number): Firework {
  const firework = fireworks.get(fwId);
  if (!firework) throw new Refusal(`Firework ${String(fwId)} is a member, but it is not in the database`);
  return firework;
}

const MOST_TITLES = 10;

function titles(run: RecordedRun, fwIds: Iterable<number>): string {
  const all = [...fwIds].map((fwId) => titleOf(memberOf(run, fwId)));
  const more = all.length > MOST_TITLES ? `, and ${String(all.length - MOST_TITLES)} more` : '';
  return `${all.slice(0, MOST_TITLES).join(', ')}${more}`;
}

function titleOf({ fwId, name }: Firework): string {
  return `${String(fwId)} ${name}`;
}
