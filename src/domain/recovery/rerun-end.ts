/** What became of a rerun that `lpad recover` made: from its step, its Firework of today, and the launch since. */
import { coresOf } from '../failures/cores';
import type { FailedLaunch } from '../failures/failure';
import { errorOf } from '../failures/failure-of';
import { fingerprintOf } from '../failures/fingerprint';
import type { Firework, Launch } from '../model';
import { isHeld, type FireworkState } from '../state';
import { timestampMillis } from '../timestamps';
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

/** The launch that tells how a rerun ended: the first one since. */
export function nextLaunchId(
  { launchId }: Pick<RecoveryStep, 'launchId'>,
  firework: Firework | undefined,
): number | undefined {
  const later = [...(firework?.launches ?? []), ...(firework?.archivedLaunches ?? [])].filter(
    (id) => id > launchId,
  );
  return later.length === 0 ? undefined : Math.min(...later);
}

/** `firework`: with what it asks of the queue. `launch`: that of nextLaunchId. */
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
    const end = launch.timeEnd === null ? NaN : timestampMillis(launch.timeEnd);
    const cores = coresOf(firework.spec['_queueadapter'], failed?.workerCores);
    return {
      kind: 'failed',
      launchId: launch.launchId,
      ...fingerprintOf(errorOf(failed)),
      at: Number.isNaN(end) ? step.decidedOn.getTime() : end,
      coreHours: (cores * (launch.runtimeSecs ?? 0)) / 3600,
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
