/** What is in the cache, and whether it can be used. */
import type { CacheEntry } from '../../domain/cache-entry';
import type { CacheSelection } from '../../storage/cache-store';
import type { LaunchPadStore } from '../../storage/launchpad-store';
import { inBatches } from '../in-batches';

export interface ListedEntry extends CacheEntry {
  /** The launch is there, and COMPLETED. */
  readonly isUsable: boolean;
}

const BATCH = 1000;

/** By namespace and key. */
export async function* listEntries(
  store: LaunchPadStore,
  selection: CacheSelection,
): AsyncGenerator<ListedEntry> {
  for await (const batch of inBatches(store.findCacheEntries(selection), BATCH))
    yield* await withUse(store, batch);
}

async function withUse(
  store: LaunchPadStore,
  entries: readonly CacheEntry[],
): Promise<readonly ListedEntry[]> {
  const completed = new Set<number>();
  const ids = entries.map(({ launchId }) => launchId);
  for await (const { launchId, state } of store.findLaunches(ids, 'brief'))
    if (state === 'COMPLETED') completed.add(launchId);
  const archived = await store.findFireworkIds({
    ids: entries.map(({ fwId }) => fwId),
    where: { state: 'ARCHIVED' },
  });
  const gone = new Set(archived);
  return entries.map((one) => ({ ...one, isUsable: completed.has(one.launchId) && !gone.has(one.fwId) }));
}
