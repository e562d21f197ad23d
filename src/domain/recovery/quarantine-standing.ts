/** What a quarantine means for the failure that a Firework has now. */
import type { FailedLaunch } from '../failures/failure';
import type { Firework } from '../model';
import type { Quarantine } from './night';

/**
 * `in force`: it is of this very failure. `released`: somebody released it since it failed. `released before`: it was of an
 * earlier failure, and attempts until then count no more. One that a rerun has ended means nothing: undefined.
 */
export type QuarantineStanding = 'in force' | 'released' | 'released before';

/** `launchId` is that of {@link standsFor}. */
export function standingOf(known: Quarantine | undefined, launchId: number): QuarantineStanding | undefined {
  if (known === undefined) return undefined;
  const isOfThis = known.launchId === launchId;
  if (known.releasedOn === null) return isOfThis ? 'in force' : undefined;
  return isOfThis ? 'released' : 'released before';
}

/** By which a quarantine knows the failure that it is about; 0 for what was never launched. */
export function standsFor(
  { launches }: Pick<Firework, 'launches'>,
  launch: FailedLaunch | undefined,
): number {
  return launch?.launchId ?? Math.max(0, ...launches);
}
