/**
 * The documents of FireWorks as the program sees them: known fields in camelCase, free data as it is stored.
 * storage/documents.ts converts to and from what stands in the database.
 */
import type { FireworkState, LaunchState } from './state';

/**
 * Free data (a spec, stored data, metadata): JSON-like, and opaque to the domain. Numbers keep their BSON type: a
 * JavaScript number stands for an int32 or a fractional double; a whole double or a 64-bit integer is a wrapper of the
 * `bson` package (`Double`, `Long`). Dates are `Date`. specs/plain-values.ts turns it into plain JavaScript.
 */
export type Value = unknown;

/** An object of free data. */
export type ValueObject = Readonly<Record<string, Value>>;

/**
 * A moment as stored: ISO 8601 text with microseconds (`2026-11-21T08:01:43.755861+00:00`) in fireworks and launches, a
 * Date in workflows, and in `fireworks.updated_on` after a pause, resume, defuse, reignite or archive.
 */
export type Timestamp = string | Date;

/** One node of a Workflow. */
export interface Firework {
  readonly fwId: number;
  readonly name: string;
  readonly state: FireworkState;
  /** Whole, or only the keys that were asked for (see SpecFields of the port). */
  readonly spec: ValueObject;
  readonly createdOn: Timestamp;
  readonly updatedOn: Timestamp;
  /** Ids of the launches of the current attempt; more than one only through duplicates. */
  readonly launches: readonly number[];
  /** Ids of the launches of earlier attempts, in no order. */
  readonly archivedLaunches: readonly number[];
}

/** The worker description that FireWorks stores with a launch. */
export interface LaunchWorker {
  readonly name: string;
  readonly category: string | readonly string[];
  /** JSON text. */
  readonly query: string;
  readonly env: ValueObject;
}

/** What a running Firework had reached, stored before each Firetask. */
export interface Checkpoint {
  readonly _task_n: number;
  readonly _all_stored_data: ValueObject;
  readonly _all_update_spec: ValueObject;
  readonly _all_mod_spec: readonly Value[];
}

/** One entry of a launch's state history, in stored names (it is copied into other documents as it is). */
export interface HistoryEntry {
  readonly state: LaunchState;
  readonly created_on: Timestamp;
  readonly updated_on?: Timestamp;
  readonly reservation_id?: string;
  readonly checkpoint?: ValueObject;
}

/** One attempt to run a Firework. */
export interface Launch {
  readonly launchId: number;
  readonly fwId: number;
  readonly launchDir: string;
  readonly fworker: LaunchWorker;
  readonly host: string;
  readonly ip: string;
  readonly trackers: readonly ValueObject[];
  /** The FWAction in stored form, null while running, or `{gridfs_id}`. */
  readonly action: ValueObject | null;
  readonly state: LaunchState;
  readonly stateHistory: readonly HistoryEntry[];
  readonly timeStart: Timestamp | null;
  readonly timeEnd: Timestamp | null;
  /** Seconds. */
  readonly runtimeSecs: number | null;
  /** Seconds; absent when it was never reserved. */
  readonly reservedtimeSecs?: number;
}

/** What the end of a launch meant for others, without reading its whole action. */
export interface LaunchEffects {
  readonly launchId: number;
  /** Seconds; 0 while it has none. */
  readonly runtimeSecs: number;
  /** Workflows that its action added, as additions, detours or appended. */
  readonly added: number;
  /** Whether its action changed specs (update_spec, mod_spec). */
  readonly changedSpecs: boolean;
}

/** A reserved Launch that runs without the database, until its files are read (`recover_offline`). */
export interface OfflineRun {
  readonly fwId: number;
  readonly launchId: number;
  readonly name: string;
  readonly createdOn: Timestamp;
  readonly updatedOn: Timestamp;
  /** Forgotten: its files are not read any more. */
  readonly deprecated: boolean;
  /** Its result is in the database. */
  readonly completed: boolean;
}

/** Children of each node; every node has an entry, leaves an empty one. */
export type Links = ReadonlyMap<number, readonly number[]>;

/** A graph of Fireworks. */
export interface Workflow {
  /** Identifies the document in its store; opaque. */
  readonly key: string;
  readonly name: string;
  readonly state: FireworkState;
  readonly links: Links;
  readonly nodes: readonly number[];
  /** The members' states as the workflow notes them; may lack members or be empty in old documents. */
  readonly fwStates: ReadonlyMap<number, FireworkState>;
  readonly metadata: Value;
  readonly createdOn: Timestamp;
  readonly updatedOn: Timestamp;
}

/** What a planner reads: a workflow, and those of its Fireworks that the plan may touch. */
export interface WorkflowView {
  readonly workflow: Workflow;
  readonly fireworks: ReadonlyMap<number, Firework>;
  /** Those that a patch to be finished or undone changes; planners ask for theirs by themselves. */
  readonly launches?: ReadonlyMap<number, Launch>;
}

/** A workflow that is not in a store yet. */
export interface NewWorkflow {
  readonly name: string;
  readonly metadata: Value;
  readonly links: Links;
  readonly fireworks: readonly Firework[];
  readonly state: FireworkState;
  readonly createdOn: Timestamp;
  readonly updatedOn: Timestamp;
}

/** A plain object: no list, no date, and none of the values that keep a BSON type. */
export function isObject(value: Value): value is ValueObject {
  if (typeof value !== 'object' || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}
