/** What the cache knows: under which namespace and key which launch COMPLETED last. The result itself stays in the launch. */

export interface CacheKey {
  readonly namespace: string;
  /** Of name, Firetasks and effective inputs (launchpad/cache/cache-key.ts). */
  readonly key: string;
}

export interface CacheEntry extends CacheKey {
  readonly name: string;
  readonly fwId: number;
  readonly launchId: number;
  readonly createdOn: Date;
  /** Fireworks that the action of the launch brought: what a hit leaves out. */
  readonly brought: readonly number[];
}

/** In the spec of a Firework: its result may come from the cache, and is kept there. */
export const CACHE_FLAG = '_cache';

/**
 * In the spec of a Firework that was rerun with --use-cache: the last launch that was archived then. Another rerun archives
 * another launch, so that the mark holds for one run whoever reruns it next.
 */
export const USE_CACHE_MARK = '_use_cache';

/** In `stored_data` of a launch that ran nothing: the launch whose result it has. */
export const CACHED_FROM = '_cached_from';
