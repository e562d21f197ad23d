/** Documents as they stand, for taking them away and bringing them back. */
import { ObjectId, type Collection as MongoCollection, type Document } from 'mongodb';
import type { Collection } from '../../../domain/patch';
import { fromBson, toNumber } from '../../bson-values';
import { wholeFromDocument, type StoredDocument } from '../../documents';
import type { WholeDocument, WholeSelection } from '../../whole-documents';
import type { MongoConnection } from '../connection';
import { chunksOf } from './selection';

/** A regular expression keeps options that JavaScript does not know. */
const EXACTLY = { bsonRegExp: true } as const;

export async function* findWholeDocuments(
  connection: MongoConnection,
  { workflows, fwIds, launchIds }: WholeSelection,
): AsyncIterable<WholeDocument> {
  const keys = workflows.map((key) => new ObjectId(key));
  for await (const doc of found(connection.workflows, '_id', keys)) {
    const { locked: _, lpad_lock: __, ...own } = doc;
    yield whole('workflows', String(doc['_id']), own);
  }
  for await (const doc of found(connection.fireworks, 'fw_id', fwIds))
    yield whole('fireworks', toNumber(doc['fw_id']), doc);
  for await (const doc of found(connection.quarantines, '_id', fwIds))
    yield whole('quarantines', toNumber(doc['_id']), doc);
  for await (const doc of found(connection.launches, 'launch_id', launchIds)) {
    const launchId = toNumber(doc['launch_id']);
    yield { ...whole('launches', launchId, doc), launchId };
  }
  for await (const doc of found(connection.launchRecords, '_id', launchIds)) {
    const launchId = toNumber(doc['_id']);
    yield { ...whole('launchRecords', launchId, doc), launchId };
  }
  for await (const doc of found(connection.offlineRuns, 'launch_id', launchIds))
    yield { ...whole('offlineRuns', String(doc['_id']), doc), launchId: toNumber(doc['launch_id']) };
  for await (const doc of found(connection.gridFiles, 'metadata.launch_id', launchIds)) {
    const launchId = toNumber((doc['metadata'] as StoredDocument)['launch_id']);
    yield { ...whole('gridFiles', String(doc['_id']), doc), launchId };
    for await (const part of found(connection.gridChunks, 'files_id', [doc['_id']]))
      yield { ...whole('gridChunks', String(part['_id']), part), launchId };
  }
}

function whole(collection: Collection, id: number | string, doc: StoredDocument): WholeDocument {
  return { collection, id, document: wholeFromDocument(doc) };
}

async function* found(
  documents: MongoCollection<StoredDocument>,
  field: string,
  values: readonly unknown[],
): AsyncIterable<StoredDocument> {
  for (const chunk of chunksOf(values)) {
    const filter: Document = { [field]: { $in: chunk } };
    for await (const doc of documents.find(filter, EXACTLY)) yield fromBson(doc) as StoredDocument;
  }
}
