/** Documents as they are stored, byte by byte. */
import type { AbstractCursor, Collection, Document } from 'mongodb';
import type { StoredDocument } from '../../documents';
import type { RawRequest } from '../../whole-documents';
import type { MongoConnection } from '../connection';
import { workflowPipelines } from '../reads/find-workflows';
import { BATCH_SIZE, batchesOfCursor } from '../reads/read-batches';
import { chunksOf } from '../reads/selection';

const OPTIONS = { raw: true, allowDiskUse: true, batchSize: BATCH_SIZE };

export async function* readRaw(connection: MongoConnection, request: RawRequest): AsyncGenerator<Uint8Array> {
  for (const cursor of cursorsOf(connection, request)) {
    for await (const batch of batchesOfCursor(cursor)) {
      // With `raw` the driver hands out Buffers, whatever its types say.
      yield* batch as unknown as readonly Uint8Array[];
    }
  }
}

function cursorsOf(
  connection: MongoConnection,
  request: RawRequest,
): readonly AbstractCursor<StoredDocument>[] {
  const { db, fireworks, launches, launchRecords, offlineRuns, quarantines, workflows } = connection;
  switch (request.collection) {
    case 'workflows':
      return workflowPipelines(request.selection).map((stages) =>
        workflows.aggregate<StoredDocument>([...stages], OPTIONS),
      );
    case 'fireworks':
      return byIds('fw_id', request.fwIds, (filter, sort) => fireworks.find(filter, { ...OPTIONS, sort }));
    case 'offline_runs':
      return byIds('fw_id', request.fwIds, (filter, sort) => offlineRuns.find(filter, { ...OPTIONS, sort }));
    case 'lpad_quarantine':
      return byIds('_id', request.fwIds, (filter, sort) => quarantines.find(filter, { ...OPTIONS, sort }));
    case 'launches':
      return byIds('launch_id', request.launchIds, (filter, sort) =>
        launches.find(filter, { ...OPTIONS, sort }),
      );
    case 'lpad_launch_records':
      return byIds('_id', request.launchIds, (filter, sort) =>
        launchRecords.find(filter, { ...OPTIONS, sort }),
      );
    case 'lpad_sourcecode.files':
      return contents(db.collection(request.collection), '_id', request.contentIds);
    case 'lpad_sourcecode.chunks':
      return contents(db.collection(request.collection), 'files_id', request.contentIds);
    case 'fw_gridfs.files':
    case 'fw_gridfs.chunks':
      return [db.collection<StoredDocument>(request.collection).find({}, { ...OPTIONS, sort: { _id: 1 } })];
  }
}

function contents(
  collection: Collection<StoredDocument>,
  field: '_id' | 'files_id',
  ids: readonly string[],
): readonly AbstractCursor<StoredDocument>[] {
  return chunksOf(ids).map((chunk) => {
    const asked: Document = { [field]: { $in: [...chunk] } };
    return collection.find(asked, { ...OPTIONS, sort: { _id: 1 } });
  });
}

function byIds(
  field: string,
  ids: readonly number[],
  find: (filter: Document, sort: Document) => AbstractCursor<StoredDocument>,
): readonly AbstractCursor<StoredDocument>[] {
  const ascending = [...new Set(ids)].sort((one, other) => one - other);
  return chunksOf(ascending).map((chunk) => find({ [field]: { $in: chunk } }, { [field]: 1 }));
}
