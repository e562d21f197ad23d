/** Offline runs one after the other: every directory below a folder that was prepared, and in which nothing has begun. */
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { messageOf } from '../../errors';
import type { RapidfireOptions, RapidfireOutcome } from '../rapidfire';
import { readOfflineFile, OFFLINE_FILE } from './offline-files';
import { launchOffline, type OfflineOptions } from './offline-rocket';

/** `block_…/launcher_…`: deeper nobody prepares any. */
const MOST_LEVELS = 2;

export type OfflineRapidfireOptions = Omit<OfflineOptions, 'launchDir'> &
  Pick<RapidfireOptions, 'folder' | 'nlaunches' | 'maxLoops' | 'sleepSecs' | 'timeoutSecs'>;

export async function rapidfireOffline(options: OfflineRapidfireOptions): Promise<RapidfireOutcome> {
  const { folder, nlaunches, maxLoops = -1, sleepSecs, timeoutSecs, signal, logger } = options;
  const startedAt = performance.now();
  const mayStart = (): boolean =>
    !signal.aborted && (timeoutSecs === undefined || performance.now() - startedAt < timeoutSecs * 1000);
  const count = { launched: 0, fizzled: 0 };
  const refused = new Set<string>();
  for (let loops = 0; loops !== maxLoops && mayStart(); loops += 1) {
    for (const launchDir of await findPrepared(folder, MOST_LEVELS)) {
      if (!mayStart()) return count;
      if (refused.has(launchDir) || !(await isWaiting(launchDir))) continue;
      const outcome = await tryOne(options, launchDir);
      if (outcome === undefined) refused.add(launchDir);
      else {
        count.launched += 1;
        if (outcome === 'FIZZLED') count.fizzled += 1;
      }
      if (count.launched === nlaunches) return count;
    }
    // What is prepared is all there is: nothing here releases anything else.
    if (nlaunches === 0) break;
    logger.info(`Sleeping for ${String(sleepSecs)} secs`);
    await sleep(sleepSecs * 1000, undefined, { signal }).catch(() => undefined);
    if (!signal.aborted) logger.info('Checking for FWs to run...');
  }
  return count;
}

/** Undefined for a directory that cannot be run; the others are run all the same. */
async function tryOne(
  options: OfflineRapidfireOptions,
  launchDir: string,
): Promise<'COMPLETED' | 'FIZZLED' | undefined> {
  try {
    const outcome = await launchOffline({ ...options, launchDir });
    return outcome.kind === 'ran' ? outcome.state : undefined;
  } catch (error) {
    options.logger.error(messageOf(error));
    return undefined;
  }
}

async function findPrepared(folder: string, levels: number): Promise<readonly string[]> {
  const entries = await readdir(folder, { withFileTypes: true });
  const found = entries.some(({ name }) => name === OFFLINE_FILE) ? [folder] : [];
  if (levels === 0) return found;
  const names = entries.filter((entry) => entry.isDirectory()).map(({ name }) => name);
  for (const name of names.sort()) found.push(...(await findPrepared(join(folder, name), levels - 1)));
  return found;
}

async function isWaiting(folder: string): Promise<boolean> {
  const content = await readOfflineFile(folder).catch(() => undefined);
  return content !== undefined && content['started_on'] === undefined && content['fwaction'] === undefined;
}
