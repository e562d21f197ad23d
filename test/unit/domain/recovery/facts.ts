/** Failures, rules and policies for tests: what is not said is harmless. */
import type { FailureFacts } from '../../../../src/domain/recovery/failure-facts';
import type { NightInput } from '../../../../src/domain/recovery/decide';
import type { RecoveryPolicy, RecoveryRule } from '../../../../src/domain/recovery/policy';

export const HOUR = 3_600_000;
/** A Saturday. */
export const NIGHT = Date.UTC(2026, 10, 21, 22);

export function failure(fwId: number, changes: Partial<FailureFacts> = {}): FailureFacts {
  const fingerprint = changes.fingerprint ?? 'aaaaaaaaaa';
  return {
    fwId,
    name: `fw${String(fwId)}`,
    fingerprint,
    pattern: 'ValueError: <n>',
    lost: false,
    launchId: fwId,
    host: 'node-1',
    failedAt: NIGHT - HOUR,
    createdOn: fwId,
    updatedOn: fwId,
    coreHours: 1,
    attempts: [{ launchId: fwId, fingerprint }],
    quarantine: undefined,
    released: false,
    rerunTonight: false,
    selectedBy: new Set([0, 1, 2, 3]),
    ...changes,
  };
}

export function rule(changes: Partial<RecoveryRule> = {}): RecoveryRule {
  return {
    name: 'again',
    selectors: {},
    conditions: {},
    action: { kind: 'rerun', edits: [] },
    order: undefined,
    maxAttempts: 3,
    transient: false,
    backoff: undefined,
    window: undefined,
    budget: { fireworks: undefined, coreHours: undefined },
    canary: 0,
    breaker: { failures: 5, rest: 24 * HOUR },
    ...changes,
  };
}

export function policy(
  rules: readonly RecoveryRule[],
  changes: Partial<RecoveryPolicy> = {},
): RecoveryPolicy {
  return {
    lostRuns: { handle: true, after: undefined },
    budget: { fireworks: undefined, coreHours: undefined },
    rules,
    ...changes,
  };
}

export function night(
  failures: readonly FailureFacts[],
  rules: readonly RecoveryRule[],
  changes: Partial<NightInput> = {},
): NightInput {
  return {
    policy: policy(rules),
    failures,
    repeats: new Map(),
    past: new Map(),
    spent: [],
    now: NIGHT,
    local: { day: 6, minutes: 22 * 60 },
    ...changes,
  };
}
