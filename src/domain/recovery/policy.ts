/** What a person wants to be done about failures: rules in order, and limits (docs/nightly.md). All times are milliseconds. */
import type { ValueObject } from '../model';
import type { RecoveryMode } from '../rerun/rerun-recovery';
import type { SpecEdit } from '../rerun/spec-edit';

/** The longer a Firework has been failing, the longer it waits. */
export interface Backoff {
  readonly first: number;
  readonly factor: number;
  readonly longest: number;
}

/** Minutes since midnight, local time; it may end on the next day. */
export interface TimeWindow {
  readonly from: number;
  readonly to: number;
  /** On which it begins, 0 is Sunday; undefined is every day. */
  readonly days: ReadonlySet<number> | undefined;
}

/** In a night. */
export interface Budget {
  readonly fireworks: number | undefined;
  readonly coreHours: number | undefined;
}

export interface Breaker {
  /** So many reruns of a cluster that failed the same way open it; 0: only its canaries do. */
  readonly failures: number;
  /** How long it stays open. */
  readonly rest: number;
}

export interface Range {
  readonly min: number;
  readonly max: number;
}

/** What the store is asked, as every command that selects asks it. */
export interface RuleSelectors {
  readonly ids?: readonly number[];
  readonly where?: ValueObject;
  readonly activeLaunch?: readonly ValueObject[];
}

/** What is asked of the facts of a failure. */
export interface RuleConditions {
  readonly fingerprints?: ReadonlySet<string>;
  readonly lost?: boolean;
  /** Patterns with `*` and `?`, one of which fits. */
  readonly names?: readonly string[];
  readonly hosts?: readonly string[];
  readonly attempts?: Range;
  readonly age?: Range;
}

export type RuleAction =
  | {
      readonly kind: 'rerun';
      /** From the Firetask that failed on. */
      readonly taskLevel?: { readonly mode: RecoveryMode };
      readonly edits: readonly SpecEdit[];
    }
  | { readonly kind: 'quarantine' }
  | { readonly kind: 'leave' };

export interface RuleOrder {
  readonly field: 'createdOn' | 'updatedOn';
  readonly direction: 1 | -1;
}

export interface RecoveryRule {
  /** Unique in its policy. */
  readonly name: string;
  readonly selectors: RuleSelectors;
  readonly conditions: RuleConditions;
  readonly action: RuleAction;
  readonly order: RuleOrder | undefined;
  /** In all, the first one included. */
  readonly maxAttempts: number;
  /**
   * What fails is around the Firework: that it failed twice the same says nothing about a third time, and one canary that
   * failed nothing about the others.
   */
  readonly transient: boolean;
  readonly backoff: Backoff | undefined;
  readonly window: TimeWindow | undefined;
  /** Of this rule alone, beside that of the policy. */
  readonly budget: Budget;
  /** So many of a cluster are rerun first; 0: all at once. */
  readonly canary: number;
  readonly breaker: Breaker;
}

export interface RecoveryPolicy {
  /** `after`: without a sign of life for so long; undefined is what FW_config.yaml says. */
  readonly lostRuns: { readonly handle: boolean; readonly after: number | undefined };
  /** Of all rules together. */
  readonly budget: Budget;
  readonly rules: readonly RecoveryRule[];
}

export const POLICY_DEFAULTS = {
  maxAttempts: 3,
  canary: 3,
  breaker: { failures: 5, rest: 24 * 3_600_000 },
} as const;
