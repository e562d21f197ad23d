/** Actions that were too large for their launch in a MongoDB that was imported: GridFS, as it came. */
import type { Binary } from 'bson';
import { toNumber } from '../../bson-values';
import type { EmbeddedDatabase } from '../lmdb/database';
import { decode } from '../lmdb/stored-bytes';
import { foreignDocuments } from './foreign-documents';

/** The JSON of an action; undefined when there is none of this id, or not all of it. */
export async function readLargeAction(database: EmbeddedDatabase, id: string): Promise<string | undefined> {
  let length: number | undefined;
  for await (const bytes of foreignDocuments(database, 'fw_gridfs.files')) {
    const file = decode(bytes);
    if (String(file['_id']) === id) length = toNumber(file['length']);
  }
  if (length === undefined) return undefined;
  const parts: { readonly n: number; readonly data: Uint8Array }[] = [];
  for await (const bytes of foreignDocuments(database, 'fw_gridfs.chunks')) {
    const { files_id: fileId, n, data } = decode(bytes);
    if (String(fileId) === id) parts.push({ n: toNumber(n), data: bytesOf(data) });
  }
  const inOrder = parts.sort((one, other) => one.n - other.n).map(({ data }) => data);
  const json = Buffer.concat(inOrder);
  return json.length === length ? json.toString('utf8') : undefined;
}

/** What was copied out of the page of the database that it was read from. */
function bytesOf(data: unknown): Uint8Array {
  return Buffer.from(data instanceof Uint8Array ? data : (data as Binary).buffer);
}
