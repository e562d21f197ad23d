/** `--qid`: Fireworks whose active launches hold the one that was submitted under this id of the batch queue. */
import type { FireworkSelection, LaunchPadStore } from '../../storage/launchpad-store';

/** An id that nobody was submitted under matches nothing (FireWorks fails with a TypeError). */
export async function withReservation(
  store: LaunchPadStore,
  selection: FireworkSelection,
  qid: string | undefined,
): Promise<FireworkSelection> {
  if (qid === undefined) return selection;
  const launch = await store.findLaunchByReservation(qid);
  return {
    ...selection,
    activeLaunch: [...(selection.activeLaunch ?? []), { launch_id: launch?.launchId ?? -1 }],
  };
}
