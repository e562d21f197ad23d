/**
 * Commits patches: the journal first, then the members, then the workflow documents, whose write releases the lock. Each
 * write restates its guards; where one no longer holds, what was written of that workflow is taken back.
 */
import { type AnyBulkWriteOperation, type Collection as MongoCollection } from 'mongodb';
import { invertPatch, type DocumentChange, type WorkflowPatch } from '../../domain/patch';
import { sameValue, valueAt } from '../../domain/same-value';
import { fromBson } from '../bson-values';
import { storedName, storedPath, type StoredDocument } from '../documents';
import type { CommitOutcome, JournalEntry, LockOwner } from '../launchpad-store';
import { commitWorkflows } from './commit-workflows';
import type { MongoConnection } from './connection';
import { markJournalEntry, writeJournalEntry } from './journal';
import { chunksOf } from './selection';
import { shapeOf, updateOf } from './update-expression';
import { unlockWorkflows } from './workflow-lock';

const ID_FIELDS = { fireworks: 'fw_id', launches: 'launch_id', workflows: '_id' } as const;

export async function commitPatches(
  connection: MongoConnection,
  entry: JournalEntry,
  owner: LockOwner,
  journal: boolean,
): Promise<readonly CommitOutcome[]> {
  const { patches } = entry;
  if (journal) await writeJournalEntry(connection, entry);
  const members = patches.flatMap(({ changes }) =>
    changes.filter(({ collection }) => collection !== 'workflows'),
  );
  const failed = await writeChanges(connection, members);
  const conflicts = new Map<string, string>();
  for (const patch of patches) {
    const reason = patch.changes.map((change) => failed.get(change)).find((one) => one !== undefined);
    if (reason !== undefined) conflicts.set(patch.workflowKey, reason);
  }
  for (const patch of patches.filter(({ workflowKey }) => conflicts.has(workflowKey))) {
    await takeBack(connection, patch, failed);
  }
  const writable = patches.filter(({ workflowKey }) => !conflicts.has(workflowKey));
  for (const [key, reason] of await commitWorkflows(connection, writable, owner)) conflicts.set(key, reason);
  if (conflicts.size > 0) await unlockWorkflows(connection, [...conflicts.keys()], owner);
  if (journal) await markJournalEntry(connection, entry.id, 'done', [...conflicts.keys()]);
  return patches.map(({ workflowKey }) => {
    const reason = conflicts.get(workflowKey);
    return reason === undefined ? { kind: 'committed' } : { kind: 'conflict', reason };
  });
}

/** Writes changes of members, those of the same shape together. What could not be written, with the reason. */
async function writeChanges(
  connection: MongoConnection,
  changes: readonly DocumentChange[],
): Promise<ReadonlyMap<DocumentChange, string>> {
  const failed = new Map<DocumentChange, string>();
  const groups = new Map<string, DocumentChange[]>();
  for (const [index, change] of changes.entries()) {
    const shape = shapeOf(change, connection.wireVersion) ?? String(index);
    const group = groups.get(shape);
    if (group) group.push(change);
    else groups.set(shape, [change]);
  }
  const alone = {
    fireworks: [] as DocumentChange[],
    launches: [] as DocumentChange[],
    workflows: [] as DocumentChange[],
  };
  for (const group of groups.values()) {
    const [first] = group;
    if (!first) continue;
    if (group.length === 1) alone[first.collection].push(first);
    else {
      const update = updateOf(first, connection.wireVersion);
      for (const chunk of chunksOf(group)) {
        const { matchedCount } = await collectionOf(connection, first).updateMany(
          { [ID_FIELDS[first.collection]]: { $in: chunk.map(({ id }) => id) }, ...update.guard },
          update.expression,
        );
        if (matchedCount < chunk.length) await findFailed(connection, chunk, failed);
      }
    }
  }
  for (const group of Object.values(alone)) await writeAlone(connection, group, failed);
  return failed;
}

async function writeAlone(
  connection: MongoConnection,
  changes: readonly DocumentChange[],
  failed: Map<DocumentChange, string>,
): Promise<void> {
  const [first] = changes;
  if (!first) return;
  const operations = changes.map((change): AnyBulkWriteOperation<StoredDocument> => {
    const { guard, expression } = updateOf(change, connection.wireVersion);
    return {
      updateOne: { filter: { [ID_FIELDS[change.collection]]: change.id, ...guard }, update: expression },
    };
  });
  const { matchedCount } = await collectionOf(connection, first).bulkWrite(operations, { ordered: false });
  if (matchedCount < changes.length) await findFailed(connection, changes, failed);
}

function collectionOf(
  connection: MongoConnection,
  { collection }: DocumentChange,
): MongoCollection<StoredDocument> {
  return connection[collection];
}

/** Which of these changes are not what the documents hold now. */
async function findFailed(
  connection: MongoConnection,
  changes: readonly DocumentChange[],
  failed: Map<DocumentChange, string>,
): Promise<void> {
  const [first] = changes;
  if (!first) return;
  const idField = ID_FIELDS[first.collection];
  const documents = new Map<unknown, StoredDocument>();
  for (const chunk of chunksOf(
    changes.map(({ id }) => id),
    1000,
  )) {
    for await (const doc of collectionOf(connection, first).find({ [idField]: { $in: chunk } })) {
      const plain = fromBson(doc) as StoredDocument;
      documents.set(plain[idField], plain);
    }
  }
  for (const change of changes) {
    const doc = documents.get(change.id);
    if (!doc) failed.set(change, `${describe(change)} is gone`);
    else if (!change.fields.every(({ path, after }) => sameValue(valueAt(doc, storedPath(path)), after))) {
      failed.set(change, whatMoved(change, doc));
    }
  }
}

function whatMoved(change: DocumentChange, doc: StoredDocument): string {
  for (const { path, before, guard } of change.fields) {
    const now = valueAt(doc, storedPath(path));
    if (!guard || sameValue(now, before)) continue;
    return `${describe(change)} changed meanwhile: ${storedName(path[0] ?? '')} was ${text(before)}, is ${text(now)}`;
  }
  return `${describe(change)} changed meanwhile`;
}

function describe({ collection, id }: DocumentChange): string {
  return `${collection === 'launches' ? 'launch' : 'Firework'} ${String(id)}`;
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : typeof value === 'symbol' ? 'absent' : JSON.stringify(value);
}

/** Takes back what was written of a workflow of which something could not be written. */
async function takeBack(
  connection: MongoConnection,
  patch: WorkflowPatch,
  failed: ReadonlyMap<DocumentChange, string>,
): Promise<void> {
  const written = patch.changes.filter((change) => change.collection !== 'workflows' && !failed.has(change));
  const { changes } = invertPatch({ workflowKey: patch.workflowKey, changes: written });
  // One by one and guarded: whoever took up the work in between keeps it.
  for (const collection of ['fireworks', 'launches'] as const) {
    await writeAlone(
      connection,
      changes.filter((change) => change.collection === collection),
      new Map(),
    );
  }
}
