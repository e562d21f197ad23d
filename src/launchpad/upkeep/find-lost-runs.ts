/** Finds runs of which nothing has been heard for too long, and RUNNING Fireworks that do not run (semantics.md, section 11). */
import type { Firework, Launch } from '../../domain/model';
import { rankOf } from '../../domain/state';
import { isLost, type LostRules } from '../../domain/upkeep/lost-launches';
import type { LaunchPadStore, Query } from '../../storage/launchpad-store';
import { representativeLaunch } from '../refresh/likely-state';
import { launchesById } from '../launches-by-id';

export interface LostRunsQuery {
  readonly rules: LostRules;
  /** Only runs of Fireworks that this matches. */
  readonly fireworks?: Query | undefined;
  /** Only launches that this matches. */
  readonly launches?: Query | undefined;
}

export interface LostRuns {
  /** Ascending; archived ones too. */
  readonly launches: readonly Launch[];
  /** RUNNING Fireworks of which no launch runs any more. */
  readonly fwIds: readonly number[];
}

export async function findLostRuns(store: LaunchPadStore, query: LostRunsQuery): Promise<LostRuns> {
  const where = { $and: [{ state: 'RUNNING' }, query.launches ?? {}] };
  const silent: Launch[] = [];
  for await (const launch of store.queryLaunches(where, 'brief')) {
    if (isLost(launch, query.rules)) silent.push(launch);
  }
  const owners = await store.findFireworksOfLaunches(silent.map(({ launchId }) => launchId));
  // Python notes only the Firework that began it; with duplicates there are more.
  const ownersOf = ({ launchId, fwId }: Launch): readonly number[] => [...(owners.get(launchId) ?? []), fwId];
  const candidates = [...new Set(silent.flatMap(ownersOf))];
  const asked = { ids: candidates, ...(query.fireworks ? { where: query.fireworks } : {}) };
  const matching = new Set(query.fireworks ? await store.findFireworkIds(asked) : candidates);
  const launches = silent.filter((launch) => ownersOf(launch).some((fwId) => matching.has(fwId)));
  const lost = new Set(launches.map(({ launchId }) => launchId));
  const running = await readRunning(store, [...matching]);
  const states = await launchesOf(store, running);
  const fwIds = running.filter((one) => hasEnded(one, lost, states)).map(({ fwId }) => fwId);
  return { launches, fwIds };
}

async function readRunning(store: LaunchPadStore, ids: readonly number[]): Promise<readonly Firework[]> {
  const found: Firework[] = [];
  if (ids.length === 0) return found;
  for await (const one of store.findFireworks({ ids, where: { state: 'RUNNING' } }, 'summary'))
    found.push(one);
  return found;
}

async function launchesOf(
  store: LaunchPadStore,
  fireworks: readonly Firework[],
): Promise<ReadonlyMap<number, Launch>> {
  const ids = fireworks.flatMap(({ launches }) => launches);
  return launchesById(store, ids, 'brief');
}

/** Every launch of it is lost, or has FIZZLED before. */
export function hasEnded(
  { launches: ids }: Firework,
  lost: ReadonlySet<number>,
  launches: ReadonlyMap<number, Launch>,
): boolean {
  return ids.every((id) => {
    const launch = launches.get(id);
    return lost.has(id) || (launch !== undefined && rankOf(launch.state) <= rankOf('FIZZLED'));
  });
}

/**
 * RUNNING Fireworks whose launches say otherwise. FireWorks counts archived launches too, and so reports whatever runs for
 * the second time.
 */
export async function findInconsistent(
  store: LaunchPadStore,
  fireworks: Query | undefined,
): Promise<readonly number[]> {
  const where = { $and: [{ state: 'RUNNING' }, fireworks ?? {}] };
  const running: Firework[] = [];
  for await (const one of store.findFireworks({ where }, 'summary')) running.push(one);
  const launches = await launchesOf(store, running);
  return running
    .filter(({ launches: ids }) => {
      // Of a launch that is missing nobody knows what became.
      if (!ids.every((id) => launches.has(id))) return false;
      return representativeLaunch(ids, launches)?.state !== 'RUNNING';
    })
    .map(({ fwId }) => fwId);
}
