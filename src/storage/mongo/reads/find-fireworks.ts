/** Reading Fireworks: the selection in one query, the order by fw_id or by date, as much of the spec as asked for. */
import type { AbstractCursor, Document, FindOptions } from 'mongodb';
import type { Firework } from '../../../domain/model';
import { fromBson, toNumber } from '../../bson-values';
import { fireworkFromDocument, type StoredDocument } from '../../documents';
import {
  CONTROL_SPEC_KEYS,
  QUEUE_SPEC_KEYS,
  type FireworkFields,
  type FireworkSelection,
} from '../../launchpad-store';
import type { MongoConnection } from '../connection';
import { BATCH_SIZE, batchesOfCursor } from './read-batches';
import { fireworkFilters, sortStages } from './selection';

const SUMMARY = {
  _id: 0,
  fw_id: 1,
  name: 1,
  state: 1,
  created_on: 1,
  updated_on: 1,
  launches: 1,
  archived_launches: 1,
} as const;

function withSpec(keys: readonly string[]): Document {
  return { ...SUMMARY, ...Object.fromEntries(keys.map((key) => [`spec.${key}`, 1])) };
}

const PROJECTIONS: Readonly<Record<FireworkFields, Document>> = {
  all: { _id: 0 },
  summary: SUMMARY,
  control: withSpec(CONTROL_SPEC_KEYS),
  queue: withSpec(QUEUE_SPEC_KEYS),
};

export async function* findFireworks(
  connection: MongoConnection,
  selection: FireworkSelection,
  fields: FireworkFields,
): AsyncIterable<Firework> {
  for await (const cursor of cursorsOf(connection, selection, PROJECTIONS[fields])) {
    for await (const batch of batchesOfCursor(cursor)) {
      for (const doc of batch) yield fireworkFromDocument(fromBson(doc) as StoredDocument);
    }
  }
}

export async function findFireworkIds(
  connection: MongoConnection,
  selection: FireworkSelection,
): Promise<readonly number[]> {
  const ids: number[] = [];
  const projection = { _id: 0, fw_id: 1 };
  // Plain numbers are cheaper than wrappers, and an id loses nothing.
  const plain = { promoteValues: true };
  for await (const cursor of cursorsOf(connection, selection, projection, plain)) {
    for await (const batch of batchesOfCursor(cursor)) {
      for (const doc of batch) ids.push(toNumber(doc['fw_id']));
    }
  }
  return ids;
}

export async function countFireworks(
  connection: MongoConnection,
  selection: FireworkSelection,
): Promise<number> {
  let count = 0;
  for (const filter of await fireworkFilters(connection, selection)) {
    count += toNumber(await connection.fireworks.countDocuments(filter));
  }
  return selection.limit ? Math.min(selection.limit, count) : count;
}

/** One after the other, their documents are the selection in its order. */
async function* cursorsOf(
  connection: MongoConnection,
  selection: FireworkSelection,
  projection: Document,
  reading: FindOptions = {},
): AsyncIterable<AbstractCursor<StoredDocument>> {
  const filters = await fireworkFilters(connection, selection);
  const [filter] = filters;
  // Several filters are chunks of one list of ids: sorted by id they are in order, by date they must be merged.
  if (filters.length > 1 && (selection.sort || selection.limit)) {
    yield await mergeChunks(connection, filters, selection, projection, reading);
    return;
  }
  if (filters.length > 1) {
    for (const one of filters) yield findInOrder(connection, one, {}, projection, reading);
    return;
  }
  if (filter) yield findInOrder(connection, filter, selection, projection, reading);
}

function findInOrder(
  { fireworks }: MongoConnection,
  filter: Document,
  { sort, limit }: FireworkSelection,
  projection: Document,
  reading: FindOptions,
): AbstractCursor<StoredDocument> {
  const options = { ...reading, allowDiskUse: true, batchSize: BATCH_SIZE };
  // Never `limit: 0`: the driver takes it for a limit that is passed already, and doubles every batch that follows.
  const most = limit ? { limit } : {};
  if (!sort) return fireworks.find(filter, { ...options, ...most, projection, sort: { fw_id: 1 } });
  const stages = [{ $match: filter }, ...sortStages(sort, 'fw_id'), ...(limit ? [{ $limit: limit }] : [])];
  return fireworks.aggregate<StoredDocument>([...stages, { $project: projection }], options);
}

/** Only selections of more than 100,000 ids with an order or a limit come here. */
async function mergeChunks(
  connection: MongoConnection,
  filters: readonly Document[],
  selection: FireworkSelection,
  projection: Document,
  reading: FindOptions,
): Promise<AbstractCursor<StoredDocument>> {
  const ids: number[] = [];
  for (const filter of filters) {
    const found = connection.fireworks.find(filter, { projection: { _id: 0, fw_id: 1 } });
    for await (const doc of found) ids.push(toNumber(doc['fw_id']));
  }
  ids.sort((one, other) => one - other);
  return findInOrder(
    connection,
    { fw_id: { $gte: ids[0], $lte: ids.at(-1), $in: ids } },
    selection,
    projection,
    reading,
  );
}
