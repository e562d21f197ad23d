/**
 * Documents that come to be or go as a whole. Both can be asked for again after a crash: what is there already stays, what
 * is gone already stays gone. A Firework that is READY comes as WAITING, so that no rocket claims it before its workflow
 * knows it; release() makes it READY.
 */
import {
  ObjectId,
  type AnyBulkWriteOperation,
  type Collection as MongoCollection,
  type Filter,
} from 'mongodb';
import { progressOf } from '../../../domain/journal/finish-plan';
import {
  insertedBy,
  removedBy,
  type Collection,
  type DocumentChange,
  type WorkflowPatch,
} from '../../../domain/patch';
import type { Value } from '../../../domain/model';
import { fromBson, toNumber } from '../../bson-values';
import { fireworkFromDocument, wholeToDocument, type StoredDocument } from '../../documents';
import type { MongoConnection } from '../connection';
import { chunksOf } from '../reads/selection';

const NAMES: Readonly<Record<Collection, string>> = {
  fireworks: 'Firework',
  launches: 'launch',
  workflows: 'workflow',
  launchRecords: 'record of launch',
  offlineRuns: 'offline run',
  gridFiles: 'large action',
  gridChunks: 'part of a large action',
  quarantines: 'quarantine of Firework',
};

export function nameOf({ collection, id }: DocumentChange): string {
  return `${NAMES[collection]} ${String(id)}`;
}

export type Failures = Map<DocumentChange, string>;

/** Changes of one collection that take documents away. */
export async function removeDocuments(
  connection: MongoConnection,
  changes: readonly DocumentChange[],
  failed: Failures,
): Promise<void> {
  const [first] = changes;
  if (!first) return;
  const documents: MongoCollection<StoredDocument> = connection[first.collection];
  const operations = changes.map((one): AnyBulkWriteOperation<StoredDocument> => ({
    deleteOne: { filter: asItWas(one) },
  }));
  const { deletedCount } = await documents.bulkWrite(operations, { ordered: false });
  if (toNumber(deletedCount) === changes.length) return;
  const left = await findById(documents, changes);
  for (const change of changes)
    if (left.has(keyOf(change))) failed.set(change, `${nameOf(change)} changed meanwhile`);
}

/** Every writer of FireWorks moves `updated_on` with whatever else it changes. */
function asItWas(change: DocumentChange): Filter<StoredDocument> {
  const { state, updatedOn, launches } = removedBy(change) ?? {};
  if (change.collection === 'launches') return { ...idFilter(change), state };
  if (change.collection !== 'fireworks') return idFilter(change);
  const states = state === 'READY' ? { $in: ['READY', 'WAITING'] } : state;
  return { ...idFilter(change), state: states, updated_on: updatedOn, launches };
}

/** Changes of one collection that bring documents. */
export async function insertDocuments(
  connection: MongoConnection,
  changes: readonly DocumentChange[],
  failed: Failures,
): Promise<void> {
  const [first] = changes;
  if (!first) return;
  const documents: MongoCollection<StoredDocument> = connection[first.collection];
  const operations = changes.map((one): AnyBulkWriteOperation<StoredDocument> => ({
    updateOne: {
      filter: idFilter(one),
      update: { $setOnInsert: dormant(one) },
      upsert: true,
    },
  }));
  const { upsertedCount } = await documents.bulkWrite(operations, { ordered: false });
  if (toNumber(upsertedCount) === changes.length || first.collection !== 'fireworks') return;
  const found = await findById(documents, changes);
  for (const change of changes) {
    const doc = found.get(keyOf(change));
    if (doc && progressOf(change, fireworkFromDocument(doc)) !== 'moved on') continue;
    failed.set(change, `there is a ${nameOf(change)} already`);
  }
}

function dormant(change: DocumentChange): StoredDocument {
  const doc = wholeToDocument(insertedBy(change) ?? {});
  return isClaimable(change) ? { ...doc, state: 'WAITING' } : doc;
}

function isClaimable(change: DocumentChange): boolean {
  return change.collection === 'fireworks' && insertedBy(change)?.['state'] === 'READY';
}

/** Whether something comes with this patch that may be claimed at its end. */
export function bringsClaimable({ changes }: WorkflowPatch): boolean {
  return changes.some(isClaimable);
}

/** Makes READY what came as WAITING, unless somebody has changed it since. */
export async function release(
  { fireworks }: MongoConnection,
  changes: readonly DocumentChange[],
): Promise<void> {
  const ids = changes.filter(isClaimable).map(({ id }) => Number(id));
  for (const chunk of chunksOf(ids))
    await fireworks.updateMany({ fw_id: { $in: chunk }, state: 'WAITING' }, { $set: { state: 'READY' } });
}

function idFilter(change: DocumentChange): Filter<StoredDocument> {
  if (change.collection === 'fireworks') return { fw_id: Number(change.id) };
  if (change.collection === 'launches') return { launch_id: Number(change.id) };
  if (change.collection === 'workflows') return { _id: new ObjectId(String(change.id)) };
  return { _id: documentId(change) } as Filter<StoredDocument>;
}

function documentId(change: DocumentChange): Value {
  return (insertedBy(change) ?? removedBy(change))?.['_id'];
}

function keyOf(change: DocumentChange): string {
  return String(change.id);
}

async function findById(
  documents: MongoCollection<StoredDocument>,
  changes: readonly DocumentChange[],
): Promise<ReadonlyMap<string, StoredDocument>> {
  const [first] = changes;
  const [field = ''] = Object.keys(first ? idFilter(first) : {});
  const wanted = changes.map((one) => (idFilter(one) as StoredDocument)[field]);
  const found = new Map<string, StoredDocument>();
  for (const chunk of chunksOf(wanted, 1000)) {
    for await (const doc of documents.find({ [field]: { $in: chunk } } as Filter<StoredDocument>)) {
      const plain = fromBson(doc) as StoredDocument;
      found.set(String(plain[field]), plain);
    }
  }
  return found;
}
