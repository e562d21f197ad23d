/**
 * Between the model and the documents that both stores keep, which are FireWorks' own, field by field (documents.md).
 * Free data passes through as it is; see bson-values.ts for its numbers.
 */
import type { LaunchRecord } from '../domain/launch-record';
import type {
  Firework,
  HistoryEntry,
  Launch,
  LaunchWorker,
  Links,
  NewWorkflow,
  OfflineRun,
  Timestamp,
  Value,
  ValueObject,
  Workflow,
} from '../domain/model';
import type { CacheEntry, CacheKey } from '../domain/cache-entry';
import { ABSENT, type FieldChange, type FieldPath } from '../domain/patch';
import type { FireworkState, LaunchState } from '../domain/state';
import { parentsByChild } from '../domain/workflow-graph';
import { toNumber, toNumbers } from './bson-values';

export type StoredDocument = Record<string, Value>;

const STORED_NAMES: Readonly<Record<string, string>> = {
  fwId: 'fw_id',
  createdOn: 'created_on',
  updatedOn: 'updated_on',
  archivedLaunches: 'archived_launches',
  launchId: 'launch_id',
  launchDir: 'launch_dir',
  stateHistory: 'state_history',
  timeStart: 'time_start',
  timeEnd: 'time_end',
  runtimeSecs: 'runtime_secs',
  reservedtimeSecs: 'reservedtime_secs',
  startedOn: 'started_on',
  copyOf: 'copy_of',
  fwStates: 'fw_states',
  parentLinks: 'parent_links',
};

const FIELD_NAMES = new Map(Object.entries(STORED_NAMES).map(([field, stored]) => [stored, field]));

/** The stored name of a field of the model. */
export function storedName(field: string): string {
  return STORED_NAMES[field] ?? field;
}

/** Where a field of the model stands in its document. */
export function storedPath(path: FieldPath): readonly string[] {
  const [first, ...rest] = path;
  return first === undefined ? [] : [storedName(first), ...rest];
}

/** Members that a workflow gets with these changes: those whose `links` come to be. */
export function joiningNodes(fields: readonly FieldChange[]): readonly number[] {
  return nodesWhere(fields, ({ before, after }) => before === ABSENT && after !== ABSENT);
}

/** Members that it loses. */
export function leavingNodes(fields: readonly FieldChange[]): readonly number[] {
  return nodesWhere(fields, ({ after }) => after === ABSENT);
}

function nodesWhere(
  fields: readonly FieldChange[],
  holds: (field: FieldChange) => boolean,
): readonly number[] {
  return fields
    .filter((field) => field.path[0] === 'links' && field.path.length === 2 && holds(field))
    .map(({ path }) => Number(path[1]));
}

/** A whole document of a patch, whatever its collection: fields of the model under their names, the rest as stored. */
export function wholeFromDocument(doc: StoredDocument): StoredDocument {
  return Object.fromEntries(
    Object.entries(doc).map(([name, value]) => [FIELD_NAMES.get(name) ?? name, value]),
  );
}

export function wholeToDocument(whole: ValueObject): StoredDocument {
  return Object.fromEntries(Object.entries(whole).map(([field, value]) => [storedName(field), value]));
}

export function fireworkFromDocument(doc: StoredDocument): Firework {
  return {
    fwId: toNumber(doc['fw_id']),
    name: textOf(doc['name'], 'Unnamed FW'),
    state: doc['state'] as FireworkState,
    spec: (doc['spec'] ?? {}) as ValueObject,
    createdOn: doc['created_on'] as Timestamp,
    updatedOn: doc['updated_on'] as Timestamp,
    launches: toNumbers(doc['launches']),
    archivedLaunches: toNumbers(doc['archived_launches']),
  };
}

export function fireworkToDocument(firework: Firework): StoredDocument {
  return {
    fw_id: firework.fwId,
    spec: firework.spec,
    created_on: firework.createdOn,
    updated_on: firework.updatedOn,
    launches: firework.launches,
    archived_launches: firework.archivedLaunches,
    state: firework.state,
    name: firework.name,
  };
}

export function launchFromDocument(doc: StoredDocument): Launch {
  const reserved = doc['reservedtime_secs'];
  return {
    launchId: toNumber(doc['launch_id']),
    fwId: toNumber(doc['fw_id']),
    launchDir: doc['launch_dir'] as string,
    fworker: doc['fworker'] as LaunchWorker,
    host: doc['host'] as string,
    ip: doc['ip'] as string,
    trackers: (doc['trackers'] ?? []) as readonly ValueObject[],
    action: (doc['action'] ?? null) as ValueObject | null,
    state: doc['state'] as LaunchState,
    stateHistory: (doc['state_history'] ?? []) as readonly HistoryEntry[],
    timeStart: (doc['time_start'] ?? null) as Timestamp | null,
    timeEnd: (doc['time_end'] ?? null) as Timestamp | null,
    runtimeSecs:
      typeof doc['runtime_secs'] === 'undefined' || doc['runtime_secs'] === null
        ? null
        : toNumber(doc['runtime_secs']),
    ...(reserved === undefined || reserved === null ? {} : { reservedtimeSecs: toNumber(reserved) }),
  };
}

export function launchToDocument(launch: Launch): StoredDocument {
  return {
    fworker: launch.fworker,
    fw_id: launch.fwId,
    launch_dir: launch.launchDir,
    host: launch.host,
    ip: launch.ip,
    trackers: launch.trackers,
    action: launch.action,
    state: launch.state,
    state_history: launch.stateHistory,
    launch_id: launch.launchId,
    time_start: launch.timeStart,
    time_end: launch.timeEnd,
    runtime_secs: launch.runtimeSecs,
    ...(launch.reservedtimeSecs === undefined ? {} : { reservedtime_secs: launch.reservedtimeSecs }),
  };
}

/** Its `_id` is the launch_id. */
export function launchRecordFromDocument({ _id, ...doc }: StoredDocument): LaunchRecord {
  const { launch_id: launchId, fw_id: fwId, name, ...rest } = doc;
  const record = wholeFromDocument(rest) as Omit<LaunchRecord, 'launchId' | 'fwId' | 'name'>;
  return {
    launchId: toNumber(launchId ?? _id),
    fwId: toNumber(fwId),
    name: textOf(name, 'Unnamed FW'),
    ...record,
  };
}

export function launchRecordToDocument(record: LaunchRecord): StoredDocument {
  return { _id: record.launchId, ...wholeToDocument({ ...record }) };
}

export function offlineRunFromDocument(doc: StoredDocument): OfflineRun {
  return {
    fwId: toNumber(doc['fw_id']),
    launchId: toNumber(doc['launch_id']),
    name: textOf(doc['name'], 'Unnamed FW'),
    createdOn: doc['created_on'] as Timestamp,
    updatedOn: doc['updated_on'] as Timestamp,
    deprecated: doc['deprecated'] === true,
    completed: doc['completed'] === true,
  };
}

export function offlineRunToDocument(run: OfflineRun): StoredDocument {
  return {
    fw_id: run.fwId,
    launch_id: run.launchId,
    name: run.name,
    created_on: run.createdOn,
    updated_on: run.updatedOn,
    deprecated: run.deprecated,
    completed: run.completed,
  };
}

/** Unique, and sorts by namespace. No namespace has a tab; characters below it lmdb does not bring back from long keys. */
export function cacheDocumentId({ namespace, key }: CacheKey): string {
  return `${namespace}\t${key}`;
}

export function cacheEntryFromDocument(doc: StoredDocument): CacheEntry {
  return {
    namespace: String(doc['namespace']),
    key: String(doc['key']),
    name: textOf(doc['name'], ''),
    fwId: toNumber(doc['fw_id']),
    launchId: toNumber(doc['launch_id']),
    createdOn: doc['created_on'] as Date,
    brought: toNumbers(doc['brought']),
  };
}

export function cacheEntryToDocument(entry: CacheEntry): StoredDocument {
  return {
    _id: cacheDocumentId(entry),
    namespace: entry.namespace,
    key: entry.key,
    name: entry.name,
    fw_id: entry.fwId,
    launch_id: entry.launchId,
    created_on: entry.createdOn,
    brought: entry.brought,
  };
}

/** `key` identifies the document in its store. */
export function workflowFromDocument(doc: StoredDocument, key: string): Workflow {
  // Every launch reads these, of workflows of 10,000 Fireworks too: pairs of keys and values would cost twice as much.
  const children = (doc['links'] ?? {}) as ValueObject;
  const links = new Map<number, readonly number[]>();
  for (const parent in children) links.set(Number(parent), childrenFrom(children[parent]));
  const nodes = toNumbers(doc['nodes']);
  for (const node of nodes) if (!links.has(node)) links.set(node, []);
  const states = (doc['fw_states'] ?? {}) as Readonly<Record<string, FireworkState>>;
  const fwStates = new Map<number, FireworkState>();
  for (const id in states) fwStates.set(Number(id), states[id] as FireworkState);
  return {
    key,
    name: textOf(doc['name'], 'unnamed WF'),
    state: doc['state'] as FireworkState,
    links,
    nodes,
    fwStates,
    metadata: doc['metadata'] ?? {},
    createdOn: doc['created_on'] as Timestamp,
    updatedOn: doc['updated_on'] as Timestamp,
  };
}

/** A file may have brought a single child instead of a list. */
function childrenFrom(value: Value): readonly number[] {
  if (!Array.isArray(value)) return [toNumber(value)];
  return value.length === 0 ? NOBODY : toNumbers(value);
}

const NOBODY: readonly number[] = [];

export function workflowToDocument(workflow: NewWorkflow): StoredDocument {
  return {
    nodes: workflow.fireworks.map((firework) => firework.fwId),
    links: linksToDocument(workflow.links),
    parent_links: linksToDocument(parentsByChild(workflow.links)),
    metadata: workflow.metadata,
    state: workflow.state,
    name: workflow.name,
    created_on: workflow.createdOn,
    updated_on: workflow.updatedOn,
    fw_states: Object.fromEntries(
      workflow.fireworks.map((firework) => [String(firework.fwId), firework.state]),
    ),
  };
}

/** Names are texts, but a hand-written document may hold a number. */
function textOf(value: Value, otherwise: string): string {
  if (typeof value === 'string') return value;
  return value === undefined || value === null ? otherwise : JSON.stringify(value);
}

function linksToDocument(links: Links): StoredDocument {
  return Object.fromEntries([...links].map(([from, to]) => [String(from), to]));
}
