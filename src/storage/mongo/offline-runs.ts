/** Runs without the database, whose files are still to be read (documents.md, section 6). */
import type { Document, Filter } from 'mongodb';
import type { OfflineRun } from '../../domain/model';
import { fromBson, toNumber } from '../bson-values';
import { offlineRunFromDocument, offlineRunToDocument, storedName, type StoredDocument } from '../documents';
import type { OfflineRunSelection, OfflineRunUpdate } from '../launchpad-store';
import type { MongoConnection } from './connection';

export async function addOfflineRun({ offlineRuns }: MongoConnection, run: OfflineRun): Promise<void> {
  await offlineRuns.insertOne(offlineRunToDocument(run));
}

export async function findOfflineRuns(
  { offlineRuns }: MongoConnection,
  selection: OfflineRunSelection,
): Promise<readonly OfflineRun[]> {
  const found = await offlineRuns.find(filterOf(selection), { sort: { launch_id: 1 } }).toArray();
  return found.map((doc) => offlineRunFromDocument(fromBson(doc) as StoredDocument));
}

export async function updateOfflineRuns(
  { offlineRuns }: MongoConnection,
  selection: OfflineRunSelection,
  update: OfflineRunUpdate,
): Promise<number> {
  const set = Object.fromEntries(Object.entries(update).map(([name, value]) => [storedName(name), value]));
  return toNumber((await offlineRuns.updateMany(filterOf(selection), { $set: set })).matchedCount);
}

function filterOf({ open, launchIds, fwIds }: OfflineRunSelection): Filter<StoredDocument> {
  const filter: Document = {
    ...(open ? { completed: false, deprecated: false } : {}),
    ...(launchIds ? { launch_id: { $in: launchIds } } : {}),
    ...(fwIds ? { fw_id: { $in: fwIds } } : {}),
  };
  return filter;
}
