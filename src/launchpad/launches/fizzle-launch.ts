/** Ends a launch whose process has died, as somebody who saw it die tells. */
import { createAction } from '../../domain/actions/fw-action';
import type { LaunchPadStore } from '../../storage/launchpad-store';
import { completeLaunch } from './complete-launch';

/** False when it is not RUNNING any more. */
export async function fizzleLaunch(
  store: LaunchPadStore,
  launchId: number,
  reason: string,
  now: () => Date,
): Promise<boolean> {
  for await (const launch of store.findLaunches([launchId], 'all')) {
    if (launch.state !== 'RUNNING') return false;
    const _exception = {
      _stacktrace: `Traceback (most recent call last):\nProcessDied: ${reason}\n`,
      _details: null,
    };
    const action = createAction({ stored_data: { _message: reason, _task: null, _exception }, exit: true });
    const end = { launch, state: 'FIZZLED', action, endedOn: now(), now } as const;
    return (await completeLaunch(store, end)).kind === 'written';
  }
  return false;
}
