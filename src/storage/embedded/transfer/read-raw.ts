/** Documents as they are stored, byte by byte. */
import { toNumber } from '../../bson-values';
import type { RawRequest } from '../../whole-documents';
import { contentKeys } from '../contents';
import { selectWorkflows } from '../find-workflows';
import { getEach, scan } from '../lmdb/chunks';
import type { EmbeddedDatabase } from '../lmdb/database';
import { decode } from '../lmdb/stored-bytes';
import { foreignDocuments } from './foreign-documents';

export async function* readRaw(database: EmbeddedDatabase, request: RawRequest): AsyncGenerator<Uint8Array> {
  switch (request.collection) {
    case 'workflows':
      for await (const { key } of selectWorkflows(database, request.selection)) {
        yield* bytesOf(getEach(database, ({ workflows }) => workflows, [key]));
      }
      return;
    case 'fireworks':
      yield* bytesOf(getEach(database, ({ fireworks }) => fireworks, ascending(request.fwIds)));
      return;
    case 'lpad_quarantine':
      yield* bytesOf(getEach(database, ({ quarantines }) => quarantines, ascending(request.fwIds)));
      return;
    case 'launches':
      yield* bytesOf(getEach(database, ({ launches }) => launches, ascending(request.launchIds)));
      return;
    case 'lpad_launch_records':
      yield* bytesOf(getEach(database, ({ launchRecords }) => launchRecords, ascending(request.launchIds)));
      return;
    case 'offline_runs':
      yield* offlineRunsOf(database, new Set(request.fwIds));
      return;
    case 'lpad_sourcecode.files':
    case 'lpad_sourcecode.chunks':
      yield* bytesOf(
        getEach(
          database,
          ({ foreignDocuments: table }) => table,
          contentKeys(database, request.collection, request.contentIds),
        ),
      );
      return;
    case 'fw_gridfs.files':
    case 'fw_gridfs.chunks':
      yield* foreignDocuments(database, request.collection);
  }
}

async function* bytesOf(entries: AsyncIterable<{ readonly bytes: Buffer }>): AsyncGenerator<Uint8Array> {
  for await (const { bytes } of entries) yield bytes;
}

/** There are few: reading over all of them costs little. */
async function* offlineRunsOf(
  database: EmbeddedDatabase,
  fwIds: ReadonlySet<number>,
): AsyncGenerator<Uint8Array> {
  for await (const { bytes } of scan(database, ({ offlineRuns }) => offlineRuns)) {
    if (fwIds.has(toNumber(decode(bytes)['fw_id']))) yield bytes;
  }
}

function ascending(ids: readonly number[]): readonly number[] {
  return [...new Set(ids)].sort((one, other) => one - other);
}
