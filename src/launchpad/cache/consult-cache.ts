/** Whether a Firework that is about to run has been computed before, and where its result is to be kept when it has not. */
import {
  CACHE_FLAG,
  CACHED_FROM,
  USE_CACHE_MARK,
  type CacheEntry,
  type CacheKey,
} from '../../domain/cache-entry';
import { ActionError, readAction, type FWAction } from '../../domain/actions/fw-action';
import type { Firework, Launch } from '../../domain/model';
import { plain } from '../../specs/plain-values';
import { grows } from '../../specs/workflow-files/growth';
import type { LaunchPadStore } from '../../storage/launchpad-store';
import { wholeActionOf } from '../launches/launch-action';
import { cacheKeyOf } from './cache-key';
import { namespaceProblem, readCacheNamespace } from './cache-namespace';
import { withoutGrowth } from './without-growth';

export interface CacheHit {
  readonly entry: CacheEntry;
  /** What the rest of the workflow gets: all that the run and what it brought handed on, and nothing to be run again. */
  readonly action: FWAction;
}

export interface Consultation {
  /** Under which the result is kept; undefined when it cannot be. */
  readonly key?: CacheKey;
  readonly hit?: CacheHit;
  /** Why there is no hit, or which, for the log. */
  readonly note: string;
}

/** Undefined for a Firework that does not ask for it, without a question to the store. */
export async function consultCache(
  store: LaunchPadStore,
  firework: Firework,
): Promise<Consultation | undefined> {
  if (firework.spec[CACHE_FLAG] !== true) return undefined;
  const namespace = await readCacheNamespace(store, firework.fwId);
  if (namespace === undefined) {
    return {
      note: 'it has _cache, but its workflow has no metadata.cache_namespace (lpad add --cache-namespace)',
    };
  }
  const problem = namespaceProblem(namespace);
  if (problem !== undefined) return { note: `metadata.cache_namespace of its workflow: ${problem}` };
  const key = { namespace: namespace as string, key: cacheKeyOf(firework) };
  if (isRerun(firework)) return { key, note: 'it was rerun without --use-cache' };
  const entry = await store.findCacheEntry(key);
  if (!entry) return { key, note: `there is none in the namespace ${key.namespace}` };
  const found = await resultOf(store, entry);
  const { fwId, launchId } = entry;
  const which = `launch ${String(launchId)} of Firework ${String(fwId)}`;
  if (typeof found === 'string') return { key, note: `${which} cannot be used: ${found}` };
  return { key, hit: { entry, action: found }, note: `${which} in the namespace ${key.namespace}` };
}

/** A rerun really runs, unless the one that archived its last launch allowed a hit. */
function isRerun({ archivedLaunches, spec }: Firework): boolean {
  if (archivedLaunches.length === 0) return false;
  return Number(plain(spec[USE_CACHE_MARK])) !== lastOf(archivedLaunches);
}

/** Archived launches are stored in no order. */
function lastOf(ids: readonly number[]): number {
  return ids.reduce((last, id) => Math.max(last, id), 0);
}

/** Or in words why it cannot be used. */
async function resultOf(store: LaunchPadStore, entry: CacheEntry): Promise<FWAction | string> {
  const unusable = await whyUnusable(store, entry);
  if (unusable !== undefined) return unusable;
  for await (const launch of store.findLaunches([entry.launchId], 'all')) {
    if (launch.state !== 'COMPLETED') return `it is ${launch.state}`;
    return actionOf(store, entry, launch);
  }
  return 'it is gone';
}

async function actionOf(
  store: LaunchPadStore,
  entry: CacheEntry,
  launch: Launch,
): Promise<FWAction | string> {
  try {
    const ran = readAction(await wholeActionOf(store, launch));
    const action = grows(ran) ? await withoutGrowth(store, entry, ran) : ran;
    if (typeof action === 'string') return action;
    return { ...action, stored_data: { ...action.stored_data, [CACHED_FROM]: entry.launchId } };
  } catch (error) {
    if (error instanceof ActionError) return error.message;
    throw error;
  }
}

/** A launch that a rerun archived has COMPLETED all the same; one that was archived for good, or deleted, is gone. */
async function whyUnusable(
  store: LaunchPadStore,
  { fwId, launchId }: CacheEntry,
): Promise<string | undefined> {
  for await (const { state, launches, archivedLaunches } of store.findFireworks({ ids: [fwId] }, 'summary')) {
    if (state === 'ARCHIVED') return 'its workflow is archived';
    return [...launches, ...archivedLaunches].includes(launchId) ? undefined : 'it is gone';
  }
  return 'it was deleted';
}
