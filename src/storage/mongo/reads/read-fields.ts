/** A few fields of many documents: the server sends no more than was asked for. */
import type { Document } from 'mongodb';
import type { ValueObject } from '../../../domain/model';
import { fromBson } from '../../bson-values';
import type { StoredDocument } from '../../documents';
import type { FieldsRequest } from '../../launchpad-store';
import type { MongoConnection } from '../connection';
import { BATCH_SIZE, batchesOfCursor } from './read-batches';
import { sortStages } from './selection';

export async function* readFields(
  connection: MongoConnection,
  { collection, where, fields, newestBy, limit }: FieldsRequest,
): AsyncIterable<ValueObject> {
  const stages: Document[] = [{ $match: where }];
  if (newestBy) stages.push(...sortStages({ field: newestBy, direction: -1 }, '_id'));
  if (limit) stages.push({ $limit: limit });
  stages.push({ $project: { _id: 0, ...Object.fromEntries(fields.map((field) => [field, 1])) } });
  const found = connection[collection].aggregate<StoredDocument>(stages, {
    allowDiskUse: true,
    batchSize: BATCH_SIZE,
  });
  for await (const batch of batchesOfCursor(found)) {
    for (const doc of batch) yield fromBson(doc) as ValueObject;
  }
}
