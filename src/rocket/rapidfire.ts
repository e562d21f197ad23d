/** Rockets one after the other, each in a directory of its own, as long as there is work (FireWorks' `rapidfire`). */
import { setTimeout as sleep } from 'node:timers/promises';
import { LpadError } from '../errors';
import { dupeFinderNames } from '../launchpad/launches/dupe-finders';
import { isReadyWork, isWorkExpected } from '../launchpad/launches/ready-work';
import { claimQuery } from '../launchpad/launches/worker-query';
import { removeIfEmpty } from './directory/launch-directory';
import { makeLauncherDir, redirectInto, removeRedirection } from './launcher-directory';
import { launchRocket } from './rocket';
import type { RocketOptions, RocketOutcome } from './rocket-options';

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
}

/** How many rockets ran, and how many of the Fireworks fizzled. */
export interface RapidfireOutcome {
  readonly launched: number;
  readonly fizzled: number;
}

/** FireWorks' moment for the database when nothing is READY: a workflow may just be growing. */
const BREATH_MS = 150;

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
  } = options;
  const claimable = claimQuery(worker, {
    firetasks: registry.names,
    dupeFinders: dupeFinderNames(registry.dupeFinders),
  });
  const startedAt = performance.now();
  const mayStart = (): boolean =>
    !signal.aborted && (timeoutSecs === undefined || performance.now() - startedAt < timeoutSecs * 1000);
  const count = { launched: 0, fizzled: 0 };
  for (let loops = 0; loops !== maxLoops && mayStart(); loops += 1) {
    while (mayStart() && (await isReadyWork(store, claimable))) {
      const outcome = await launchInNewDir(options);
      if (outcome === 'locked') break;
      if (outcome.kind === 'ran') {
        count.launched += 1;
        if (outcome.state === 'FIZZLED') count.fizzled += 1;
        if (count.launched === nlaunches) return count;
      }
      if (!(await isReadyWork(store, claimable))) await sleep(BREATH_MS);
    }
    if (!mayStart()) break;
    if (nlaunches === 0 && !(await isWorkExpected(store, claimable))) break;
    logger.info(`Sleeping for ${String(sleepSecs)} secs`);
    await sleep(sleepSecs * 1000, undefined, { signal }).catch(() => undefined);
    if (signal.aborted) break;
    logger.info('Checking for FWs to run...');
  }
  return count;
}

async function launchInNewDir(options: RapidfireOptions): Promise<RocketOutcome | 'locked'> {
  const { folder, logger, localRedirect = false, settings } = options;
  const launchDir = await makeLauncherDir(folder, settings?.blockFormat);
  logger.info(`Created new dir ${launchDir}`);
  const redirection = localRedirect ? redirectInto(launchDir, logger) : undefined;
  let ran = false;
  try {
    const outcome = await launchRocket({ ...options, ...redirection, launchDir });
    ran = outcome.kind === 'ran';
    return outcome;
  } catch (error) {
    // Whoever holds the workflow may be done after the next pause.
    if (!(error instanceof LpadError) || error.code !== 'LOCKED') throw error;
    logger.warn(error.message);
    return 'locked';
  } finally {
    redirection?.close();
    if (!ran && redirection) await removeRedirection(launchDir);
    if (!ran) await removeIfEmpty(launchDir);
  }
}
