/** What `_fizzled_parents` is made of: FIZZLED parents, whole, of members that are released although a parent failed. */
import type { Firework, Launch, Workflow } from '../../domain/model';
import type { FireworkState } from '../../domain/state';
import { isTruthy } from '../../domain/workflow-draft';
import { parentsByChild } from '../../domain/workflow-graph';
import type { LaunchPadStore } from '../../storage/launchpad-store';
import { likelyState } from './likely-state';
import { launchesById } from '../launches-by-id';

export interface FizzledParents {
  readonly fizzledParents: ReadonlyMap<number, Firework>;
  /** All of theirs, archived ones too. */
  readonly parentLaunches: ReadonlyMap<number, Launch>;
}

export interface LoadedMembers {
  readonly workflow: Workflow;
  readonly fireworks: ReadonlyMap<number, Firework>;
  readonly launches: ReadonlyMap<number, Launch>;
  /** Launches as they are about to be written. */
  readonly assumed: readonly Launch[];
}

export async function loadFizzledParents(
  store: LaunchPadStore,
  { workflow, fireworks, launches, assumed }: LoadedMembers,
  /** Of new members that tolerate FIZZLED parents. */
  parentsOfNewcomers: readonly number[] = [],
): Promise<FizzledParents> {
  const fizzledParents = new Map<number, Firework>();
  const ofNewcomers = parentsOfNewcomers.filter((fwId) => workflow.fwStates.get(fwId) === 'FIZZLED');
  const ids = [...new Set([...fizzledParentIds(workflow, fireworks, launches), ...ofNewcomers])];
  if (ids.length === 0) return { fizzledParents, parentLaunches: new Map() };
  for await (const parent of store.findFireworks({ ids }, 'all')) fizzledParents.set(parent.fwId, parent);
  const launchIds = [...fizzledParents.values()].flatMap((one) => [...one.launches, ...one.archivedLaunches]);
  const parentLaunches = await launchesById(store, launchIds, 'all');
  for (const launch of assumed) parentLaunches.set(launch.launchId, launch);
  return { fizzledParents, parentLaunches };
}

/** Only of members whose parents are all done: a member that waits for thousands gets its list once, at the end. */
function fizzledParentIds(
  workflow: Workflow,
  fireworks: ReadonlyMap<number, Firework>,
  launches: ReadonlyMap<number, Launch>,
): readonly number[] {
  const tolerant = [...fireworks.values()].filter(
    ({ spec, state }) => state === 'WAITING' && isTruthy(spec['_allow_fizzled_parents']),
  );
  if (tolerant.length === 0) return [];
  const parentsOf = parentsByChild(workflow.links);
  const stateOf = (fwId: number): FireworkState | undefined => {
    const firework = fireworks.get(fwId);
    const likely = firework && likelyState(firework, launches);
    return likely ?? firework?.state ?? workflow.fwStates.get(fwId);
  };
  const ids = new Set<number>();
  for (const { fwId } of tolerant) {
    const parents = (parentsOf.get(fwId) ?? []).map((parent) => ({ parent, state: stateOf(parent) }));
    if (!parents.every(({ state }) => state === 'COMPLETED' || state === 'FIZZLED')) continue;
    for (const { parent, state } of parents) if (state === 'FIZZLED') ids.add(parent);
  }
  return [...ids];
}
