/**
 * What a launch began with. FireWorks keeps a Firework's spec of today alone: what ran last week, before somebody changed it,
 * nobody could tell. Our rockets note it beside each launch; launches of Python's rockets have no record.
 */
import type { Timestamp, ValueObject } from './model';

export interface LaunchRecord {
  readonly launchId: number;
  readonly fwId: number;
  /** The name of the Firework, and its spec as the rocket got it, before its Firetasks. */
  readonly name: string;
  readonly spec: ValueObject;
  readonly startedOn: Timestamp;
  /** The launch that this one is a copy of, in another run of the same workflow (`rerun_wflows --rerun-from`). */
  readonly copyOf?: number;
}

/** What is known of a launch only later. */
export type LaunchRecordUpdate = Partial<Omit<LaunchRecord, 'launchId' | 'fwId'>>;
