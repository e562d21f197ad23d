/** What became of a rerun that `lpad recover` made: from its step, its Firework of today, and the launch since. */
import { coreHoursOf } from '../failures/cores';
import type { FailedLaunch } from '../failures/failure';
import { errorOf } from '../failures/failure-of';
import { fingerprintOf } from '../failures/fingerprint';
import type { Firework, Launch } from '../model';
import { isHeld, type FireworkState } from '../state';
import { knownMillis } from '../timestamps';
import type { PastRerun } from './cluster-state';
import type { RecoveryStep } from './night';

export type RerunEnd =
  | { readonly kind: 'completed' }
  | {
      readonly kind: 'failed';
      readonly launchId: number;
      readonly fingerprint: string;
      readonly pattern: string;
      /** Milliseconds since 1970; when the rerun was decided, where nobody noted the end. */
      readonly at: number;
      /** What it took, on its cores. */
      readonly coreHours: number;
    }
  | { readonly kind: 'running' }
  /** For a rocket, or for its parents. */
  | { readonly kind: 'waiting' }
  /** It is as it was before: `lpad undo`. */
  | { readonly kind: 'taken back' }
  | { readonly kind: 'stopped'; readonly state: FireworkState }
  /** Before the launch had ended. */
  | { readonly kind: 'rerun since' }
  | { readonly kind: 'deleted' };

/** `firework`: with what it asks of the queue. `launch`: the first one since (nextLaunchId). */
export function rerunEnd(
  step: Pick<RecoveryStep, 'decidedOn'>,
  firework: Firework | undefined,
  launch: Launch | undefined,
  failed: FailedLaunch | undefined,
): RerunEnd {
  if (!firework) return { kind: 'deleted' };
  if (!launch) return neverLaunched(firework);
  const isActive = firework.launches.includes(launch.launchId);
  const fizzledAfter = launch.state === 'COMPLETED' && isActive && firework.state === 'FIZZLED';
  if (launch.state === 'FIZZLED' || fizzledAfter) {
    return {
      kind: 'failed',
      launchId: launch.launchId,
      ...fingerprintOf(errorOf(failed)),
      at: knownMillis(launch.timeEnd) ?? step.decidedOn.getTime(),
      coreHours: coreHoursOf(firework.spec, failed?.workerCores, launch.runtimeSecs),
    };
  }
  if (launch.state === 'COMPLETED') return { kind: 'completed' };
  if (isHeld(firework.state)) return { kind: 'stopped', state: firework.state };
  return { kind: isActive ? 'running' : 'rerun since' };
}

function neverLaunched({ state }: Firework): RerunEnd {
  if (isHeld(state)) return { kind: 'stopped', state };
  return { kind: state === 'COMPLETED' || state === 'FIZZLED' ? 'taken back' : 'waiting' };
}

/** As canaries and circuit breakers count it. */
export function resultOf(
  end: RerunEnd,
  { fingerprint }: Pick<RecoveryStep, 'fingerprint'>,
): Pick<PastRerun, 'result' | 'failedAt'> {
  switch (end.kind) {
    case 'completed':
      return { result: 'passed' };
    case 'failed':
      return end.fingerprint === fingerprint ? { result: 'same', failedAt: end.at } : { result: 'passed' };
    case 'running':
    case 'waiting':
      return { result: 'pending' };
    default:
      return { result: 'gone' };
  }
}
