/** What a member becomes when it is refreshed, if no parent stands in the way. */
import type { Firework, Launch } from '../../domain/model';
import { isHeld, rankOf, type LaunchState } from '../../domain/state';

type Launches = ReadonlyMap<number, Launch>;

/** Undefined for one that is held, and for one without launches. */
export function likelyState({ state, launches: ids }: Firework, launches: Launches): LaunchState | undefined {
  return isHeld(state) ? undefined : representativeLaunch(ids, launches)?.state;
}

/** FireWorks' representative launch: of the highest rank, the first in storage order. */
export function representativeLaunch(ids: readonly number[], launches: Launches): Launch | undefined {
  let best: Launch | undefined;
  for (const id of ids) {
    const launch = launches.get(id);
    if (launch && (!best || rankOf(launch.state) > rankOf(best.state))) best = launch;
  }
  return best;
}
