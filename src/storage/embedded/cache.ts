/** Which launch has the result of what (domain/cache-entry.ts). */
import type { CacheEntry, CacheKey } from '../../domain/cache-entry';
import { fromBson } from '../bson-values';
import {
  cacheDocumentId,
  cacheEntryFromDocument,
  cacheEntryToDocument,
  type StoredDocument,
} from '../documents';
import type { CacheSelection } from '../cache-store';
import { scan } from './lmdb/chunks';
import type { EmbeddedDatabase, Tables } from './lmdb/database';
import { decode, encode } from './lmdb/stored-bytes';

export function findCacheEntry(database: EmbeddedDatabase, key: CacheKey): CacheEntry | undefined {
  return database.read((tables) => entryAt(tables, cacheDocumentId(key)));
}

export function putCacheEntry(database: EmbeddedDatabase, entry: CacheEntry): void {
  database.write(({ cache }) => {
    cache.putSync(cacheDocumentId(entry), encode(cacheEntryToDocument(entry)));
  });
}

export async function* findCacheEntries(
  database: EmbeddedDatabase,
  { namespaces, fwIds }: CacheSelection,
): AsyncGenerator<CacheEntry> {
  for await (const { bytes } of scan(database, ({ cache }) => cache)) {
    const entry = readEntry(bytes);
    if (namespaces && !namespaces.includes(entry.namespace)) continue;
    if (!fwIds || fwIds.includes(entry.fwId)) yield entry;
  }
}

export function removeCacheEntries(database: EmbeddedDatabase, entries: readonly CacheEntry[]): number {
  return database.write((tables) => {
    const present = entries.filter((one) => entryAt(tables, cacheDocumentId(one))?.launchId === one.launchId);
    for (const one of present) tables.cache.removeSync(cacheDocumentId(one));
    return present.length;
  });
}

function entryAt({ cache }: Tables, id: string): CacheEntry | undefined {
  const bytes = cache.getBinary(id);
  return bytes && readEntry(bytes);
}

function readEntry(bytes: Buffer): CacheEntry {
  return cacheEntryFromDocument(fromBson(decode(bytes)) as StoredDocument);
}
