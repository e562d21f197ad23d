/** Under which id of a batch queue a Firework was submitted. */
import type { Launch } from '../../domain/model';
import type { LaunchPadStore } from '../../storage/launchpad-store';

/** The first reservation id that its active launches note, or null; Fireworks that do not exist are left out. */
export async function findReservationIds(
  store: LaunchPadStore,
  fwIds: readonly number[],
): Promise<ReadonlyMap<number, string | null>> {
  const launchesOf = new Map<number, readonly number[]>();
  for await (const { fwId, launches } of store.findFireworks({ ids: fwIds }, 'summary'))
    launchesOf.set(fwId, launches);
  const reservations = new Map<number, string>();
  for await (const launch of store.findLaunches([...launchesOf.values()].flat(), 'brief')) {
    const id = reservationOf(launch);
    if (id !== undefined) reservations.set(launch.launchId, id);
  }
  return new Map(
    [...launchesOf].map(([fwId, launches]) => {
      const ids = launches.toSorted((one, other) => one - other).map((launch) => reservations.get(launch));
      return [fwId, ids.find((id) => id !== undefined) ?? null];
    }),
  );
}

function reservationOf({ stateHistory }: Launch): string | undefined {
  return stateHistory.map(({ reservation_id: id }) => id).find((id) => id !== undefined);
}
