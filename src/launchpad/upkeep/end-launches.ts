/** Ends launches that are lost: FIZZLED without a result, and what this means for their Fireworks, in one step. */
import type { Launch, Timestamp } from '../../domain/model';
import { isoTimestamp } from '../../domain/timestamps';
import { withMemberChanges, type DocumentChange, type WorkflowPatch } from '../../domain/patch';
import { launchChange } from '../../domain/upkeep/launch-change';
import { isLost, lostLaunch, type LostRules } from '../../domain/upkeep/lost-launches';
import { storedSeconds } from '../../specs/stored-values';
import type { LaunchPadStore, Membership } from '../../storage/launchpad-store';
import { planRefreshes } from '../refresh/refresh-locked';
import type { RunContext } from '../run-context';
import { commitPatchesOf, type MemberOutcome, type PatchRequest } from './commit-changes';
import { hasEnded } from './find-lost-runs';

export interface EndRequest extends PatchRequest {
  /** As they were found. */
  readonly launches: readonly Launch[];
  readonly rules: LostRules;
}

export async function endLostLaunches(
  store: LaunchPadStore,
  { launches, rules, ...request }: EndRequest,
  context: RunContext,
): Promise<readonly MemberOutcome[]> {
  const ids = launches.map(({ launchId }) => launchId);
  const owners = await store.findFireworksOfLaunches(ids);
  const memberships = await store.findMemberships([...new Set([...owners.values()].flat())]);
  const homes = homesOf(memberships, owners);
  const plan = async (held: readonly Membership[]): Promise<readonly WorkflowPatch[]> => {
    const still = await stillLost(store, ids, rules);
    const members = held.map((one) => ({ ...one, members: one.members.filter((id) => ownsOne(id, still)) }));
    const assumed = [...still.values()].map(({ after }) => after);
    const plans = await planRefreshes(
      store,
      members.filter((one) => one.members.length > 0),
      { now: context.now, assumed },
    );
    return plans.map(({ patch }) => {
      const ends = [...still.values()].filter(
        ({ before }) => homes.get(before.launchId) === patch.workflowKey,
      );
      return withMemberChanges(
        patch,
        ends.map(({ before, after }) => launchChange(before, after)),
      );
    });
  };
  const ownsOne = (fwId: number, still: ReadonlyMap<number, Ending>): boolean =>
    [...still.keys()].some((id) => owners.get(id)?.includes(fwId));
  const outcomes = await commitPatchesOf(store, memberships, plan, request, context);
  if (!request.dryRun)
    await endArchived(
      store,
      launches.filter(({ launchId }) => !homes.has(launchId)),
      context,
    );
  return outcomes;
}

/** Of several workflows that share a launch, the one with which it is written. */
function homesOf(
  memberships: readonly Membership[],
  owners: ReadonlyMap<number, readonly number[]>,
): ReadonlyMap<number, string> {
  const keys = new Map(
    memberships.flatMap(({ workflowKey, members }) => members.map((id) => [id, workflowKey])),
  );
  const homes = new Map<number, string>();
  for (const [launchId, fwIds] of owners) {
    const key = fwIds.map((fwId) => keys.get(fwId)).find((one) => one !== undefined);
    if (key !== undefined) homes.set(launchId, key);
  }
  return homes;
}

interface Ending {
  readonly before: Launch;
  readonly after: Launch;
}

/** Read again under the lock: a rocket that was only slow has its run back. */
async function stillLost(
  store: LaunchPadStore,
  ids: readonly number[],
  rules: LostRules,
): Promise<ReadonlyMap<number, Ending>> {
  const still = new Map<number, Ending>();
  for await (const launch of store.findLaunches(ids, 'brief')) {
    if (isLost(launch, rules)) still.set(launch.launchId, endingOf(launch, rules.now));
  }
  return still;
}

function endingOf(before: Launch, now: Date): Ending {
  const after = lostLaunch(before, now);
  const { runtimeSecs } = after;
  return {
    before,
    after: { ...after, runtimeSecs: runtimeSecs === null ? null : storedSeconds(runtimeSecs) },
  };
}

/** No Firework lists them any more: what becomes of them changes nothing else. */
async function endArchived(
  store: LaunchPadStore,
  launches: readonly Launch[],
  { now }: RunContext,
): Promise<void> {
  for (const launch of launches) {
    const { launchId, state, stateHistory, timeStart, timeEnd, runtimeSecs } = endingOf(launch, now()).after;
    const times = { timeStart: textOf(timeStart), timeEnd: textOf(timeEnd), runtimeSecs };
    await store.updateLaunch({ launchId, onlyWhile: ['RUNNING'], state, stateHistory, ...times });
  }
}

function textOf(moment: Timestamp | null): string | null {
  return moment instanceof Date ? isoTimestamp(moment) : moment;
}

/** What ends with the rerun of these Fireworks: those of which some launch may still run are left out. */
export function lostEndings(
  store: LaunchPadStore,
  lost: readonly Launch[],
  rules: LostRules,
): (fwIds: readonly number[]) => Promise<ReadonlyMap<number, readonly DocumentChange[]>> {
  const ids = lost.map(({ launchId }) => launchId);
  return async (fwIds) => {
    const still = await stillLost(store, ids, rules);
    const endings = new Map<number, readonly DocumentChange[]>();
    const fireworks: Parameters<typeof hasEnded>[0][] = [];
    for await (const one of store.findFireworks({ ids: fwIds }, 'summary')) fireworks.push(one);
    const launches = new Map<number, Launch>();
    const listed = fireworks.flatMap((one) => one.launches);
    for await (const one of store.findLaunches(listed, 'brief')) launches.set(one.launchId, one);
    for (const one of fireworks) {
      if (one.state !== 'RUNNING' || !hasEnded(one, new Set(still.keys()), launches)) continue;
      const ends = one.launches.flatMap((id) => still.get(id) ?? []);
      endings.set(
        one.fwId,
        ends.map(({ before, after }) => launchChange(before, after)),
      );
    }
    return endings;
  };
}
