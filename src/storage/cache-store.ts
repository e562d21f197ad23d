/** The part of the port that keeps which launch has the result of what. */
import type { CacheEntry, CacheKey } from '../domain/cache-entry';

/** Which entries of the cache: every condition must hold. */
export interface CacheSelection {
  readonly namespaces?: readonly string[];
  /** Fireworks whose launches they name. */
  readonly fwIds?: readonly number[];
}

export interface CacheStore {
  findCacheEntry(key: CacheKey): Promise<CacheEntry | undefined>;
  /** In place of the one that has this key. */
  putCacheEntry(entry: CacheEntry): Promise<void>;
  /** By namespace, and in it by key. */
  findCacheEntries(selection: CacheSelection): AsyncIterable<CacheEntry>;
  /** Those that name another launch by now stay. How many were removed. */
  removeCacheEntries(entries: readonly CacheEntry[]): Promise<number>;
}
