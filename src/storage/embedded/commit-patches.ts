/**
 * Commits patches: the journal and every change in one transaction, so that after a crash all of it is there or nothing.
 * A workflow of which a guard does not hold is left out whole.
 */
import { ObjectId } from 'bson';
import type { ValueObject } from '../../domain/model';
import {
  insertedBy,
  isOrphanKey,
  removedBy,
  workflowChangeOf,
  type Collection,
  type DocumentChange,
  type WorkflowPatch,
} from '../../domain/patch';
import { wholeToDocument, type StoredDocument } from '../documents';
import type { CommitOutcome, JournalEntry, LockOwner } from '../launchpad-store';
import { applyChange, findConflict } from './apply-change';
import { putJournalEntry } from './journal';
import type { EmbeddedDatabase, Table, Tables } from './lmdb/database';
import { getForChange, putFirework, putLaunch, putWorkflow } from './lmdb/put-documents';
import { encode } from './lmdb/stored-bytes';
import { removeFirework, removeLaunch, removeWorkflow } from './lmdb/remove-documents';
import { holdsLock, releaseLocks } from './workflow-lock';

export function commitPatches(
  database: EmbeddedDatabase,
  entry: JournalEntry,
  owner: LockOwner,
  journal: boolean,
): readonly CommitOutcome[] {
  return database.write((tables) => {
    const outcomes = entry.patches.map((patch) => commitPatch(tables, patch, owner));
    // Nothing of it is left to be done once the transaction is; what conflicted leaves no trace.
    const patches = entry.patches.filter((_, index) => outcomes[index]?.kind === 'committed');
    const kept = journal && !entry.transient;
    // One without patches notes something that was done otherwise.
    if (kept && (patches.length > 0 || entry.patches.length === 0))
      putJournalEntry(tables, { ...entry, patches, status: 'done' });
    releaseLocks(
      tables,
      entry.patches.map(({ workflowKey }) => workflowKey),
      owner,
    );
    return outcomes;
  });
}

/** One that is not there yet is nobody else's to lock. */
function mayWrite(tables: Tables, patch: WorkflowPatch, owner: LockOwner): boolean {
  const { workflowKey } = patch;
  if (isOrphanKey(workflowKey) || holdsLock(tables, workflowKey, owner)) return true;
  const change = workflowChangeOf(patch);
  return change !== undefined && insertedBy(change) !== undefined;
}

function commitPatch(tables: Tables, patch: WorkflowPatch, owner: LockOwner): CommitOutcome {
  if (!mayWrite(tables, patch, owner)) {
    return {
      kind: 'conflict',
      reason: `the lock of workflow ${patch.workflowKey} was taken over by another process`,
    };
  }
  const changed = patch.changes.map((change) => ({ change, before: readBefore(tables, change) }));
  for (const { change, before } of changed) {
    const reason = findConflict(change, before);
    if (reason !== undefined) return { kind: 'conflict', reason };
  }
  for (const { change, before } of changed) {
    const inserted = insertedBy(change);
    if (inserted && before) continue;
    if (inserted) write(tables, change, newDocument(change, inserted));
    else if (before && removedBy(change)) remove(tables, change, before);
    else if (before) write(tables, change, applyChange(change, before), before);
  }
  return { kind: 'committed' };
}

/** MongoDB would give these _ids. */
function newDocument({ collection, id }: DocumentChange, inserted: ValueObject): StoredDocument {
  const doc = wholeToDocument(inserted);
  if (collection === 'workflows') return { _id: new ObjectId(String(id)), ...doc };
  return isRecord(collection) ? doc : { _id: new ObjectId(), ...doc };
}

function readBefore(tables: Tables, { collection, id }: DocumentChange): StoredDocument | undefined {
  if (collection === 'workflows') return getForChange(tables.workflows, String(id));
  return getForChange(tableOf(tables, collection), Number(id));
}

function tableOf(tables: Tables, collection: Collection): Table<number> {
  if (collection === 'fireworks' || collection === 'launches' || isRecord(collection))
    return tables[collection];
  throw new Error(`the embedded store has no ${collection}`);
}

type Records = 'launchRecords' | 'offlineRuns' | 'quarantines';

/** What is kept by the id of a launch or a Firework, without an index. */
function isRecord(collection: Collection): collection is Records {
  return collection === 'launchRecords' || collection === 'offlineRuns' || collection === 'quarantines';
}

function remove(tables: Tables, { collection, id }: DocumentChange, before: StoredDocument): void {
  if (collection === 'fireworks') removeFirework(tables, before);
  else if (collection === 'launches') removeLaunch(tables, before);
  else if (isRecord(collection)) tables[collection].removeSync(Number(id));
  else removeWorkflow(tables, String(id), before);
}

function write(
  tables: Tables,
  { collection, id }: DocumentChange,
  after: StoredDocument,
  before?: StoredDocument,
): void {
  if (collection === 'fireworks') putFirework(tables, after, before);
  else if (collection === 'launches') putLaunch(tables, after, before);
  else if (isRecord(collection)) tables[collection].putSync(Number(id), encode(after));
  else putWorkflow(tables, String(id), after, before);
}
