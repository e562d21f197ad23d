/** What an offline run has left so far, read and checked. */
import { stat } from 'node:fs/promises';
import { ActionError } from '../../domain/actions/fw-action';
import { isObject, type Launch, type Value } from '../../domain/model';
import { isoTimestamp, timestampMillis } from '../../domain/timestamps';
import type { OfflineFiles } from '../../launchpad/offline/recover-offline';
import { readTrackers } from '../directory/trackers';
import { readOfflineFile, readPingTime } from './offline-files';

/** Undefined when the directory is not on this machine. */
export async function readOfflineRun({ launchDir, trackers }: Launch): Promise<OfflineFiles | undefined> {
  const found = await stat(launchDir).catch(() => undefined);
  if (!found?.isDirectory()) return undefined;
  const content = await readOfflineFile(launchDir);
  const { started_on, checkpoint, fwaction, state, completed_on } = content;
  const startedOn = momentOf(started_on, 'started_on');
  const completedOn = momentOf(completed_on, 'completed_on');
  const pingedOn = momentOf(await readPingTime(launchDir), 'ping_time');
  if (fwaction !== undefined && !isObject(fwaction)) throw new ActionError('fwaction must be an object');
  if (fwaction && state !== 'COMPLETED' && state !== 'FIZZLED') {
    throw new ActionError(`state must be COMPLETED or FIZZLED, not ${JSON.stringify(state)}`);
  }
  const end = state === 'COMPLETED' || state === 'FIZZLED' ? state : undefined;
  return {
    news: {
      startedOn,
      checkpoint: isObject(checkpoint) ? checkpoint : undefined,
      pingedOn,
      end: fwaction && end ? { state: end, completedOn: completedOn ?? isoTimestamp(new Date()) } : undefined,
    },
    action: fwaction,
    trackers: await readTrackers(trackers, launchDir),
  };
}

function momentOf(value: Value, name: string): string | undefined {
  if (value === undefined || value === null) return undefined;
  if (typeof value === 'string' && !Number.isNaN(timestampMillis(value))) return value;
  throw new ActionError(`${name} is no moment: ${JSON.stringify(value)}`);
}
