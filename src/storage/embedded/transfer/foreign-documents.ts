/** Collections that the program itself does not use, as an import brought them. */
import { scan } from '../lmdb/chunks';
import type { EmbeddedDatabase } from '../lmdb/database';

export async function* foreignDocuments(
  database: EmbeddedDatabase,
  collection: string,
): AsyncGenerator<Uint8Array> {
  const start: [string, string] = [collection, ''];
  for await (const { key, bytes } of scan(database, (tables) => tables.foreignDocuments, { start })) {
    if (key[0] !== collection) return;
    yield bytes;
  }
}
