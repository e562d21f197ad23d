/** A Firework with `_cache`: its result from the cache, or a place for the one that it is going to have. */
import type { Firework } from '../domain/model';
import { messageOf } from '../errors';
import { consultCache, type Consultation } from '../launchpad/cache/consult-cache';
import { rememberResult } from '../launchpad/cache/remember-result';
import type { CompleteOutcome, LaunchEnd } from '../launchpad/launches/complete-launch';
import type { LaunchPadStore } from '../storage/launchpad-store';
import type { RocketLog } from './define-firetask';
import type { LaunchResult } from './result/launch-result';

export interface CachedRun {
  /** Instead of a flight. */
  readonly result?: LaunchResult;
  /** The launch whose result it is. */
  readonly cachedFrom?: number;
  /** Of the end of the launch, when it is in the database. */
  readonly remember: (
    end: Pick<LaunchEnd, 'launch' | 'action' | 'state'>,
    outcome: CompleteOutcome,
  ) => Promise<void>;
}

export interface Surroundings {
  readonly store: LaunchPadStore;
  readonly logger: RocketLog;
  readonly now: () => Date;
}

const NEVER: CachedRun = { remember: () => Promise.resolve() };

/** A cache that cannot be asked costs no more than the time of the run. */
export async function openCachedRun(
  firework: Firework,
  { store, logger, now }: Surroundings,
): Promise<CachedRun> {
  const { fwId } = firework;
  let found: Consultation | undefined;
  try {
    found = await consultCache(store, firework);
  } catch (error) {
    logger.warn(`Firework ${String(fwId)} is run: the cache could not be asked: ${messageOf(error)}`);
  }
  if (!found) return NEVER;
  const { key, hit, note } = found;
  if (hit) {
    logger.info(`Firework ${String(fwId)} is not run: its result is that of ${note}`);
    const result = { state: 'COMPLETED', action: hit.action } as const;
    return { ...NEVER, result, cachedFrom: hit.entry.launchId };
  }
  logger.info(`Firework ${String(fwId)} is run, and not taken from the cache: ${note}`);
  if (!key) return NEVER;
  return {
    remember: async ({ launch: { launchId }, state, action }, outcome) => {
      if (state !== 'COMPLETED') return;
      await rememberResult(store, { key, firework, launchId, action, outcome, now: now() }).catch(
        (error: unknown) => {
          logger.warn(`the result of Firework ${String(fwId)} is not in the cache: ${messageOf(error)}`);
        },
      );
    },
  };
}
