/** What earlier reruns by `lpad recover` have come to, by error: from their steps, and from the launches since. */
import { errorOf } from '../../domain/failures/failure-of';
import type { FailedLaunch } from '../../domain/failures/failure';
import { fingerprintOf } from '../../domain/failures/fingerprint';
import type { Firework, Launch } from '../../domain/model';
import type { PastRerun, RerunResult } from '../../domain/recovery/cluster-state';
import { LOOK_BACK_MS, type RecoveryStep } from '../../domain/recovery/night';
import { isHeld } from '../../domain/state';
import { timestampMillis } from '../../domain/timestamps';
import type { LaunchPadStore } from '../../storage/launchpad-store';
import { launchesById } from '../launches-by-id';

export interface StepResult {
  readonly step: RecoveryStep;
  readonly result: RerunResult;
  /** Milliseconds since 1970, of one that failed the same way. */
  readonly failedAt?: number;
}

/** By fingerprint. */
export async function loadPast(
  store: LaunchPadStore,
  fingerprints: readonly string[],
  now: Date,
): Promise<ReadonlyMap<string, readonly PastRerun[]>> {
  const past = new Map<string, PastRerun[]>();
  if (fingerprints.length === 0) return past;
  const since = new Date(now.getTime() - LOOK_BACK_MS);
  const steps: RecoveryStep[] = [];
  for await (const step of store.findSteps({ fingerprints, since }))
    if (step.action === 'rerun' && step.status === 'done') steps.push(step);
  for (const { step, ...result } of await findResults(store, steps)) {
    const { fingerprint, fwId, canary, decidedOn } = step;
    const list = past.get(fingerprint) ?? [];
    list.push({ fwId, canary, at: decidedOn.getTime(), ...result });
    past.set(fingerprint, list);
  }
  return past;
}

/** What became of reruns that were done. */
export async function findResults(
  store: LaunchPadStore,
  steps: readonly RecoveryStep[],
): Promise<readonly StepResult[]> {
  const fireworks = new Map<number, Firework>();
  const ids = [...new Set(steps.map(({ fwId }) => fwId))];
  if (ids.length > 0)
    for await (const one of store.findFireworks({ ids }, 'summary')) fireworks.set(one.fwId, one);
  const next = new Map(steps.map((step) => [step, nextLaunch(step, fireworks.get(step.fwId))]));
  const launchIds = [...next.values()].filter((id) => id !== undefined);
  const launches = await launchesById(store, launchIds, 'brief');
  const failed = new Map<number, FailedLaunch>();
  if (launchIds.length > 0)
    for await (const one of store.findFailedLaunches(launchIds)) failed.set(one.launchId, one);
  return steps.map((step) => {
    const launchId = next.get(step) ?? 0;
    const launch = launches.get(launchId);
    return { step, ...resultOf(step, fireworks.get(step.fwId), launch, failed.get(launchId)) };
  });
}

/** The first one since. */
function nextLaunch({ launchId }: RecoveryStep, firework: Firework | undefined): number | undefined {
  const later = [...(firework?.launches ?? []), ...(firework?.archivedLaunches ?? [])].filter(
    (id) => id > launchId,
  );
  return later.length === 0 ? undefined : Math.min(...later);
}

function resultOf(
  { fingerprint, decidedOn }: RecoveryStep,
  firework: Firework | undefined,
  launch: Launch | undefined,
  failed: FailedLaunch | undefined,
): Pick<StepResult, 'result' | 'failedAt'> {
  if (!firework) return { result: 'gone' };
  // Not launched since: it waits for a rocket, unless somebody has stopped it or taken the rerun back.
  if (!launch) return { result: isHeld(firework.state) || hasEnded(firework) ? 'gone' : 'pending' };
  const isActive = firework.launches.includes(launch.launchId);
  const fizzledAfter = launch.state === 'COMPLETED' && isActive && firework.state === 'FIZZLED';
  if (launch.state === 'FIZZLED' || fizzledAfter) {
    if (fingerprintOf(errorOf(failed)).fingerprint !== fingerprint) return { result: 'passed' };
    const end = launch.timeEnd === null ? NaN : timestampMillis(launch.timeEnd);
    return { result: 'same', failedAt: Number.isNaN(end) ? decidedOn.getTime() : end };
  }
  if (launch.state === 'COMPLETED') return { result: 'passed' };
  return { result: isActive && !isHeld(firework.state) ? 'pending' : 'gone' };
}

function hasEnded({ state }: Firework): boolean {
  return state === 'COMPLETED' || state === 'FIZZLED';
}
