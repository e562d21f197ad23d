/**
 * What a launch began with. FireWorks keeps a Firework's spec of today alone: what ran last week, before somebody changed it,
 * nobody could tell. Our rockets note it beside each launch; launches of Python's rockets have no record.
 */
import type { Timestamp, ValueObject } from './model';
import type { ActionEffects } from './rerun/action-effects';

export interface LaunchRecord {
  readonly launchId: number;
  readonly fwId: number;
  /** The name of the Firework, and its spec as the rocket got it, before its Firetasks. */
  readonly name: string;
  readonly spec: ValueObject;
  readonly startedOn: Timestamp;
  /** The launch that this one is a copy of, in another run of the same workflow (`rerun_wflows --rerun-from`). */
  readonly copyOf?: number;
  /** What its action did to others; only when it did something. */
  readonly effects?: ActionEffects;
  /** What the markers of the spec (`_resolve`) became; absent when there are none. */
  readonly resolved?: readonly ResolvedValue[];
  /** The hash of the source code that it ran with, where its spec has `_sourcecode`. */
  readonly sourcecode?: string;
}

/** One marker of a spec, and what came of it when the job began. */
export interface ResolvedValue {
  /** `spec._tasks[0].script` */
  readonly path: string;
  /** As it stands in the marker: `env:HOME`. */
  readonly resolve: string;
  /** Null for what is a secret, by the name of its variable or by a password in it: it is kept nowhere. */
  readonly value: string | null;
}

/** What is known of a launch only later. */
export type LaunchRecordUpdate = Partial<Omit<LaunchRecord, 'launchId' | 'fwId'>>;
