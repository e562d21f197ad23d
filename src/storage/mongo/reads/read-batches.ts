/** Reading a cursor batch by batch: a step of an asynchronous iterator for every document would cost more than the document. */
import type { AbstractCursor } from 'mongodb';

/** Documents come in batches of this many: larger ones make fewer round trips, but live long enough to cost more collecting. */
export const BATCH_SIZE = 1000;

export async function* batchesOfCursor<Doc>(cursor: AbstractCursor<Doc>): AsyncIterable<readonly Doc[]> {
  try {
    while (await cursor.hasNext()) yield cursor.readBufferedDocuments();
  } finally {
    await cursor.close();
  }
}
