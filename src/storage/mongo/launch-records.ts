/** What launches began with, beside FireWorks' own documents. */
import type { Filter } from 'mongodb';
import type { LaunchRecord, LaunchRecordUpdate } from '../../domain/launch-record';
import { fromBson, toNumber } from '../bson-values';
import {
  launchRecordFromDocument,
  launchRecordToDocument,
  wholeToDocument,
  type StoredDocument,
} from '../documents';
import type { MongoConnection } from './connection';
import { isTooLarge } from './writes/document-size';
import { batchesOfCursor } from './reads/read-batches';
import { chunksOf } from './reads/selection';

/** A reservation that starts again keeps its launch_id. */
export async function putLaunchRecord(
  { launchRecords }: MongoConnection,
  record: LaunchRecord,
): Promise<void> {
  const document = launchRecordToDocument(record);
  // A spec that fills its Firework: without a record the launch is what it is in FireWorks.
  if (isTooLarge(document)) return;
  await launchRecords.replaceOne(withId(record.launchId), document, { upsert: true });
}

export async function* findLaunchRecords(
  { launchRecords }: MongoConnection,
  launchIds: readonly number[],
): AsyncIterable<LaunchRecord> {
  const wanted = [...new Set(launchIds)].sort((one, other) => one - other);
  for (const chunk of chunksOf(wanted)) {
    const found = launchRecords.find({ _id: { $in: chunk } } as unknown as Filter<StoredDocument>, {
      sort: { _id: 1 },
    });
    for await (const batch of batchesOfCursor(found)) {
      for (const doc of batch) yield launchRecordFromDocument(fromBson(doc) as StoredDocument);
    }
  }
}

export async function updateLaunchRecord(
  { launchRecords }: MongoConnection,
  launchId: number,
  update: LaunchRecordUpdate,
): Promise<boolean> {
  const { matchedCount } = await launchRecords.updateOne(withId(launchId), {
    $set: wholeToDocument(update),
  });
  return toNumber(matchedCount) > 0;
}

function withId(launchId: number): Filter<StoredDocument> {
  return { _id: launchId } as unknown as Filter<StoredDocument>;
}
