/** Fireworks that a rerun takes along because they share a launch with a target. */
import type { LaunchPadStore } from '../../storage/launchpad-store';

/** Fireworks that share an active launch with one of these that have a duplicate finder, each with that one. */
export async function findDuplicates(
  store: LaunchPadStore,
  ids: readonly number[],
): Promise<ReadonlyMap<number, number>> {
  const launches = new Map<number, number>();
  const where = { 'spec._dupefinder': { $exists: true } };
  for await (const firework of store.findFireworks({ ids, where }, 'summary')) {
    for (const launchId of firework.launches) launches.set(launchId, firework.fwId);
  }
  const duplicates = new Map<number, number>();
  if (launches.size === 0) return duplicates;
  const targets = new Set(ids);
  for (const [launchId, sharers] of await store.findFireworksOfLaunches([...launches.keys()])) {
    const original = launches.get(launchId);
    for (const fwId of sharers) {
      if (original !== undefined && !targets.has(fwId)) duplicates.set(fwId, original);
    }
  }
  return duplicates;
}
