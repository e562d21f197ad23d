/** FireWorks' counters of ids (documents.md, section 6): the document holds the next free numbers. */
import type { Document } from 'mongodb';
import type { StoredDocument } from '../documents';
import { LpadError } from '../../errors';
import type { Counters } from '../launchpad-store';
import { toNumber } from '../bson-values';
import { CONTENT_CHUNKS, CONTENT_FILES } from '../content-documents';
import type { MongoConnection } from './connection';

type Counter = 'next_fw_id' | 'next_launch_id';

/** The first id of a block of so many. */
export async function takeIds(
  { counters }: MongoConnection,
  counter: Counter,
  count: number,
): Promise<number> {
  const draw: Document = { $inc: { [counter]: count } };
  const before: StoredDocument | null = await counters.findOneAndUpdate({}, draw, {
    returnDocument: 'before',
  });
  if (!before) throw notInitialized();
  return toNumber(before[counter]);
}

function notInitialized(): LpadError {
  return new LpadError('NOT_INITIALIZED', 'the database has no id counters: it was never initialised', {
    hint: 'lpad reset   (creates an empty launchpad in this database)',
  });
}

export async function readCounters({ counters }: MongoConnection): Promise<Counters> {
  const found = await counters.findOne({});
  if (!found) throw notInitialized();
  return { nextFwId: toNumber(found['next_fw_id']), nextLaunchId: toNumber(found['next_launch_id']) };
}

export async function raiseCounters(
  { counters }: MongoConnection,
  { nextFwId, nextLaunchId }: Counters,
): Promise<void> {
  const raise: Document = { $max: { next_fw_id: nextFwId, next_launch_id: nextLaunchId } };
  const { matchedCount } = await counters.updateOne({}, raise);
  if (toNumber(matchedCount) === 0) throw notInitialized();
}

/** Empties the database of FireWorks' and our documents and starts both counters at 1. */
export async function resetDatabase(connection: MongoConnection): Promise<void> {
  const { db, fireworks, launches, workflows, launchRecords, offlineRuns, counters } = connection;
  const { journal, cache, leases, nights, steps, quarantines } = connection;
  const ours = [launchRecords, journal, cache, leases, nights, steps, quarantines];
  for (const collection of [fireworks, launches, workflows, offlineRuns, counters, ...ours]) {
    await collection.deleteMany({});
  }
  const present = new Set(
    (await db.listCollections({}, { nameOnly: true }).toArray()).map(({ name }) => name),
  );
  for (const name of ['fw_gridfs.files', 'fw_gridfs.chunks', CONTENT_FILES, CONTENT_CHUNKS])
    if (present.has(name)) await db.dropCollection(name);
  await counters.insertOne({ _id: -1, next_fw_id: 1, next_launch_id: 1 } as never);
}
