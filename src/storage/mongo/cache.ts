/** `lpad_cache`: which launch has the result of what (domain/cache-entry.ts). */
import { MongoServerError, type Document, type Filter } from 'mongodb';
import type { CacheEntry, CacheKey } from '../../domain/cache-entry';
import { fromBson, toNumber } from '../bson-values';
import {
  cacheDocumentId,
  cacheEntryFromDocument,
  cacheEntryToDocument,
  type StoredDocument,
} from '../documents';
import type { CacheSelection } from '../cache-store';
import type { MongoConnection } from './connection';
import { BATCH_SIZE, batchesOfCursor } from './reads/read-batches';
import { chunksOf } from './reads/selection';

export async function findCacheEntry(
  { cache }: MongoConnection,
  key: CacheKey,
): Promise<CacheEntry | undefined> {
  const doc = await cache.findOne(withId(cacheDocumentId(key)));
  return doc ? cacheEntryFromDocument(fromBson(doc) as StoredDocument) : undefined;
}

const DUPLICATE_KEY = 11_000;

export async function putCacheEntry({ cache }: MongoConnection, entry: CacheEntry): Promise<void> {
  const { _id, ...document } = cacheEntryToDocument(entry);
  const put = (): Promise<unknown> => cache.replaceOne(withId(String(_id)), document, { upsert: true });
  try {
    await put();
  } catch (error) {
    // Of two that come first at the same moment one fails; the second time there is one to replace.
    if (!(error instanceof MongoServerError) || Number(error.code) !== DUPLICATE_KEY) throw error;
    await put();
  }
}

export async function* findCacheEntries(
  { cache }: MongoConnection,
  { namespaces, fwIds }: CacheSelection,
): AsyncIterable<CacheEntry> {
  const filter: Document = {
    ...(namespaces ? { namespace: { $in: namespaces } } : {}),
    ...(fwIds ? { fw_id: { $in: fwIds } } : {}),
  };
  const found = cache.find(filter as Filter<StoredDocument>, { sort: { _id: 1 }, batchSize: BATCH_SIZE });
  for await (const batch of batchesOfCursor(found)) {
    for (const doc of batch) yield cacheEntryFromDocument(fromBson(doc) as StoredDocument);
  }
}

export async function removeCacheEntries(
  { cache }: MongoConnection,
  entries: readonly CacheEntry[],
): Promise<number> {
  let removed = 0;
  for (const chunk of chunksOf(entries)) {
    const deletions = chunk.map((entry) => ({
      deleteOne: { filter: { ...withId(cacheDocumentId(entry)), launch_id: entry.launchId } },
    }));
    removed += toNumber((await cache.bulkWrite(deletions, { ordered: false })).deletedCount);
  }
  return removed;
}

/** The driver believes that every `_id` is an ObjectId. */
function withId(_id: string): Filter<StoredDocument> {
  const filter: Document = { _id };
  return filter;
}
