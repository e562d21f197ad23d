/** Which of a Firework's launches stands for its failure. */
import type { FailedLaunch, FailureError } from './failure';

/** The latest active launch that FIZZLED: there are several through duplicates alone. */
export function failureOf(
  launches: readonly number[],
  failed: ReadonlyMap<number, FailedLaunch>,
): FailedLaunch | undefined {
  let latest: FailedLaunch | undefined;
  for (const id of launches) {
    const launch = failed.get(id);
    if (launch && (!latest || launch.launchId > latest.launchId)) latest = launch;
  }
  return latest;
}

export function errorOf(failure: FailedLaunch | undefined): FailureError {
  return failure?.error ?? { kind: 'no failed launch' };
}
