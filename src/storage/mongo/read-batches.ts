/** Reading a cursor batch by batch: a step of an asynchronous iterator for every document would cost more than the document. */
import type { AbstractCursor } from 'mongodb';

/** Documents come in batches of this many: enough to make round trips rare, little enough to bound memory. */
export const BATCH_SIZE = 5000;

export async function* batchesOfCursor<Doc>(cursor: AbstractCursor<Doc>): AsyncIterable<readonly Doc[]> {
  try {
    while (await cursor.hasNext()) yield cursor.readBufferedDocuments();
  } finally {
    await cursor.close();
  }
}
