/** The plan of a run that is new: which Fireworks of a recorded one it has, with which specs, and which stand as they are. */
import type { LaunchRecord } from '../launch-record';
import type { Firework, Launch, Links } from '../model';
import { workflowState } from '../rules/workflow-state';
import type { FireworkState } from '../state';
import { isoTimestamp } from '../timestamps';
import { isTruthy } from '../workflow-draft';
import { parentsByChild } from '../workflow-graph';
import { chooseMembers } from './choose-members';
import { memberOf, Refusal, type NewRun, type NewRunPlan, type PlanInput } from './new-run';
import type { RecordedRun } from './recorded-run';
import { metadataOf } from './run-metadata';
import { linksAmong, specsOf } from './run-specs';

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
  const { members, executed, dynamic } = chooseMembers(input, notes);
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
    // By this it is known as created by the one that created it (dynamic-members.ts).
    const isCopy = !executed.has(fwId) || dynamic.has(fwId);
    const dates = { createdOn: isCopy ? was.createdOn : stamp, updatedOn: stamp };
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
