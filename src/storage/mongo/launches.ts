/** Reading and changing Launches. */
import type { Document, Filter } from 'mongodb';
import type { Launch, LaunchEffects } from '../../domain/model';
import { fromBson, toNumber, toNumbers } from '../bson-values';
import { launchFromDocument, launchToDocument, storedName, type StoredDocument } from '../documents';
import type { LaunchFields, LaunchUpdate, Query } from '../launchpad-store';
import type { MongoConnection } from './connection';
import { BATCH_SIZE, batchesOfCursor } from './reads/read-batches';
import { chunksOf } from './reads/selection';

const PROJECTIONS: Readonly<Record<LaunchFields, Document>> = {
  all: { _id: 0 },
  brief: { _id: 0, action: 0, trackers: 0 },
};

export async function* findLaunches(
  { launches }: MongoConnection,
  ids: readonly number[],
  fields: LaunchFields,
): AsyncIterable<Launch> {
  const wanted = [...new Set(ids)].sort((one, other) => one - other);
  for (const chunk of chunksOf(wanted)) {
    const found = launches.find(
      { launch_id: { $in: chunk } },
      { projection: PROJECTIONS[fields], sort: { launch_id: 1 } },
    );
    for await (const batch of batchesOfCursor(found)) {
      for (const doc of batch) yield launchFromDocument(fromBson(doc) as StoredDocument);
    }
  }
}

export async function* queryLaunches(
  { launches }: MongoConnection,
  where: Query,
  fields: LaunchFields,
): AsyncIterable<Launch> {
  const options = { projection: PROJECTIONS[fields], sort: { launch_id: 1 }, batchSize: BATCH_SIZE } as const;
  const found = launches.find(where as Filter<StoredDocument>, { ...options, allowDiskUse: true });
  for await (const batch of batchesOfCursor(found)) {
    for (const doc of batch) yield launchFromDocument(fromBson(doc) as StoredDocument);
  }
}

/** Sizes are counted by the server: actions may carry whole workflows. */
const EFFECTS: Document = {
  _id: 0,
  launch_id: 1,
  runtime_secs: 1,
  added: { $add: ['additions', 'detours', 'append_wfs'].map(sizeOf) },
  changes: { $add: [sizeOf('mod_spec'), keysOf('update_spec')] },
};

function sizeOf(field: string): Document {
  return { $cond: [{ $isArray: `$action.${field}` }, { $size: `$action.${field}` }, 0] };
}

function keysOf(field: string): Document {
  const isObject = { $eq: [{ $type: `$action.${field}` }, 'object'] };
  return { $cond: [isObject, { $size: { $objectToArray: `$action.${field}` } }, 0] };
}

export async function* findLaunchEffects(
  { launches }: MongoConnection,
  ids: readonly number[],
): AsyncIterable<LaunchEffects> {
  const wanted = [...new Set(ids)].sort((one, other) => one - other);
  for (const chunk of chunksOf(wanted)) {
    const stages = [{ $match: { launch_id: { $in: chunk } } }, { $sort: { launch_id: 1 } }];
    const withState = { ...EFFECTS, state: 1 };
    const options = { batchSize: BATCH_SIZE, promoteValues: true };
    const found = launches.aggregate<StoredDocument>([...stages, { $project: withState }], options);
    for await (const batch of batchesOfCursor(found)) {
      for (const doc of batch) {
        const completed = doc['state'] === 'COMPLETED';
        yield {
          launchId: toNumber(doc['launch_id']),
          runtimeSecs: toNumber(doc['runtime_secs'] ?? 0),
          added: completed ? toNumber(doc['added']) : 0,
          changedSpecs: completed && toNumber(doc['changes']) > 0,
        };
      }
    }
  }
}

export async function findFireworksOfLaunches(
  { fireworks }: MongoConnection,
  launchIds: readonly number[],
): Promise<ReadonlyMap<number, readonly number[]>> {
  const owners = new Map<number, number[]>();
  const wanted = new Set(launchIds);
  for (const chunk of chunksOf(launchIds)) {
    const found = fireworks.find(
      { launches: { $in: chunk } },
      { projection: { _id: 0, fw_id: 1, launches: 1 }, sort: { fw_id: 1 }, promoteValues: true },
    );
    for await (const batch of batchesOfCursor(found)) {
      for (const doc of batch) {
        for (const launchId of toNumbers(doc['launches'])) {
          if (!wanted.has(launchId)) continue;
          const known = owners.get(launchId) ?? [];
          const fwId = toNumber(doc['fw_id']);
          if (!known.includes(fwId)) owners.set(launchId, [...known, fwId]);
        }
      }
    }
  }
  return owners;
}

export async function findLaunchByReservation(
  { launches }: MongoConnection,
  reservationId: string,
): Promise<Launch | undefined> {
  const doc = await launches.findOne(
    { 'state_history.reservation_id': reservationId },
    { sort: { launch_id: 1 } },
  );
  return doc ? launchFromDocument(fromBson(doc) as StoredDocument) : undefined;
}

export async function insertLaunch({ launches }: MongoConnection, launch: Launch): Promise<void> {
  // An upsert, as FireWorks does it: a reservation that starts keeps its launch_id.
  await launches.replaceOne({ launch_id: launch.launchId }, launchToDocument(launch), { upsert: true });
}

export async function updateLaunch({ launches }: MongoConnection, update: LaunchUpdate): Promise<boolean> {
  const { launchId, onlyWhile, ...fields } = update;
  const set = Object.fromEntries(Object.entries(fields).map(([name, value]) => [storedName(name), value]));
  const result = await launches.updateOne(
    { launch_id: launchId, state: { $in: [...onlyWhile] } },
    { $set: set },
  );
  return toNumber(result.matchedCount) > 0;
}
