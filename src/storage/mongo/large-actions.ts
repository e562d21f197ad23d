/**
 * Actions that do not fit into their launch, in GridFS as FireWorks keeps them (documents.md, section 6): JSON under the
 * id of a file, one file per launch.
 */
import { Binary, Long, ObjectId, type Filter } from 'mongodb';
import { toNumber } from '../bson-values';
import type { StoredDocument } from '../documents';
import type { MongoConnection } from './connection';

/** GridFS' own size of a chunk. */
const CHUNK_BYTES = 255 * 1024;

export async function readLargeAction(
  { gridFiles, gridChunks }: MongoConnection,
  id: string,
): Promise<string | undefined> {
  if (!ObjectId.isValid(id)) return undefined;
  const files_id = new ObjectId(id);
  const file = await gridFiles.findOne({ _id: files_id } as Filter<StoredDocument>);
  if (!file) return undefined;
  const parts: Buffer[] = [];
  for await (const chunk of gridChunks.find({ files_id }, { sort: { n: 1 } })) {
    const { buffer } = chunk['data'] as Binary;
    parts.push(Buffer.from(buffer));
  }
  const bytes = Buffer.concat(parts);
  // Half of a result is none.
  return bytes.length === toNumber(file['length']) ? bytes.toString('utf8') : undefined;
}

export async function writeLargeAction(
  { gridFiles, gridChunks }: MongoConnection,
  launchId: number,
  json: string,
): Promise<string> {
  const ofLaunch = { 'metadata.launch_id': launchId };
  // An index allows one file per launch: an attempt that broke off has left one.
  for await (const { _id } of gridFiles.find(ofLaunch, { projection: { _id: 1 } }))
    await gridChunks.deleteMany({ files_id: _id });
  await gridFiles.deleteMany(ofLaunch);
  const bytes = Buffer.from(json, 'utf8');
  const _id = new ObjectId();
  for (let n = 0; n * CHUNK_BYTES < bytes.length; n += 1) {
    const data = new Binary(bytes.subarray(n * CHUNK_BYTES, (n + 1) * CHUNK_BYTES));
    await gridChunks.insertOne({ files_id: _id, n, data });
  }
  // The file last: where it is, its chunks are.
  await gridFiles.insertOne({
    _id,
    encoding: 'utf-8',
    metadata: { launch_id: launchId },
    chunkSize: CHUNK_BYTES,
    length: Long.fromNumber(bytes.length),
    uploadDate: new Date(),
  });
  return _id.toHexString();
}
