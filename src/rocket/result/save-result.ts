/** Brings a result into the database, also one that is away for a moment; never loses it. */
import { join } from 'node:path';
import { ActionError } from '../../domain/actions/fw-action';
import { messageOf } from '../../errors';
import {
  completeLaunch,
  type CompleteOutcome,
  type LaunchEnd,
} from '../../launchpad/launches/complete-launch';
import type { LaunchPadStore } from '../../storage/launchpad-store';
import { createRunContext } from '../../launchpad/run-context';
import type { RocketLog } from '../define-firetask';
import { retrying, unlessHurried } from '../patience';
import { UNSAVED_FILE, writeUnsaved } from './unsaved-file';

export interface SaveRequest {
  readonly store: LaunchPadStore;
  readonly end: LaunchEnd;
  readonly launchDir: string;
  readonly logger: RocketLog;
  readonly retryForMs: number;
  /** Aborted when there is no time left to wait for a lock or the database. */
  readonly hurry?: AbortSignal | undefined;
  /** When the result is in the database. */
  readonly onSaved?: (outcome: CompleteOutcome) => Promise<void>;
}

/** True when the result is in the database. Throws ActionError when it does not belong there. */
export async function saveResult(request: SaveRequest): Promise<boolean> {
  const { store, end, logger, retryForMs, hurry } = request;
  const { fwId, launchId } = end.launch;
  let outcome: CompleteOutcome;
  try {
    // One name for all attempts: a lock that an attempt could not give back is its own still.
    const context = createRunContext({ operation: 'complete', commandLine: [], now: end.now });
    const attempt = (): Promise<CompleteOutcome> => completeLaunch(store, { ...end, context });
    outcome = await unlessHurried(retrying(attempt, { forMs: retryForMs, logger, hurry }), hurry);
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
  await request.onSaved?.(outcome);
  return true;
}

async function keepUnsaved({ end, launchDir, logger }: SaveRequest): Promise<void> {
  try {
    const file = await writeUnsaved(launchDir, end);
    logger.error(`the result is in ${file} (lpad recover_unsaved brings it home)`);
  } catch (error) {
    logger.error(`nor can it be written to ${join(launchDir, UNSAVED_FILE)}: ${messageOf(error)}`);
  }
}
