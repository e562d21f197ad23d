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

/** Those with an error, and what this call has added to them. */
export class ClusterState {
  readonly #past: PastRerun[];

  constructor(past: readonly PastRerun[]) {
    this.#past = [...past];
  }

  /** About a failure of this error at that time. */
  judge(
    { canary, breaker }: Pick<RecoveryRule, 'canary' | 'breaker'>,
    failedAt: number,
    now: number,
  ): ClusterVerdict {
    const open = this.#breaker(canary, breaker, now);
    if (open) return open;
    if (canary === 0) return { kind: 'go' };
    const valid = this.#canaries(failedAt);
    const passed = valid.filter(({ result }) => result === 'passed').length;
    if (passed >= canary) return { kind: 'go' };
    // Those of an earlier wave that are under way count, too: there are never more than so many at once.
    const pending = this.#past.filter((one) => one.canary && one.result === 'pending');
    if (valid.length < canary && pending.length < canary) return { kind: 'canary' };
    return { kind: 'wait', canaries: pending.map(({ fwId }) => fwId) };
  }

  add(rerun: PastRerun): void {
    this.#past.push(rerun);
  }

  #breaker(
    canary: number,
    { failures, rest }: RecoveryRule['breaker'],
    now: number,
  ): ClusterVerdict | undefined {
    const recent = this.#past.filter(
      ({ result, failedAt = 0 }) => result === 'same' && failedAt + rest > now,
    );
    const last = Math.max(...recent.map(({ failedAt = 0 }) => failedAt));
    const open = (because: string): ClusterVerdict => ({ kind: 'open', until: last + rest, because });
    const canaries = canary === 0 ? [] : recent.filter((one) => one.canary);
    if (canaries.length > 0) {
      const ids = canaries.map(({ fwId }) => String(fwId)).join(', ');
      return open(`${canaries.length === 1 ? 'canary' : 'canaries'} ${ids} failed the same way`);
    }
    if (failures === 0 || recent.length < failures) return undefined;
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
}
