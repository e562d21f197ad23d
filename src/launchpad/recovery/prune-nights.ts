/** Nights of `lpad recover` that nobody asks about any more. */
import { LOOK_BACK_MS } from '../../domain/recovery/night';
import type { LaunchPadStore } from '../../storage/launchpad-store';

export interface PrunedNight {
  readonly key: string;
  readonly startedOn: Date;
  /** When its last call began. */
  readonly lastCalledOn: Date;
}

/**
 * Those that were last called before this moment, the newest first; never the latest night, which reports are about, nor what
 * canaries and breakers look back for.
 */
export async function findPrunableNights(
  store: LaunchPadStore,
  before: Date,
  now: Date,
): Promise<readonly PrunedNight[]> {
  const limit = Math.min(before.getTime(), now.getTime() - LOOK_BACK_MS);
  const [, ...earlier] = await store.findNights({});
  return earlier
    .map(({ key, startedOn, calls }) => ({
      key,
      startedOn,
      lastCalledOn: calls.at(-1)?.startedOn ?? startedOn,
    }))
    .filter(({ lastCalledOn }) => lastCalledOn.getTime() < limit);
}

/** With their steps. Quarantines stay: they end when somebody releases or reruns. */
export async function pruneNights(store: LaunchPadStore, nights: readonly PrunedNight[]): Promise<void> {
  if (nights.length > 0) await store.removeNights(nights.map(({ key }) => key));
}
