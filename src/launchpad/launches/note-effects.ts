/** What the end of a launch did to other Fireworks, for a rerun that is to take it back. */
import type { WorkflowPatch } from '../../domain/patch';
import { effectsOf } from '../../domain/rerun/action-effects';
import { storedBytes } from '../../specs/stored-values';
import type { LaunchPadStore } from '../../storage/launchpad-store';

/** Beside the spec, which may fill half of the record. */
const SHARE = 2;

/** Most launches did nothing to others: for them this costs nothing. One without a record is as one of Python's. */
export async function noteEffects(
  store: LaunchPadStore,
  launchId: number,
  patches: readonly WorkflowPatch[],
): Promise<void> {
  const effects = effectsOf(patches);
  if (!effects) return;
  const { documentLimit } = store;
  if (documentLimit !== undefined && storedBytes(effects) > documentLimit / SHARE) return;
  await store.updateLaunchRecord(launchId, { effects });
}
