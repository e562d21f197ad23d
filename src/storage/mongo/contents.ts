/** Contents by their hashes, in a GridFS bucket of our own. */
import { MongoBulkWriteError, type Collection, type Document } from 'mongodb';
import { toNumber } from '../bson-values';
import {
  CONTENT_CHUNKS,
  CONTENT_FILES,
  contentChunks,
  contentFile,
  contentHead,
  inPortions,
  joinChunks,
  type ContentHead,
} from '../content-documents';
import type { StoredDocument } from '../documents';
import type { Content } from '../launchpad-store';
import type { MongoConnection } from './connection';
import { chunksOf } from './reads/selection';

export async function findContents(
  { db }: MongoConnection,
  ids: readonly string[],
): Promise<ReadonlySet<string>> {
  const found = new Set<string>();
  for (const chunk of chunksOf(ids)) {
    const asked: Document = { _id: { $in: [...chunk] } };
    const files = db.collection<StoredDocument>(CONTENT_FILES).find(asked, { projection: { _id: 1 } });
    for await (const { _id } of files) found.add(String(_id));
  }
  return found;
}

export async function* readContents(
  { db }: MongoConnection,
  ids: readonly string[],
): AsyncGenerator<Content> {
  for (const chunk of chunksOf([...new Set(ids)])) {
    const asked: Document = { _id: { $in: [...chunk] } };
    const files = await db.collection<StoredDocument>(CONTENT_FILES).find(asked).toArray();
    for (const heads of inPortions(files.map(contentHead), ({ length }) => length)) {
      yield* await readPortion(db.collection<StoredDocument>(CONTENT_CHUNKS), heads);
    }
  }
}

async function readPortion(
  collection: Collection<StoredDocument>,
  heads: readonly ContentHead[],
): Promise<readonly Content[]> {
  const chunks = new Map<string, StoredDocument>();
  const asked: Document = { _id: { $in: heads.flatMap(({ chunkIds }) => chunkIds) } };
  for await (const chunk of collection.find(asked)) chunks.set(String(chunk._id), chunk);
  return heads.flatMap((head) => {
    const parts = head.chunkIds.map((id) => chunks.get(id));
    return joinChunks(head, parts) ?? [];
  });
}

export async function insertContents(
  { db }: MongoConnection,
  contents: readonly Content[],
  now: Date,
): Promise<void> {
  const chunks = db.collection<StoredDocument>(CONTENT_CHUNKS);
  // What GridFS clients look for; to make an index that is there costs nothing.
  await chunks.createIndexes([{ key: { files_id: 1, n: 1 }, unique: true }]);
  const parts = contents.flatMap(contentChunks);
  for (const portion of inPortions(parts, ({ data }) => (data as { length(): number }).length()))
    await insertMissing(chunks, portion);
  // The files last: where one is, its chunks are.
  const files = contents.map((one) => contentFile(one, now));
  for (const portion of inPortions(files, () => 1))
    await insertMissing(db.collection<StoredDocument>(CONTENT_FILES), portion);
}

const DUPLICATE_KEY = 11_000;

/** Somebody else may be storing the same: equal ids are equal documents. */
export async function insertMissing(
  collection: Collection<StoredDocument>,
  documents: readonly StoredDocument[],
): Promise<void> {
  try {
    await collection.insertMany([...documents], { ordered: false });
  } catch (error) {
    if (!(error instanceof MongoBulkWriteError) || toNumber(error.code) !== DUPLICATE_KEY) throw error;
    const others = [error.writeErrors].flat().filter(({ code }) => toNumber(code) !== DUPLICATE_KEY);
    if (others.length > 0) throw error;
  }
}
