/**
 * Commits patches: the journal first, then the members, then the workflow documents, whose write releases the lock. Each
 * write restates its guards; where one no longer holds, what was written of that workflow is taken back.
 */
import { ObjectId, type AnyBulkWriteOperation, type Collection as MongoCollection } from 'mongodb';
import { progressOf } from '../../../domain/journal/finish-plan';
import { invertPatch, type DocumentChange, type WorkflowPatch } from '../../../domain/patch';
import { sameValue, valueAt } from '../../../domain/same-value';
import { fromBson, toNumber } from '../../bson-values';
import { fireworkFromDocument, storedName, storedPath, type StoredDocument } from '../../documents';
import type { CommitOutcome, JournalEntry, LockOwner } from '../../launchpad-store';
import { commitWorkflows } from './commit-workflows';
import type { MongoConnection } from '../connection';
import { keptByOthers, markJournalEntry, writeJournalEntry } from '../journal';
import { chunksOf } from '../reads/selection';
import { shapeOf, updateOf } from './update-expression';
import { unlockWorkflows } from '../workflow-lock';

const ID_FIELDS = { fireworks: 'fw_id', launches: 'launch_id', workflows: '_id' } as const;

export async function commitPatches(
  connection: MongoConnection,
  entry: JournalEntry,
  owner: LockOwner,
  journal: boolean,
): Promise<readonly CommitOutcome[]> {
  const { patches } = entry;
  if (journal) await writeJournalEntry(connection, entry);
  const conflicts = new Map<string, string>();
  const held = await locksHeldBy(connection, patches, owner);
  for (const { workflowKey } of patches) {
    if (!held.has(workflowKey)) conflicts.set(workflowKey, 'the lock of its workflow was taken over');
  }
  const mine = patches.filter(({ workflowKey }) => held.has(workflowKey));
  // Rockets claim without a lock: what they may claim comes last, so that all the rest can still be taken back.
  const failed = await writeChanges(
    connection,
    mine.flatMap(membersOf).filter((one) => !becomesReady(one)),
  );
  const intact = mine.filter(({ changes }) => !changes.some((change) => failed.has(change)));
  const claimable = intact.flatMap(membersOf).filter(becomesReady);
  for (const [change, reason] of await writeChanges(connection, claimable)) failed.set(change, reason);
  const begun = new Set(intact);
  for (const patch of mine) {
    const reason = patch.changes.map((change) => failed.get(change)).find((one) => one !== undefined);
    if (reason === undefined) continue;
    conflicts.set(patch.workflowKey, reason);
    await takeBack(
      connection,
      patch,
      (change) => !failed.has(change) && (begun.has(patch) || !becomesReady(change)),
    );
  }
  const writable = mine.filter(({ workflowKey }) => !conflicts.has(workflowKey));
  const lost = await commitWorkflows(connection, writable, owner);
  for (const [key, reason] of lost) conflicts.set(key, reason);
  if (lost.size > 0) {
    // Whoever finished the entry in our place, and saw nothing written, will not come back to it.
    const finishedByOthers = journal ? await keptByOthers(connection, entry) : new Set();
    for (const patch of writable.filter(({ workflowKey }) => lost.has(workflowKey)))
      if (!finishedByOthers.has(patch.workflowKey)) await takeBack(connection, patch, () => true);
  }
  if (conflicts.size > 0) await unlockWorkflows(connection, [...conflicts.keys()], owner);
  if (journal) await markJournalEntry(connection, entry.id, 'done', [...conflicts.keys()], owner.name);
  return patches.map(({ workflowKey }) => {
    const reason = conflicts.get(workflowKey);
    return reason === undefined ? { kind: 'committed' } : { kind: 'conflict', reason };
  });
}

function becomesReady({ fields }: DocumentChange): boolean {
  return fields.some(({ path, after }) => path[0] === 'state' && after === 'READY');
}

function membersOf({ changes }: WorkflowPatch): readonly DocumentChange[] {
  return changes.filter(({ collection }) => collection !== 'workflows');
}

/** A process that was stopped for so long that its locks were taken over must not write any more. */
async function locksHeldBy(
  { workflows }: MongoConnection,
  patches: readonly WorkflowPatch[],
  { name }: LockOwner,
): Promise<ReadonlySet<string>> {
  const _id = { $in: patches.map(({ workflowKey }) => new ObjectId(workflowKey)) };
  const held = workflows.find({ _id, 'lpad_lock.owner': name } as never, {
    projection: { _id: 1 },
    batchSize: 5000,
  });
  return new Set((await held.toArray()).map((doc) => String(doc._id)));
}

/** Writes changes of members, those of the same shape together. What could not be written, with the reason. */
async function writeChanges(
  connection: MongoConnection,
  changes: readonly DocumentChange[],
): Promise<Map<DocumentChange, string>> {
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
        if (toNumber(matchedCount) < chunk.length) await findFailed(connection, chunk, failed);
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
  if (toNumber(matchedCount) < changes.length) await findFailed(connection, changes, failed);
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
    else if (!isThere(change, doc)) failed.set(change, whatMoved(change, doc));
  }
}

/** Also when a rocket has taken it up since. */
function isThere(change: DocumentChange, doc: StoredDocument): boolean {
  if (change.collection === 'fireworks') {
    return ['written', 'taken up'].includes(progressOf(change, fireworkFromDocument(doc)));
  }
  return change.fields.every(({ path, after }) => sameValue(valueAt(doc, storedPath(path)), after));
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
  isWritten: (change: DocumentChange) => boolean,
): Promise<void> {
  const written = membersOf(patch).filter(isWritten);
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
