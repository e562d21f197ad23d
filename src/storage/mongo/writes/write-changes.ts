/** Writes changes of members, those of the same shape together, and finds out which could not be written. */
import type { AnyBulkWriteOperation, Collection as MongoCollection } from 'mongodb';
import { progressOf } from '../../../domain/journal/finish-plan';
import { insertedBy, removedBy, type Collection, type DocumentChange } from '../../../domain/patch';
import { sameValue, valueAt } from '../../../domain/same-value';
import { fromBson, toNumber } from '../../bson-values';
import { fireworkFromDocument, storedName, storedPath, type StoredDocument } from '../../documents';
import type { MongoConnection } from '../connection';
import { chunksOf } from '../reads/selection';
import { shapeOf, updateOf } from './update-expression';
import { insertDocuments, nameOf, removeDocuments, type Failures } from './write-documents';

/** Of the others, documents come and go as a whole. */
const ID_FIELDS: Readonly<Record<string, string>> = { fireworks: 'fw_id', launches: 'launch_id' };

export interface WriteOptions {
  /** A conflict of one says nothing of the others. */
  readonly oneByOne?: boolean;
}

/** What could not be written, with the reason. */
export async function writeChanges(
  connection: MongoConnection,
  changes: readonly DocumentChange[],
  { oneByOne = false }: WriteOptions = {},
): Promise<ReadonlyMap<DocumentChange, string>> {
  const failed: Failures = new Map();
  const fields = changes.filter((change) => !insertedBy(change) && !removedBy(change));
  for (const group of byCollection(changes.filter(removedBy)))
    await removeDocuments(connection, group, failed);
  if (oneByOne) for (const group of byCollection(fields)) await writeAlone(connection, group, failed);
  else await writeTogether(connection, fields, failed);
  for (const group of byCollection(changes.filter(insertedBy)))
    await insertDocuments(connection, group, failed);
  return failed;
}

function byCollection(changes: readonly DocumentChange[]): readonly (readonly DocumentChange[])[] {
  const groups = new Map<Collection, DocumentChange[]>();
  for (const change of changes) {
    const group = groups.get(change.collection);
    if (group) group.push(change);
    else groups.set(change.collection, [change]);
  }
  return [...groups.values()];
}

async function writeTogether(
  connection: MongoConnection,
  changes: readonly DocumentChange[],
  failed: Failures,
): Promise<void> {
  const groups = new Map<string, DocumentChange[]>();
  for (const [index, change] of changes.entries()) {
    const shape = shapeOf(change, connection.wireVersion) ?? String(index);
    const group = groups.get(shape);
    if (group) group.push(change);
    else groups.set(shape, [change]);
  }
  const alone: DocumentChange[] = [];
  for (const group of groups.values()) {
    const [first] = group;
    if (!first) continue;
    if (group.length === 1) alone.push(first);
    else {
      const update = updateOf(first, connection.wireVersion);
      for (const chunk of chunksOf(group)) {
        const { matchedCount } = await collectionOf(connection, first).updateMany(
          { [idFieldOf(first)]: { $in: chunk.map(({ id }) => id) }, ...update.guard },
          update.expression,
        );
        if (toNumber(matchedCount) < chunk.length) await findFailed(connection, chunk, failed);
      }
    }
  }
  for (const group of byCollection(alone)) await writeAlone(connection, group, failed);
}

async function writeAlone(
  connection: MongoConnection,
  changes: readonly DocumentChange[],
  failed: Failures,
): Promise<void> {
  const [first] = changes;
  if (!first) return;
  const operations = changes.map((change): AnyBulkWriteOperation<StoredDocument> => {
    const { guard, expression } = updateOf(change, connection.wireVersion);
    return {
      updateOne: { filter: { [idFieldOf(change)]: change.id, ...guard }, update: expression },
    };
  });
  const { matchedCount } = await collectionOf(connection, first).bulkWrite(operations, { ordered: false });
  if (toNumber(matchedCount) < changes.length) await findFailed(connection, changes, failed);
}

function idFieldOf({ collection }: DocumentChange): string {
  return ID_FIELDS[collection] ?? '_id';
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
  failed: Failures,
): Promise<void> {
  const [first] = changes;
  if (!first) return;
  const idField = idFieldOf(first);
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
    if (!doc) failed.set(change, `${nameOf(change)} is gone`);
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
    return `${nameOf(change)} changed meanwhile: ${storedName(path[0] ?? '')} was ${text(before)}, is ${text(now)}`;
  }
  return `${nameOf(change)} changed meanwhile`;
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : typeof value === 'symbol' ? 'absent' : JSON.stringify(value);
}
