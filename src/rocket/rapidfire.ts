/** Rockets one after the other, each in a directory of its own, as long as there is work (FireWorks' `rapidfire`). */
import { setTimeout as sleep } from 'node:timers/promises';
import { LpadError, type ErrorCode } from '../errors';
import type { Firework } from '../domain/model';
import { claimNext, giveBack } from '../launchpad/launches/checkout';
import { dupeFinderNames } from '../launchpad/launches/dupe-finders';
import { isWorkExpected } from '../launchpad/launches/ready-work';
import { claimQuery } from '../launchpad/launches/worker-query';
import { removeIfEmpty } from './directory/launch-directory';
import { makeLauncherDir, redirectInto, removeRedirection, type Redirection } from './launcher-directory';
import { launchRocket } from './rocket';
import { retrying } from './patience';
import { ROCKET_SETTINGS, type RocketOptions, type RocketOutcome } from './rocket-options';

export interface RapidfireOptions extends Omit<RocketOptions, 'launchDir' | 'fwId' | 'output'> {
  /** Where the launch directories are made. */
  readonly folder: string;
  /** 0 is until nothing is left to do, now or soon. */
  readonly nlaunches: number | 'infinite';
  /** Pauses at most; without it any number. */
  readonly maxLoops?: number;
  readonly sleepSecs: number;
  /** After so many seconds no further rocket is started. */
  readonly timeoutSecs?: number;
  readonly localRedirect?: boolean;
  /** Aborted when no further rocket is to be started; what runs is finished. */
  readonly stop?: AbortSignal | undefined;
}

/** How many rockets ran, and how many of the Fireworks fizzled. */
export interface RapidfireOutcome {
  readonly launched: number;
  readonly fizzled: number;
}

/** FireWorks' moment for the database when nothing is READY: a workflow may just be growing. */
const BREATH_MS = 150;

const PASSING: ReadonlySet<ErrorCode> = new Set(['LOCKED', 'NO_DATABASE']);

export async function rapidfire(options: RapidfireOptions): Promise<RapidfireOutcome> {
  const {
    store,
    worker,
    registry,
    logger,
    signal,
    nlaunches,
    maxLoops = -1,
    sleepSecs,
    timeoutSecs,
    now = () => new Date(),
  } = options;
  const claimable = claimQuery(worker, {
    firetasks: registry.names,
    dupeFinders: dupeFinderNames(registry.dupeFinders),
  });
  const { retryForMs: forMs, order } = { ...ROCKET_SETTINGS, ...options.settings };
  const patience = { forMs, logger, hurry: signal };
  const request = { worker, order, firetasks: registry.names, dupeFinders: registry.dupeFinders, now };
  const claim = async (): Promise<Firework | undefined> => {
    const claimed = await retrying(() => claimNext(store, request), patience);
    if (!claimed || !signal.aborted) return claimed;
    await giveBack(store, claimed, request, 'the rocket was stopped');
    return undefined;
  };
  const pauseEnd = options.stop ? AbortSignal.any([signal, options.stop]) : signal;
  const startedAt = performance.now();
  const mayStart = (): boolean =>
    !signal.aborted &&
    !options.stop?.aborted &&
    (timeoutSecs === undefined || performance.now() - startedAt < timeoutSecs * 1000);
  const count = { launched: 0, fizzled: 0 };
  for (let loops = 0; loops !== maxLoops && mayStart(); loops += 1) {
    let claimed = await claim();
    while (claimed) {
      const outcome = await launchInNewDir(options, claimed);
      if (outcome === 'later') break;
      if (outcome.kind === 'ran') {
        count.launched += 1;
        if (outcome.state === 'FIZZLED') count.fizzled += 1;
        if (count.launched === nlaunches) return count;
      }
      claimed = mayStart() ? await claim() : undefined;
      if (claimed || !mayStart()) continue;
      await sleep(BREATH_MS);
      claimed = mayStart() ? await claim() : undefined;
    }
    if (!mayStart()) break;
    const isExpected = (): Promise<boolean> => isWorkExpected(store, claimable);
    if (nlaunches === 0 && !(await retrying(isExpected, patience))) break;
    logger.info(`Sleeping for ${String(sleepSecs)} secs`);
    await sleep(sleepSecs * 1000, undefined, { signal: pauseEnd }).catch(() => undefined);
    if (!mayStart()) break;
    logger.info('Checking for FWs to run...');
  }
  return count;
}

async function launchInNewDir(
  options: RapidfireOptions,
  claimed: Firework,
): Promise<RocketOutcome | 'later'> {
  const { logger } = options;
  const { launchDir, redirection } = await makeRoom(options, claimed);
  let ran = false;
  try {
    const outcome = await launchRocket({ ...options, ...redirection, launchDir, claimed });
    // What came from the cache leaves no files.
    ran = outcome.kind === 'ran' && outcome.cachedFrom === undefined;
    return outcome;
  } catch (error) {
    // Whoever holds the workflow may be done after the next pause, and the database may be back.
    if (!(error instanceof LpadError) || !PASSING.has(error.code)) throw error;
    logger.warn(error.message);
    return 'later';
  } finally {
    redirection?.close();
    if (!ran && redirection) await removeRedirection(launchDir);
    if (!ran) await removeIfEmpty(launchDir);
  }
}

interface Room {
  readonly launchDir: string;
  readonly redirection: Redirection | undefined;
}

/** Without room somebody else may have the Firework. */
async function makeRoom(options: RapidfireOptions, claimed: Firework): Promise<Room> {
  const { folder, logger, localRedirect = false, settings, store, now = () => new Date() } = options;
  try {
    const launchDir = await makeLauncherDir(folder, settings?.blockFormat);
    logger.info(`Created new dir ${launchDir}`);
    return { launchDir, redirection: localRedirect ? redirectInto(launchDir, logger) : undefined };
  } catch (error) {
    await giveBack(store, claimed, { now, ...settings }, error);
    throw error;
  }
}
