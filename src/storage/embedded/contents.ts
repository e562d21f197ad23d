/** Contents by their hashes, in the layout that an export has for both stores. */
import {
  CONTENT_CHUNKS,
  CONTENT_FILES,
  contentChunks,
  contentFile,
  contentHead,
  joinChunks,
} from '../content-documents';
import type { Content } from '../launchpad-store';
import { breather } from './lmdb/chunks';
import type { EmbeddedDatabase, Tables } from './lmdb/database';
import { decode, encode } from './lmdb/stored-bytes';

export function findContents(database: EmbeddedDatabase, ids: readonly string[]): ReadonlySet<string> {
  return database.read(
    ({ foreignDocuments }) => new Set(ids.filter((id) => foreignDocuments.doesExist([CONTENT_FILES, id]))),
  );
}

export async function* readContents(
  database: EmbeddedDatabase,
  ids: readonly string[],
): AsyncGenerator<Content> {
  const rest = breather();
  for (const id of new Set(ids)) {
    const content = database.read((tables) => readContent(tables, id));
    if (content) yield content;
    await rest();
  }
}

function readContent({ foreignDocuments }: Tables, id: string): Content | undefined {
  const file = foreignDocuments.getBinary([CONTENT_FILES, id]);
  if (!file) return undefined;
  const head = contentHead(decode(file));
  const chunks = head.chunkIds.map((chunkId) => {
    const bytes = foreignDocuments.getBinary([CONTENT_CHUNKS, chunkId]);
    return bytes && decode(Buffer.from(bytes));
  });
  return joinChunks(head, chunks);
}

/** Under which its documents are, for who reads them as they are stored. */
export function contentKeys(
  database: EmbeddedDatabase,
  collection: typeof CONTENT_FILES | typeof CONTENT_CHUNKS,
  ids: readonly string[],
): readonly [string, string][] {
  if (collection === CONTENT_FILES) return ids.map((id) => [collection, id]);
  return database.read(({ foreignDocuments }) =>
    ids.flatMap((id) => {
      const file = foreignDocuments.getBinary([CONTENT_FILES, id]);
      const chunkIds = file ? contentHead(decode(file)).chunkIds : [];
      return chunkIds.map((chunkId): [string, string] => [collection, chunkId]);
    }),
  );
}

export function insertContents(database: EmbeddedDatabase, contents: readonly Content[], now: Date): void {
  database.write(({ foreignDocuments }) => {
    for (const content of contents) {
      if (foreignDocuments.doesExist([CONTENT_FILES, content.id])) continue;
      for (const chunk of contentChunks(content))
        foreignDocuments.putSync([CONTENT_CHUNKS, String(chunk['_id'])], encode(chunk));
      foreignDocuments.putSync([CONTENT_FILES, content.id], encode(contentFile(content, now)));
    }
  });
}
