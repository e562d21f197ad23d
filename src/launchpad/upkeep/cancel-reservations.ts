/** Gives up reservations: the launch is READY in FireWorks' words, archived, and its Firework may be claimed again. */
import type { Launch } from '../../domain/model';
import type { DocumentChange } from '../../domain/patch';
import { launchChange } from '../../domain/upkeep/launch-change';
import { timestampMillis } from '../../domain/timestamps';
import { cancelledLaunch, isStaleReservation, type LostRules } from '../../domain/upkeep/lost-launches';
import type { LaunchPadStore } from '../../storage/launchpad-store';
import { rerunFireworks, type RerunRequest } from '../rerun/rerun-fireworks';
import type { RerunReport } from '../rerun/rerun-report';
import type { RunContext } from '../run-context';

export interface StaleReservations {
  /** Ascending, of Fireworks that are RESERVED still. */
  readonly launches: readonly Launch[];
  /** RESERVED by a rocket or a queue launcher that died before it had a launch: nobody would ever run them. */
  readonly claims: readonly number[];
}

export async function findStaleReservations(
  store: LaunchPadStore,
  rules: LostRules,
): Promise<StaleReservations> {
  const stale: Launch[] = [];
  for await (const launch of store.queryLaunches({ state: 'RESERVED' }, 'brief')) {
    if (isStaleReservation(launch, rules)) stale.push(launch);
  }
  const ids = [...new Set(stale.map(({ fwId }) => fwId))];
  const reserved = new Set(await store.findFireworkIds({ ids, where: { state: 'RESERVED' } }));
  const launches = stale.filter(({ fwId }) => reserved.has(fwId));
  return { launches, claims: await findDeadClaims(store, rules) };
}

async function findDeadClaims(
  store: LaunchPadStore,
  { now, expirationSecs }: LostRules,
): Promise<readonly number[]> {
  const claims: number[] = [];
  const where = { state: 'RESERVED', launches: { $size: 0 } };
  const cutoff = now.getTime() - expirationSecs * 1000;
  for await (const { fwId, updatedOn } of store.findFireworks({ where }, 'summary')) {
    if (timestampMillis(updatedOn) <= cutoff) claims.push(fwId);
  }
  return claims;
}

export interface CancelRequest extends Pick<RerunRequest, 'dryRun' | 'signal' | 'lockWaitMs'> {
  readonly launches: readonly Launch[];
  /** RESERVED Fireworks without a launch that are given back as well. */
  readonly claims?: readonly number[];
}

/** A rocket that has started such a launch in the meantime keeps it. */
export async function cancelReservations(
  store: LaunchPadStore,
  { launches, claims = [], ...request }: CancelRequest,
  context: RunContext,
): Promise<RerunReport> {
  const cancelled = launches.map(({ launchId }) => launchId);
  const owners = await store.findFireworksOfLaunches(cancelled);
  const listed = [...new Set([...owners.values()].flat())];
  const where = { state: 'RESERVED' };
  const ids = [...(await store.findFireworkIds({ ids: listed, where })), ...claims];
  const report = await rerunFireworks(
    store,
    {
      ...request,
      ids,
      selection: { where },
      options: { includeRunning: false, resetHeld: false, clearRecovery: false },
      noDuplicates: true,
      ending: (fwIds) => reservationEndings(store, fwIds, new Set(cancelled), context.now()),
    },
    context,
  );
  if (!request.dryRun) await cancelOthers(store, launches, context);
  return report;
}

async function reservationEndings(
  store: LaunchPadStore,
  fwIds: readonly number[],
  cancelled: ReadonlySet<number>,
  now: Date,
): Promise<ReadonlyMap<number, readonly DocumentChange[]>> {
  const endings = new Map<number, readonly DocumentChange[]>();
  for await (const { fwId, launches: ids } of store.findFireworks({ ids: fwIds }, 'summary')) {
    const reserved: Launch[] = [];
    for await (const launch of store.findLaunches(ids, 'brief')) {
      if (launch.state === 'RESERVED' && cancelled.has(launch.launchId)) reserved.push(launch);
    }
    if (ids.length > 0 && reserved.length === 0) continue;
    endings.set(
      fwId,
      reserved.map((launch) => launchChange(launch, cancelledLaunch(launch, now))),
    );
  }
  return endings;
}

/** Of a Firework that is held meanwhile, or that has another launch: it stays as it is. */
async function cancelOthers(
  store: LaunchPadStore,
  launches: readonly Launch[],
  { now }: RunContext,
): Promise<void> {
  const ids = launches.map(({ launchId }) => launchId);
  const owners = await store.findFireworksOfLaunches(ids);
  const fwIds = [...new Set([...owners.values()].flat())];
  const reserved = new Set(await store.findFireworkIds({ ids: fwIds, where: { state: 'RESERVED' } }));
  for await (const launch of store.findLaunches(ids, 'brief')) {
    const { launchId } = launch;
    if (launch.state !== 'RESERVED' || owners.get(launchId)?.some((fwId) => reserved.has(fwId))) continue;
    const { state, stateHistory } = cancelledLaunch(launch, now());
    await store.updateLaunch({ launchId, onlyWhile: ['RESERVED'], state, stateHistory });
  }
}
