/** Nights one after the other: workflows come, rockets work, and in the evening and the night an arm acts. */
import type { LaunchPadStore } from '../../../src/storage/launchpad-store';
import type { Draw } from '../model/draw';
import type { Population } from '../model/population';
import type { Surroundings } from '../model/surroundings';
import type { Arm } from './arm';
import type { SimulatedClock } from './clock';
import { Cluster } from './cluster';
import type { LaunchLog } from './launch-log';
import { momentOf } from './night-times';
import { submit } from './submit';

export interface World {
  readonly store: LaunchPadStore;
  readonly clock: SimulatedClock;
  readonly population: Population;
  readonly around: Surroundings;
  readonly draw: Draw;
  readonly nights: number;
  readonly onNight?: (night: number, log: LaunchLog) => void;
}

export interface Month {
  readonly log: LaunchLog;
  /** By night, from the first: Fireworks that were COMPLETED at the noon after it. */
  readonly completedBy: readonly number[];
  /** The first after which every recoverable Firework was COMPLETED. */
  readonly finishedAfter: number | undefined;
}

export async function simulateMonth(world: World, arm: Arm): Promise<Month> {
  const { store, population, nights, clock, onNight } = world;
  const cluster = new Cluster(world);
  const { log } = cluster;
  const completedBy: number[] = [];
  let finishedAfter: number | undefined;
  for (let night = 1; night <= nights; night += 1) {
    const today = population.workflows.filter(({ day }) => day === night - 1);
    await submit(store, today, clock.now());
    cluster.lookAgain();
    for (const hour of arm.hours) {
      await cluster.runUntil(momentOf(night, hour));
      await cluster.ping();
      await arm.act(night);
      cluster.lookAgain();
    }
    await cluster.runUntil(momentOf(night + 1, 0));
    completedBy.push(log.completed.size);
    if (finishedAfter === undefined && [...population.recoverable].every((one) => log.completed.has(one)))
      finishedAfter = night;
    onNight?.(night, log);
  }
  return { log, completedBy, finishedAfter };
}
