/** What is known of a FIZZLED Firework before it is decided about. */
import type { ValueObject } from '../model';
import type { Quarantine } from './night';

/** A launch that failed, with as much of its circumstances as anybody noted. */
export interface FailedAttempt {
  readonly launchId: number;
  readonly fingerprint: string;
}

export interface FailureFacts {
  readonly fwId: number;
  readonly name: string;
  readonly fingerprint: string;
  /** The error without what differs. */
  readonly pattern: string;
  readonly lost: boolean;
  /** The launch that stands for the failure; undefined where none FIZZLED. */
  readonly launchId: number | undefined;
  readonly host: string | undefined;
  /** Milliseconds since 1970; the Firework's last change where nobody noted the end of the launch. */
  readonly failedAt: number;
  readonly createdOn: number;
  readonly updatedOn: number;
  /** What the failed launch took, on its cores. */
  readonly coreHours: number;
  /** Of the launches that failed, archived ones included, those that count: a release from quarantine begins anew. Ascending. */
  readonly attempts: readonly FailedAttempt[];
  /** In force: it is of this very failure. */
  readonly quarantine: Quarantine | undefined;
  /** Somebody released it from quarantine since it failed. */
  readonly released: boolean;
  /** Whether this night has rerun it already. */
  readonly rerunTonight: boolean;
  /** Positions of the rules whose selectors select it. */
  readonly selectedBy: ReadonlySet<number>;
}

/** Under which circumstances a launch failed, or would be tried again. */
export interface Circumstances {
  /** Undefined where nobody noted it, as for launches of Python's rockets. */
  readonly spec: ValueObject | undefined;
  /** Hash of the source code, where it is kept. */
  readonly source: string | undefined;
  readonly worker: string;
  readonly host: string;
}

/** What repeated itself: so many attempts failed alike, under circumstances that are those of the next attempt. */
export interface Repeats {
  readonly count: number;
  /** Of these, those whose spec nobody noted: taken for unchanged. */
  readonly unknownSpecs: number;
}
