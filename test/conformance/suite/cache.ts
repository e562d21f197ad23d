import type { CacheEntry } from '../../../src/domain/cache-entry';
import type { LaunchPadStore } from '../../../src/storage/launchpad-store';
import type { UseStore } from '../store-suite';

const WHEN = new Date('2026-11-21T08:00:00Z');

function entry(key: string, changes: Partial<CacheEntry> = {}): CacheEntry {
  const one = { namespace: 'mine', key, name: 'relax', fwId: 1, launchId: 1, createdOn: WHEN, brought: [] };
  return { ...one, ...changes };
}

async function all(
  store: LaunchPadStore,
  selection: Parameters<LaunchPadStore['findCacheEntries']>[0] = {},
): Promise<readonly CacheEntry[]> {
  const found: CacheEntry[] = [];
  for await (const one of store.findCacheEntries(selection)) found.push(one);
  return found;
}

export function cacheTests(useStore: UseStore): void {
  it('has an entry per namespace and key, the last that was put', async () => {
    const store = useStore();
    expect(await store.findCacheEntry({ namespace: 'mine', key: 'a' })).toBeUndefined();
    await store.putCacheEntry(entry('a'));
    const newer = entry('a', { fwId: 3, launchId: 7, brought: [4, 5] });
    await store.putCacheEntry(newer);
    expect(await store.findCacheEntry({ namespace: 'mine', key: 'a' })).toStrictEqual(newer);
    expect(await store.findCacheEntry({ namespace: 'yours', key: 'a' })).toBeUndefined();
    expect(await all(store)).toStrictEqual([newer]);
  });

  it('takes the same entry from many at once', async () => {
    const store = useStore();
    const ids = Array.from({ length: 20 }, (_, index) => index + 1);
    await Promise.all(ids.map((launchId) => store.putCacheEntry(entry('a', { launchId }))));
    expect(await all(store)).toHaveLength(1);
  });

  it('is listed by namespace and key, and selected by namespace and Firework', async () => {
    const store = useStore();
    const others = [entry('a', { namespace: 'other', fwId: 2 }), entry('a', { namespace: 'a.$x', fwId: 2 })];
    for (const one of [entry('b'), ...others, entry('a', { fwId: 3 })]) await store.putCacheEntry(one);
    const keys = async (selection: Parameters<typeof all>[1]): Promise<string[]> =>
      (await all(store, selection)).map(({ namespace, key, fwId }) => `${namespace} ${key} ${String(fwId)}`);
    expect(await keys({})).toEqual(['a.$x a 2', 'mine a 3', 'mine b 1', 'other a 2']);
    expect(await keys({ namespaces: ['mine'] })).toEqual(['mine a 3', 'mine b 1']);
    expect(await keys({ fwIds: [2, 3] })).toEqual(['a.$x a 2', 'mine a 3', 'other a 2']);
    expect(await keys({ fwIds: [2, 3], namespaces: ['mine', 'nobody'] })).toEqual(['mine a 3']);
  });

  it('removes entries, but none that was put in their place, and all with a reset', async () => {
    const store = useStore();
    // As long as they are.
    const [a, b] = ['a'.repeat(64), 'b'.repeat(64)];
    await store.putCacheEntry(entry(a));
    await store.putCacheEntry(entry(b));
    const old = await all(store);
    const newer = entry(b, { launchId: 9 });
    await store.putCacheEntry(newer);
    expect(await store.removeCacheEntries(old)).toBe(1);
    expect(await all(store)).toStrictEqual([newer]);
    expect(await store.removeCacheEntries([])).toBe(0);
    await store.reset();
    expect(await all(store)).toEqual([]);
  });
}
