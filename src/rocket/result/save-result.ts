/** Brings a result into the database, also one that is away for a moment; never loses it. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { ActionError } from '../../domain/actions/fw-action';
import { LpadError, messageOf } from '../../errors';
import {
  completeLaunch,
  type CompleteOutcome,
  type LaunchEnd,
} from '../../launchpad/launches/complete-launch';
import { toJsonText } from '../../specs/printing/print-json';
import type { LaunchPadStore } from '../../storage/launchpad-store';
import type { RocketLog } from '../define-firetask';

const FIRST_PAUSE_MS = 500;
const LONGEST_PAUSE_MS = 15_000;
export const RETRY_FOR_MS = 60_000;

export const UNSAVED_FILE = 'FW_action_unsaved.json';

export interface SaveRequest {
  readonly store: LaunchPadStore;
  readonly end: LaunchEnd;
  readonly launchDir: string;
  readonly logger: RocketLog;
  readonly retryForMs: number;
}

/** True when the result is in the database. Throws ActionError when it does not belong there. */
export async function saveResult(request: SaveRequest): Promise<boolean> {
  const { store, end, logger, retryForMs } = request;
  const { fwId, launchId } = end.launch;
  let outcome: CompleteOutcome;
  try {
    outcome = await retrying(() => completeLaunch(store, end), retryForMs, logger);
  } catch (error) {
    if (error instanceof ActionError) throw error;
    logger.error(`the result of Firework ${String(fwId)} could not be saved: ${messageOf(error)}`);
    await keepUnsaved(request);
    return false;
  }
  if (outcome.kind === 'superseded') {
    logger.error(
      `launch ${String(launchId)} of Firework ${String(fwId)} is not RUNNING any more; its result is not recorded`,
    );
    await keepUnsaved(request);
    return false;
  }
  if (outcome.archived)
    logger.warn(`Firework ${String(fwId)} was rerun meanwhile; its result is kept with the old launch`);
  for (const reason of outcome.unrefreshed) {
    logger.warn(
      `Firework ${String(fwId)} reached final state ${end.state} but couldn't complete the database update. Reason: ${reason}. Refresh the WF to recover the result (lpad admin refresh -i ${String(fwId)}).`,
    );
  }
  return true;
}

/** A driver's errors have names or codes of their own; anything else is no matter of waiting. */
function mayPass(error: unknown): boolean {
  if (error instanceof LpadError) return error.code === 'NO_DATABASE';
  return error instanceof Error && ('code' in error || error.name.startsWith('Mongo'));
}

/** Until the time is over; what cannot get better is not tried again. */
export async function retrying<T>(work: () => Promise<T>, forMs: number, logger: RocketLog): Promise<T> {
  const deadline = Date.now() + forMs;
  for (let pause = FIRST_PAUSE_MS; ; pause = Math.min(2 * pause, LONGEST_PAUSE_MS)) {
    try {
      return await work();
    } catch (error) {
      if (!mayPass(error) || Date.now() + pause > deadline) throw error;
      logger.warn(
        `the database does not answer, trying again in ${String(pause / 1000)} s: ${messageOf(error)}`,
      );
      await sleep(pause);
    }
  }
}

async function keepUnsaved({ end, launchDir, logger }: SaveRequest): Promise<void> {
  const { launch, state, action, endedOn } = end;
  const kept = {
    fw_id: launch.fwId,
    launch_id: launch.launchId,
    state,
    action,
    ended_on: endedOn.toISOString(),
  };
  const file = join(launchDir, UNSAVED_FILE);
  try {
    await writeFile(file, toJsonText(kept));
    logger.error(`the result is in ${file}`);
  } catch (error) {
    logger.error(`nor can it be written to ${file}: ${messageOf(error)}`);
  }
}
