/** The specs of what runs again: as they were run, or as they are, or of a definition. */
import { isObject, type Firework, type Links, type ValueObject } from '../model';
import { findMisfit, withEdits } from '../rerun/spec-edit';
import { dynamicMembers } from './dynamic-members';
import { matchDefinition } from './match-definition';
import { memberOf, Refusal, titleOf, titles, type NewRunWishes, type PlanInput } from './new-run';
import { specWithoutPast } from './past';
import { pushesByTarget, withoutPushes, withPushes, type PushesByTarget } from './pushes';
import { chosenSpec, type DoneAction, type RecordedRun } from './recorded-run';

export type Specs = ReadonlyMap<number, Pick<Firework, 'name' | 'spec'>>;

export function specsOf(
  input: PlanInput,
  executed: ReadonlySet<number>,
  members: readonly number[],
  notes: string[],
): Specs {
  const { run, way, wishes } = input;
  const pushes = pushesByTarget(run);
  const standing = new Set(members.filter((fwId) => !executed.has(fwId)));
  const unrecorded: number[] = [];
  const later: number[] = [];
  const specs = new Map<number, Pick<Firework, 'name' | 'spec'>>();
  const defined = definedSpecs(input, members);
  for (const fwId of executed) {
    const given = defined?.get(fwId);
    const own = given
      ? { ...given, spec: withPushes(given.spec, activePushes(run, pushes, fwId, standing), input.applyMods) }
      : recordedSpec(input, pushes, { fwId, standing, unrecorded, later, notes });
    const edited = editedSpec(own.spec, wishes, titleOf(memberOf(run, fwId)));
    specs.set(fwId, { name: own.name, spec: edited });
  }
  if (unrecorded.length > 0) {
    const which = way.kind === 'from' ? 'with which specs these were run' : 'how these were first run';
    notes.push(`not recorded ${which}, taken as they are now: ${titles(run, unrecorded)}`);
  }
  if (later.length > 0)
    notes.push(`not recorded how these were first run, taken from a later launch: ${titles(run, later)}`);
  const finders = [...specs].filter(([, { spec }]) => isObject(spec['_dupefinder'])).map(([fwId]) => fwId);
  if (finders.length > 0) {
    const which = titles(run, finders);
    notes.push(`may take over a recorded result, as duplicates (--unset _dupefinder runs them): ${which}`);
  }
  return specs;
}

interface SpecWanted {
  readonly fwId: number;
  readonly standing: ReadonlySet<number>;
  readonly unrecorded: number[];
  readonly later: number[];
  readonly notes: string[];
}

function recordedSpec(
  { run, way, wishes, undoMods }: PlanInput,
  pushes: PushesByTarget,
  { fwId, standing, unrecorded, later, notes }: SpecWanted,
): Pick<Firework, 'name' | 'spec'> {
  const firework = memberOf(run, fwId);
  const recorded = way.kind === 'from' ? 'active run' : 'first run';
  const chosen = chosenSpec(run, firework, wishes.current ? 'now' : recorded);
  if (chosen.recorded === 'no') unrecorded.push(fwId);
  if (chosen.recorded === 'later') later.push(fwId);
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
export function editedSpec(spec: ValueObject, { edits, env }: NewRunWishes, title: string): ValueObject {
  const misfit = findMisfit(spec, edits);
  if (misfit !== undefined) throw new Refusal(`${title}: ${misfit}`);
  const edited = withEdits(spec, edits);
  if (Object.keys(env).length === 0) return edited;
  const before = isObject(edited['_env']) ? edited['_env'] : {};
  return { ...edited, _env: { ...before, ...env } };
}

export function linksAmong(links: Links, members: readonly number[]): Links {
  const kept = new Set(members);
  return new Map(members.map((fwId) => [fwId, (links.get(fwId) ?? []).filter((child) => kept.has(child))]));
}
