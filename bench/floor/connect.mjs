// What a plain script on the bare driver needs: the least that does the same reads and writes, in the best way known.
import { MongoClient } from 'mongodb';

export const AT_ONCE = 2000;

/** Calls `work` with the database that LPAD_URI names, and closes the connection after it. */
export async function withDatabase(work) {
  const client = new MongoClient(process.env.LPAD_URI);
  try {
    await work(client.db());
  } finally {
    await client.close();
  }
}

export function* chunks(items) {
  for (let start = 0; start < items.length; start += AT_ONCE) yield items.slice(start, start + AT_ONCE);
}

/** FireWorks' form of a moment. */
export function timestamp(date) {
  return date.toISOString().replace('Z', '000+00:00');
}
