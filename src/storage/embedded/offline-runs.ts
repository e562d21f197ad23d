/** Runs without the database, whose files are still to be read, by launch. */
import { ObjectId } from 'bson';
import type { OfflineRun } from '../../domain/model';
import { fromBson } from '../bson-values';
import { offlineRunFromDocument, offlineRunToDocument, type StoredDocument } from '../documents';
import type { OfflineRunSelection, OfflineRunUpdate } from '../launchpad-store';
import type { EmbeddedDatabase, Tables } from './lmdb/database';
import { decode, encode } from './lmdb/stored-bytes';

export function addOfflineRun(database: EmbeddedDatabase, run: OfflineRun): void {
  database.write((tables) => {
    putRun(tables, run);
  });
}

export function findOfflineRuns(
  database: EmbeddedDatabase,
  selection: OfflineRunSelection,
): readonly OfflineRun[] {
  return database.read((tables) => selected(tables, selection));
}

export function updateOfflineRuns(
  database: EmbeddedDatabase,
  selection: OfflineRunSelection,
  update: OfflineRunUpdate,
): number {
  return database.write((tables) => {
    const runs = selected(tables, selection);
    for (const run of runs) putRun(tables, { ...run, ...update });
    return runs.length;
  });
}

function selected(
  { offlineRuns }: Tables,
  { open, launchIds, fwIds }: OfflineRunSelection,
): readonly OfflineRun[] {
  const keys = launchIds ? [...new Set(launchIds)].sort((one, other) => one - other) : offlineRuns.getKeys();
  const runs = [...keys].flatMap((key) => {
    const bytes = offlineRuns.getBinary(key);
    return bytes ? [offlineRunFromDocument(fromBson(decode(bytes)) as StoredDocument)] : [];
  });
  const wanted = fwIds && new Set(fwIds);
  return runs.filter(
    ({ fwId, completed, deprecated }) =>
      (!open || (!completed && !deprecated)) && (!wanted || wanted.has(fwId)),
  );
}

function putRun({ offlineRuns }: Tables, run: OfflineRun): void {
  const bytes = offlineRuns.getBinary(run.launchId);
  // As MongoDB would keep it, what we do not know included.
  const before = bytes ? decode(bytes) : { _id: new ObjectId() };
  offlineRuns.putSync(run.launchId, encode({ ...before, ...offlineRunToDocument(run) }));
}
