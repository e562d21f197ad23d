/** Which launches are lost (semantics.md, section 11): RUNNING, and without a sign of life for too long. */
import { launchIn } from '../launch';
import type { Launch, Timestamp } from '../model';
import { timestampMillis } from '../timestamps';

export interface LostRules {
  readonly now: Date;
  /** Silent for so many seconds. */
  readonly expirationSecs: number;
  /** Only those that had run for at least, or at most, so many seconds when they were last heard of. */
  readonly minRuntimeSecs?: number | undefined;
  readonly maxRuntimeSecs?: number | undefined;
}

export function isLost(launch: Launch, rules: LostRules): boolean {
  if (launch.state !== 'RUNNING') return false;
  const entry = launch.stateHistory.findLast(({ state }) => state === 'RUNNING');
  // One whose start nobody noted was never heard of.
  const begun = entry?.created_on ?? launch.timeStart;
  if (begun === null) return isExpired(0, rules);
  const heard = entry?.updated_on ?? begun;
  return isExpired(timestampMillis(heard), rules) && ranLongEnough(begun, heard, rules);
}

function isExpired(heardMillis: number, { now, expirationSecs }: LostRules): boolean {
  return heardMillis <= now.getTime() - expirationSecs * 1000;
}

/** FireWorks forgets whole days: a run of 25 hours counts there as one of an hour. */
function ranLongEnough(
  begun: Timestamp,
  heard: Timestamp,
  { minRuntimeSecs = 0, maxRuntimeSecs = Infinity }: LostRules,
): boolean {
  const seconds = (timestampMillis(heard) - timestampMillis(begun)) / 1000;
  return seconds >= minRuntimeSecs && seconds <= maxRuntimeSecs;
}

/** A reservation that nobody has taken up for so many seconds. */
export function isStaleReservation(launch: Launch, { now, expirationSecs }: LostRules): boolean {
  if (launch.state !== 'RESERVED') return false;
  const entry = launch.stateHistory.findLast(({ state }) => state === 'RESERVED');
  const heard = entry?.updated_on ?? entry?.created_on;
  return isExpired(heard === undefined ? 0 : timestampMillis(heard), { now, expirationSecs });
}

/** As it ends without a result: nobody knows what became of its process. */
export function lostLaunch(launch: Launch, now: Date): Launch {
  return launchIn(launch, 'FIZZLED', now);
}

/** A reservation that is given up: FireWorks calls such a launch READY. */
export function cancelledLaunch(launch: Launch, now: Date): Launch {
  return launchIn(launch, 'READY', now);
}
