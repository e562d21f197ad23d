/** What `lpad recover` keeps: nights with what was decided about each Firework and what came of it, and quarantines. */
import type { FireworkState } from '../state';

/** How far back reruns and what they came to tell something about today, milliseconds. */
export const LOOK_BACK_MS = 30 * 86_400_000;

/** Why something was decided as it was: for reports, which count by it. */
export type DecisionReason =
  | 'rule'
  | 'no rule'
  | 'released'
  | 'quarantined'
  | 'failed twice the same'
  | 'attempts used up'
  | 'rerun tonight'
  | 'outside of the window'
  | 'backoff'
  | 'breaker open'
  | 'canaries under way'
  | 'budget'
  | 'changed meanwhile'
  | 'interrupted';

/** `hold`: later, in this night or another one, perhaps. */
export type DecisionAction = 'rerun' | 'quarantine' | 'leave' | 'hold';

export interface Decision {
  readonly fwId: number;
  /** The name of the rule; undefined when none was asked or matches. */
  readonly rule: string | undefined;
  readonly action: DecisionAction;
  readonly why: DecisionReason;
  /** In words. */
  readonly reason: string;
  /** A rerun on which the rest of its cluster waits. */
  readonly canary: boolean;
  /** Of a hold: until when at least, milliseconds since 1970. */
  readonly until?: number;
}

/**
 * `decided`: nothing had to be done, or it was a hold. `doing`: noted before the change, so that whoever comes after a crash
 * knows what to look for in the journal. `done`: written. `failed`: the store or a plan refused it; it is tried again.
 */
export type StepStatus = 'decided' | 'doing' | 'done' | 'failed';

/** What a night decided about a Firework last, and what came of it. One per night and Firework. */
export interface RecoveryStep {
  /** Key of the night. */
  readonly night: string;
  readonly fwId: number;
  readonly name: string;
  readonly fingerprint: string;
  readonly pattern: string;
  /** The launch that had failed; 0 where none FIZZLED. */
  readonly launchId: number;
  readonly host: string;
  readonly failedOn: Date;
  /** How often it had failed. */
  readonly attempts: number;
  readonly coreHours: number;
  readonly rule: string;
  readonly action: DecisionAction;
  /** Of a rerun: what the rule says beyond it, in words: `from the Firetask that failed on …`. Else empty. */
  readonly how: string;
  readonly why: DecisionReason;
  readonly reason: string;
  readonly canary: boolean;
  /** Of a hold. */
  readonly until: Date | null;
  readonly status: StepStatus;
  readonly decidedOn: Date;
  /** What changed it, for `lpad undo`; null where nothing was changed. */
  readonly journalId: string | null;
  /** Of a rerun that was done: what it became. */
  readonly to: FireworkState | null;
  /** Fireworks below it that were reset with it. */
  readonly descendants: number;
  /** What the rerun says to people: kept recovery, dynamic actions that stay. */
  readonly notes: readonly string[];
}

export function wasRerun({ action, status }: Pick<RecoveryStep, 'action' | 'status'>): boolean {
  return action === 'rerun' && status === 'done';
}

/** One call of `lpad recover` in a night. */
export interface NightCall {
  readonly startedOn: Date;
  /** Null while it runs, or when it died. */
  readonly endedOn: Date | null;
  readonly user: string;
  readonly host: string;
  readonly commandLine: readonly string[];
  /** What it changed, for `lpad undo`. */
  readonly journalIds: readonly string[];
  readonly status: NightStatus;
}

/** `held`: something waits for a later call. `partly`: something failed or was refused. */
export type NightStatus = 'running' | 'done' | 'held' | 'partly' | 'interrupted';

export interface Night {
  /** By which a second call goes on with it. */
  readonly key: string;
  readonly startedOn: Date;
  readonly policyFile: string;
  /** Ten digits of the SHA-256 of its text. */
  readonly policyHash: string;
  /** Fireworks whose runs were lost, and which became FIZZLED. */
  readonly lostFireworks: readonly number[];
  readonly lostLaunches: number;
  /** In their order. */
  readonly calls: readonly NightCall[];
}

/** A Firework that `lpad recover` leaves alone: of one failure, so that whoever reruns it ends it. */
export interface Quarantine {
  readonly fwId: number;
  readonly name: string;
  /** The launch that had failed; 0 where none FIZZLED. */
  readonly launchId: number;
  readonly fingerprint: string;
  readonly pattern: string;
  readonly rule: string;
  readonly reason: string;
  readonly night: string;
  readonly since: Date;
  /** Null while it lasts. Attempts until then count no more. */
  readonly releasedOn: Date | null;
  readonly releasedBy: string;
}
