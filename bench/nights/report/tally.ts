/** What a month came to: from the log of what really happened, and from what the store says at its end. */
import { findQuarantined } from '../../../src/launchpad/recovery/quarantines';
import type { LaunchPadStore } from '../../../src/storage/launchpad-store';
import type { Cause } from '../model/outcome';
import type { Population } from '../model/population';
import { nightKey } from '../run/night-times';
import type { LoggedLaunch } from '../run/launch-log';
import type { Month } from '../run/month';

export interface CauseTally {
  readonly cause: Cause;
  /** That failed so at least once. */
  readonly fireworks: number;
  /** Of these. */
  readonly completed: number;
  readonly failures: number;
  /** Core hours of the launches that failed so. */
  readonly wasted: number;
  /** The most that a single Firework failed so. */
  readonly most: number;
}

/** Hours are core hours. */
export interface Tally {
  readonly fireworks: number;
  readonly completed: number;
  readonly recoverable: number;
  readonly recovered: number;
  readonly workflows: number;
  readonly workflowsCompleted: number;
  /** That have ended. */
  readonly launches: number;
  /** Launches after the first of a Firework. */
  readonly reruns: number;
  readonly useful: number;
  /** Of launches that failed or were lost. */
  readonly wasted: number;
  /** Of these, launches after the first of a Firework. */
  readonly wastedByReruns: number;
  readonly causes: readonly CauseTally[];
  readonly finishedAfter: number | undefined;
  readonly completedBy: readonly number[];
  readonly fizzled: number;
  readonly quarantined: number;
  /** FIZZLED ones that recover would try again some night: the breaker, say, holds them. The rest is left to a person. */
  readonly held: number;
}

const CAUSES: readonly Cause[] = ['deterministic', 'transient', 'memory', 'lost', 'host', 'outage'];

export async function tallyOf(store: LaunchPadStore, population: Population, month: Month): Promise<Tally> {
  const { fireworks, recoverable, workflows } = population;
  const { log, finishedAfter, completedBy } = month;
  const { launches, completed } = log;
  const failed = launches.filter(({ cause }) => cause !== undefined);
  return {
    fireworks: fireworks.size,
    completed: completed.size,
    recoverable: recoverable.size,
    recovered: [...recoverable].filter((one) => completed.has(one)).length,
    workflows: workflows.length,
    workflowsCompleted: await store.countWorkflows({ where: { state: 'COMPLETED' } }),
    launches: launches.length,
    reruns: launches.filter(isRerun).length,
    useful: hoursOf(launches.filter(({ cause }) => cause === undefined)),
    wasted: hoursOf(failed),
    wastedByReruns: hoursOf(failed.filter(isRerun)),
    causes: CAUSES.map((cause) => causeTally(cause, failed, completed)),
    finishedAfter,
    completedBy,
    fizzled: await store.countFireworks({ where: { state: 'FIZZLED' } }),
    quarantined: (await findQuarantined(store)).length,
    held: await countHeld(store, nightKey(completedBy.length)),
  };
}

/** By the last that was decided in a night. */
async function countHeld(store: LaunchPadStore, night: string): Promise<number> {
  let held = 0;
  for await (const { action } of store.findSteps({ night })) if (action === 'hold') held += 1;
  return held;
}

function isRerun({ attempt }: LoggedLaunch): boolean {
  return attempt > 1;
}

export function hoursOf(launches: readonly LoggedLaunch[]): number {
  return launches.reduce((sum, { hours, cores }) => sum + hours * cores, 0);
}

function causeTally(
  cause: Cause,
  failed: readonly LoggedLaunch[],
  completed: ReadonlySet<number>,
): CauseTally {
  const own = failed.filter((one) => one.cause === cause);
  const counts = new Map<number, number>();
  for (const { fwId } of own) counts.set(fwId, (counts.get(fwId) ?? 0) + 1);
  return {
    cause,
    fireworks: counts.size,
    completed: [...counts.keys()].filter((one) => completed.has(one)).length,
    failures: own.length,
    wasted: hoursOf(own),
    most: Math.max(0, ...counts.values()),
  };
}
