/** What earlier reruns of an error have come to, and so whether more of them are wise: canaries and circuit breaker. */
import type { RecoveryRule } from './policy';

/**
 * What became of a rerun. `passed`: it COMPLETED or failed in another way. `same`: it failed the same way. `pending`: it has
 * not ended. `gone`: it never will, because somebody deleted, paused or defused it, or reran it meanwhile.
 */
export type RerunResult = 'passed' | 'same' | 'pending' | 'gone';

/** A rerun that `lpad recover` made of an error. */
export interface PastRerun {
  readonly fwId: number;
  readonly canary: boolean;
  /** When it was made, milliseconds since 1970. */
  readonly at: number;
  readonly result: RerunResult;
  /** When it failed the same way. */
  readonly failedAt?: number;
}

export type ClusterVerdict =
  | { readonly kind: 'go' }
  /** It may be a canary itself. */
  | { readonly kind: 'canary' }
  | { readonly kind: 'wait'; readonly canaries: readonly number[] }
  | { readonly kind: 'open'; readonly until: number; readonly because: string };

type Limits = Pick<RecoveryRule, 'canary' | 'breaker' | 'transient'>;

/** Those with an error, and what this call has added to them. */
export class ClusterState {
  readonly #past: PastRerun[];

  constructor(past: readonly PastRerun[]) {
    this.#past = [...past];
  }

  /** About a failure of this error at that time. */
  judge(limits: Limits, failedAt: number, now: number): ClusterVerdict {
    const { canary, transient } = limits;
    const open = this.#breaker(limits, now);
    if (open) return open;
    if (canary === 0) return { kind: 'go' };
    const valid = transient ? this.#askedSince(limits, failedAt, now) : this.#canaries(failedAt);
    const passed = valid.filter(({ result }) => result === 'passed').length;
    const ended = valid.filter(({ result }) => result !== 'pending').length;
    if (passed >= canary - tolerated(limits) || ended >= canary) return { kind: 'go' };
    // Those of an earlier wave that are under way count, too: there are never more than so many at once.
    const pending = this.#past.filter((one) => one.canary && one.result === 'pending');
    if (valid.length < canary && pending.length < canary) return { kind: 'canary' };
    return { kind: 'wait', canaries: pending.map(({ fwId }) => fwId) };
  }

  add(rerun: PastRerun): void {
    this.#past.push(rerun);
  }

  #breaker(limits: Limits, now: number): ClusterVerdict | undefined {
    const {
      canary,
      breaker: { failures, rest },
      transient,
    } = limits;
    const recent = this.#past.filter((one) => isRecentTrouble(one, rest, now));
    const passed = this.#past.filter(({ result, at }) => result === 'passed' && at + rest > now);
    // Where the environment fails now and then, what matters is whether it does so mostly.
    const outweighs = (same: number, others: number): boolean => !transient || same > others;
    const last = Math.max(...recent.map(({ failedAt = 0 }) => failedAt));
    const open = (because: string): ClusterVerdict => ({ kind: 'open', until: last + rest, because });
    const canaries = canary === 0 ? [] : recent.filter((one) => one.canary);
    const passedCanaries = passed.filter((one) => one.canary).length;
    if (canaries.length > tolerated(limits) && outweighs(canaries.length, passedCanaries)) {
      const ids = canaries.map(({ fwId }) => String(fwId)).join(', ');
      return open(`${canaries.length === 1 ? 'canary' : 'canaries'} ${ids} failed the same way`);
    }
    if (failures === 0 || recent.length < failures || !outweighs(recent.length, passed.length))
      return undefined;
    return open(`${String(recent.length)} reruns failed the same way`);
  }

  /** Of the present wave: sent out after the last trouble, and after the failure, which otherwise is news. */
  #canaries(failedAt: number): readonly PastRerun[] {
    const trouble = Math.max(
      failedAt,
      ...this.#past.filter(({ result }) => result === 'same').map((one) => one.failedAt ?? 0),
    );
    return this.#past.filter(
      ({ canary, at, result }) => canary && at >= trouble && (result === 'passed' || result === 'pending'),
    );
  }

  /** Of a transient error: those that asked after the failure whether the environment works again, whatever they found. */
  #askedSince({ breaker: { rest } }: Limits, failedAt: number, now: number): readonly PastRerun[] {
    return this.#past.filter(
      (one) =>
        one.canary &&
        one.at >= failedAt &&
        (one.result === 'passed' || one.result === 'pending' || isRecentTrouble(one, rest, now)),
    );
  }
}

/** So many canaries of a wave may fail the same way: none, or as many as half of them where the error is transient. */
function tolerated({ canary, transient }: Limits): number {
  return transient ? Math.floor(canary / 2) : 0;
}

function isRecentTrouble({ result, failedAt = 0 }: PastRerun, rest: number, now: number): boolean {
  return result === 'same' && failedAt + rest > now;
}
