/** What launches began with, beside FireWorks' own documents. */
import type { LaunchRecord, LaunchRecordUpdate } from '../../domain/launch-record';
import { fromBson } from '../bson-values';
import {
  launchRecordFromDocument,
  launchRecordToDocument,
  wholeToDocument,
  type StoredDocument,
} from '../documents';
import { getEach } from './lmdb/chunks';
import type { EmbeddedDatabase, Tables } from './lmdb/database';
import { getForChange } from './lmdb/put-documents';
import { decode, encode } from './lmdb/stored-bytes';

export function putLaunchRecord({ launchRecords }: Tables, record: LaunchRecord): void {
  launchRecords.putSync(record.launchId, encode(launchRecordToDocument(record)));
}

export async function* findLaunchRecords(
  database: EmbeddedDatabase,
  launchIds: readonly number[],
): AsyncIterable<LaunchRecord> {
  const wanted = [...new Set(launchIds)].sort((one, other) => one - other);
  for await (const { bytes } of getEach(database, ({ launchRecords }) => launchRecords, wanted))
    yield launchRecordFromDocument(fromBson(decode(bytes)) as StoredDocument);
}

export function updateLaunchRecord(
  database: EmbeddedDatabase,
  launchId: number,
  update: LaunchRecordUpdate,
): boolean {
  return database.write(({ launchRecords }) => {
    const before = getForChange(launchRecords, launchId);
    if (!before) return false;
    launchRecords.putSync(launchId, encode({ ...before, ...wholeToDocument(update) }));
    return true;
  });
}
