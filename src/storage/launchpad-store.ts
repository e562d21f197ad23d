/**
 * The port: what the program needs of a place that keeps Fireworks, Launches and Workflows. No driver type appears here.
 * mongo/ and embedded/ implement it, and test/conformance holds both to it.
 */
import type { FailedLaunch } from '../domain/failures/failure';
import type {
  Firework,
  HistoryEntry,
  Launch,
  LaunchEffects,
  NewWorkflow,
  OfflineRun,
  ValueObject,
  Workflow,
} from '../domain/model';
import type { LaunchRecord, LaunchRecordUpdate } from '../domain/launch-record';
import type { WorkflowPatch } from '../domain/patch';
import type { LaunchState } from '../domain/state';
import type { CacheStore } from './cache-store';
import type { RecoveryStore } from './recovery-store';
import type { FireworkSelection, Query, WorkflowSelection } from './selections';
import type { RawDocument, RawRequest, WholeDocument, WholeSelection } from './whole-documents';

export type { FireworkSelection, Query, SortOrder, WorkflowSelection } from './selections';

/** What reports read. */
export type ReportedCollection = 'fireworks' | 'launches' | 'workflows';

/** Some fields of documents, in stored names: for reports over many documents that need little of each. */
export interface FieldsRequest {
  readonly collection: ReportedCollection;
  readonly where: Query;
  /** Paths through objects: `spec._tasks`. What a document lacks is left out. */
  readonly fields: readonly string[];
  /** Latest first by this date, text or Date; without it in no order. */
  readonly newestBy?: 'updated_on' | 'time_end';
  readonly limit?: number;
}

/** The numbers that new Fireworks and launches get next. */
export interface Counters {
  readonly nextFwId: number;
  readonly nextLaunchId: number;
}

/** A workflow, and which of the asked Fireworks are in it. */
export interface Membership {
  readonly workflowKey: string;
  readonly members: readonly number[];
  /** How many Fireworks the workflow has in all. */
  readonly size: number;
}

/**
 * How much of a Firework is read: `all`; `summary` (everything but the spec, which is empty then); `control`: the
 * spec has only the keys that planners read (CONTROL_SPEC_KEYS); `queue`: only what was asked of the batch queue.
 */
export type FireworkFields = 'all' | 'summary' | 'control' | 'queue';

export const CONTROL_SPEC_KEYS = [
  '_allow_fizzled_parents',
  '_dupefinder',
  '_recovery',
  '_exception_details',
  '_fizzled_parents',
  '_launch_dir',
  '_priority',
  '_sourcecode',
  '_cache',
  '_use_cache',
] as const;

export const QUEUE_SPEC_KEYS = ['_queueadapter'] as const;

/** How much of a Launch is read: `all`, or `brief`: without action and trackers (null and [] then). */
export type LaunchFields = 'all' | 'brief';

/** Who holds a workflow's lock, beside FireWorks' own `locked` field. */
export interface LockOwner {
  /** Host, process and run, for people: `node-1:4711:rerun_fws`. Unique per run. */
  readonly name: string;
  /** When others may take the lock over, milliseconds since 1970. */
  readonly expiresAt: number;
}

export interface LockResult {
  /** Keys of the workflows that this owner holds now. */
  readonly locked: readonly string[];
  /** Keys of those that somebody else held until the end of the wait. */
  readonly busy: readonly string[];
}

/** What is noted in the journal before the first change of a batch. */
export interface JournalEntry {
  /** Unique; sorts by time. */
  readonly id: string;
  /** The command that it belongs to: one command over many workflows writes an entry per batch. */
  readonly run: string;
  /** Name of the lock owner that applies it: with its process dead, somebody else finishes the entry. */
  readonly owner: string;
  readonly createdOn: Date;
  /** For people: who, and the command line without secrets. */
  readonly user: string;
  readonly host: string;
  readonly commandLine: readonly string[];
  readonly operation: string;
  /** What the command wants to remember of itself: counts, options. */
  readonly details: ValueObject;
  readonly patches: readonly WorkflowPatch[];
  /** As the end of a launch: it is there until every patch is written, and found among what is `applying` alone. */
  readonly transient?: boolean;
  /** `applying` until every patch of it is written or taken back. */
  readonly status: 'applying' | 'done' | 'undone';
}

/** An entry without what it changed, which may be large. */
export type JournalHead = Pick<JournalEntry, 'id' | 'run' | 'createdOn' | 'status'>;

/** Who holds the lock of a workflow; without a name it is a FireWorks program, which tells nobody. */
export interface LockHolder {
  readonly workflowKey: string;
  /** One of the workflow's Fireworks. */
  readonly member: number;
  readonly owner?: LockOwner;
}

export type CommitOutcome =
  | { readonly kind: 'committed' }
  /** A guard did not hold: nothing of this patch is written. `reason` names the document. */
  | { readonly kind: 'conflict'; readonly reason: string };

/** What a claim asks for. `fwId` alone ignores `where`, and accepts READY or RESERVED. */
export interface ClaimRequest {
  readonly fwId?: number;
  readonly where: Query;
  /** After `spec._priority`, highest first: oldest first, newest first, or by fw_id. */
  readonly order: 'fifo' | 'filo' | 'id';
  readonly now: Date;
}

/** What changes on a launch while it runs or ends; only while it has this state. */
export interface LaunchUpdate {
  readonly launchId: number;
  readonly onlyWhile: readonly LaunchState[];
  readonly state?: LaunchState;
  readonly stateHistory?: readonly HistoryEntry[];
  readonly trackers?: readonly ValueObject[];
  readonly action?: ValueObject | null;
  readonly launchDir?: string;
  readonly timeStart?: string | null;
  readonly timeEnd?: string | null;
  readonly runtimeSecs?: number | null;
}

/** Which offline runs: every condition must hold. */
export interface OfflineRunSelection {
  /** Neither completed nor forgotten. */
  readonly open?: true;
  readonly launchIds?: readonly number[];
  readonly fwIds?: readonly number[];
}

export interface OfflineRunUpdate {
  readonly deprecated?: boolean;
  readonly completed?: boolean;
  readonly updatedOn?: string;
}

/** Bytes by their hash: equal ones are kept once, and never change. */
export interface Content {
  /** SHA-256, in hexadecimal digits. */
  readonly id: string;
  readonly bytes: Uint8Array;
}

export interface LaunchPadStore extends CacheStore, RecoveryStore {
  /** For people: `MongoDB at db.example.org:27017, database fireworks` or `the folder /home/a/.lpad`. No password. */
  readonly description: string;
  /** What the database is called when `lpad reset` asks for it. */
  readonly name: string;
  /** Whether several machines can share it. */
  readonly kind: 'mongodb' | 'embedded';

  /** Connects; throws LpadError NO_DATABASE within about three seconds when nobody answers. */
  open(): Promise<void>;
  close(): Promise<void>;

  /** Removes everything and starts the counters at 1. */
  reset(): Promise<void>;
  /** Creates the indexes that are missing. `full` also gives back the room of deleted documents, which takes long. */
  tuneUp(options?: { readonly full?: boolean }): Promise<void>;

  /** The first id of a block of `count` new ones. Throws NOT_INITIALIZED when there are no counters. */
  takeFireworkIds(count: number): Promise<number>;
  takeLaunchIds(count: number): Promise<number>;
  readCounters(): Promise<Counters>;
  /** Never lowers one. */
  raiseCounters(counters: Counters): Promise<void>;
  /** Stores workflows whose Fireworks have their final ids: all, or on an error none. */
  addWorkflows(workflows: readonly NewWorkflow[]): Promise<void>;

  findFireworks(selection: FireworkSelection, fields: FireworkFields): AsyncIterable<Firework>;
  findFireworkIds(selection: FireworkSelection): Promise<readonly number[]>;
  countFireworks(selection: FireworkSelection): Promise<number>;
  findWorkflows(selection: WorkflowSelection): AsyncIterable<Workflow>;
  countWorkflows(selection: WorkflowSelection): Promise<number>;
  /** Which workflows have these members, by ascending lowest member: cheap, without reading the graphs. */
  findMemberships(fwIds: readonly number[]): Promise<readonly Membership[]>;
  /** By ascending launch_id. */
  findLaunches(ids: readonly number[], fields: LaunchFields): AsyncIterable<Launch>;
  /** Launches that a raw query matches, by ascending launch_id. */
  queryLaunches(where: Query, fields: LaunchFields): AsyncIterable<Launch>;
  /** What these launches cost and did, by ascending launch_id; a FIZZLED launch's action has no effect. */
  findLaunchEffects(ids: readonly number[]): AsyncIterable<LaunchEffects>;
  /** Of these launches those that FIZZLED, by ascending launch_id, with what tells their errors. */
  findFailedLaunches(ids: readonly number[]): AsyncIterable<FailedLaunch>;
  /** Ids of Fireworks that list one of these launches as active. */
  findFireworksOfLaunches(launchIds: readonly number[]): Promise<ReadonlyMap<number, readonly number[]>>;
  /** Documents with only these fields; `_id` only when it is one of them. */
  readFields(request: FieldsRequest): AsyncIterable<ValueObject>;
  /** Documents as BSON, as they are stored: in order of their ids, or as the selection says. */
  readRaw(request: RawRequest): AsyncIterable<Uint8Array>;
  /** Stores documents that are not there yet: all, or on an error (ALREADY_THERE, for one that is) none. */
  insertRaw(documents: readonly RawDocument[]): Promise<void>;
  /** The first launch that was submitted under this id of a batch queue. */
  findLaunchByReservation(reservationId: string): Promise<Launch | undefined>;

  /**
   * Takes the locks of these workflows that are free, waiting up to `waitMs` for others. A MongoDB lock is FireWorks' own.
   * An expired one is not taken over here: what its owner has left half done is finished first (acquire-locks.ts).
   */
  lockWorkflows(keys: readonly string[], owner: LockOwner, waitMs: number): Promise<LockResult>;
  /** Takes the lock of the workflow with this member and reads it, in one step; undefined when it is not free, or not there. */
  lockWorkflowOf(member: number, owner: LockOwner): Promise<Workflow | undefined>;
  /** Releases those of these locks that `owner` holds; any process may do it for an owner that is dead. */
  unlockWorkflows(keys: readonly string[], owner: Pick<LockOwner, 'name'>): Promise<void>;
  /** In one step from a dead owner to another, so that of several who finish its work each workflow has one. */
  takeOverLocks(keys: readonly string[], from: string, owner: LockOwner): Promise<readonly string[]>;
  /** Who holds the locks of these workflows, or of all; those that are free are left out. */
  findLockHolders(keys?: readonly string[]): Promise<readonly LockHolder[]>;
  /** Releases these locks while these hold them: for a person who knows that their holders are gone. */
  forceUnlock(holders: readonly LockHolder[]): Promise<void>;
  /**
   * Writes the entry, then its patches, each workflow wholly or not at all, in a few round trips; the workflows must be
   * locked by `owner` and are unlocked with the write. One outcome per patch, in order. With `journal: false` no entry is
   * written: a crash in between leaves what a refresh repairs.
   */
  commitPatches(
    entry: JournalEntry,
    owner: LockOwner,
    options?: { readonly journal?: boolean },
  ): Promise<readonly CommitOutcome[]>;

  /**
   * One atomic claim: the best matching READY Firework becomes RESERVED with `updated_on` = now. The Firework as it is
   * after the claim, whole, or undefined when none matches.
   */
  claimFirework(request: ClaimRequest): Promise<Firework | undefined>;
  /**
   * Takes a claim back that came to nothing: RESERVED becomes READY, which is what the workflow still notes. Only while the
   * active launches are these. False when it is not so any more.
   */
  releaseClaim(fwId: number, launches: readonly number[], now: Date): Promise<boolean>;
  /** With its record, if it has one. One that is too large for the store is left out. */
  insertLaunch(launch: Launch, record?: LaunchRecord): Promise<void>;
  /** By ascending launch_id. */
  findLaunchRecords(launchIds: readonly number[]): AsyncIterable<LaunchRecord>;
  /** False when the launch has no record. */
  updateLaunchRecord(launchId: number, update: LaunchRecordUpdate): Promise<boolean>;
  /** The largest document that the store can hold, in bytes; undefined where there is no limit. */
  readonly documentLimit: number | undefined;
  /** JSON of an action that is too large for its launch; undefined when there is none of this id. */
  readLargeAction(id: string): Promise<string | undefined>;
  /** In place of what was written for this launch before; the id to find it by. */
  writeLargeAction(launchId: number, json: string): Promise<string>;
  /** False when the launch is not in one of the states of `onlyWhile`: nothing is written then. */
  updateLaunch(update: LaunchUpdate): Promise<boolean>;

  addOfflineRun(run: OfflineRun): Promise<void>;
  /** By ascending launch_id. */
  findOfflineRuns(selection: OfflineRunSelection): Promise<readonly OfflineRun[]>;
  /** How many were changed. */
  updateOfflineRuns(selection: OfflineRunSelection, update: OfflineRunUpdate): Promise<number>;

  /** Which of these are there. */
  findContents(ids: readonly string[]): Promise<ReadonlySet<string>>;
  /** Those that are there, each once, in any order. */
  readContents(ids: readonly string[]): AsyncIterable<Content>;
  /** Those that are there stay as they are. One whose writing breaks off is not there. */
  insertContents(contents: readonly Content[], now: Date): Promise<void>;

  /** Without locks, which are nobody's to bring back. */
  findWholeDocuments(selection: WholeSelection): AsyncIterable<WholeDocument>;

  /** Newest first. */
  findJournalEntries(filter: {
    readonly run?: string;
    readonly limit?: number;
    readonly status?: JournalEntry['status'];
  }): AsyncIterable<JournalEntry>;
  getJournalEntry(id: string): Promise<JournalEntry | undefined>;
  /** Marked `done`, a transient entry is gone. `dropped` are keys of workflows whose patches were not written: they leave the entry. */
  markJournalEntry(id: string, status: JournalEntry['status'], dropped?: readonly string[]): Promise<void>;
  /** Newest first, without what they changed: transient ones are left out. */
  findJournalHeads(): AsyncIterable<JournalHead>;
  /** Forgets entries for good. */
  removeJournalEntries(ids: readonly string[]): Promise<void>;
  /** Makes an entry that is still applying somebody else's to finish; false when it is not `from`'s any more. */
  takeOverJournalEntry(id: string, from: string, owner: LockOwner): Promise<boolean>;
}
