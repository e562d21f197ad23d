/** A sign of life of a running launch, with what it has reached and what its trackers see. */
import { touchHistory } from '../../domain/launch';
import type { Checkpoint, Launch, ValueObject } from '../../domain/model';
import type { LaunchPadStore } from '../../storage/launchpad-store';

export interface Ping {
  readonly now: Date;
  readonly checkpoint?: Checkpoint | undefined;
  readonly trackers: readonly ValueObject[];
}

export function pinged(launch: Launch, { now, checkpoint, trackers }: Ping): Launch {
  return { ...launch, stateHistory: touchHistory(launch.stateHistory, now, checkpoint), trackers };
}

/** False, with nothing written, once the launch is no longer RUNNING. */
export async function writePing(store: LaunchPadStore, launch: Launch): Promise<boolean> {
  const { launchId, stateHistory, trackers } = launch;
  return store.updateLaunch({ launchId, onlyWhile: ['RUNNING'], stateHistory, trackers });
}
