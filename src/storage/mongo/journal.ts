/**
 * The journal: `lpad_journal` holds per entry one head (`status`, who, what) and its changes in parts that stay below the
 * 16 MiB of a document. The parts are written before the head: an entry with a head is whole.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Document } from 'mongodb';
import { patchesFromForms, patchToForms, type ChangeForm } from '../../domain/patch-form';
import { fromBson, toNumber } from '../bson-values';
import type { StoredDocument } from '../documents';
import { entryFromDocument, entryToDocument } from '../journal-documents';
import type { JournalEntry, JournalHead, LockOwner } from '../launchpad-store';
import type { MongoConnection } from './connection';
import { chunksOf } from './reads/selection';
import { boundOfSize } from './writes/document-size';

const PART_BYTES = 8 * 1024 * 1024;

export async function writeJournalEntry({ journal }: MongoConnection, entry: JournalEntry): Promise<void> {
  const rows = entry.patches.flatMap(patchToForms);
  const parts = partsOf(rows);
  const [only] = parts;
  if (parts.length > 1) {
    for (const [part, changes] of parts.entries()) {
      await journal.insertOne({ part_of: entry.id, part, changes });
    }
  }
  // A small entry is one document, and one round trip.
  await journal.insertOne({
    ...entryToDocument(entry),
    ...(parts.length > 1 ? { parted: true } : { changes: only ?? [] }),
  });
}

function partsOf(rows: readonly ChangeForm[]): readonly (readonly ChangeForm[])[] {
  const parts: ChangeForm[][] = [];
  let room = 0;
  for (const row of rows) {
    const size = boundOfSize(row) + 16;
    if (room < size) {
      parts.push([]);
      room = PART_BYTES;
    }
    parts.at(-1)?.push(row);
    room -= size;
  }
  return parts;
}

export async function* findJournalEntries(
  connection: MongoConnection,
  {
    run,
    limit,
    status,
  }: { readonly run?: string; readonly limit?: number; readonly status?: JournalEntry['status'] },
): AsyncIterable<JournalEntry> {
  const shown = status === 'applying' ? {} : { transient: { $exists: false } };
  const filter = {
    entry: { $exists: true },
    ...shown,
    ...(run ? { run } : {}),
    ...(status ? { status } : {}),
  };
  const heads = connection.journal.find(filter, {
    sort: { entry: -1 },
    ...(limit ? { limit } : {}),
    batchSize: 20,
  });
  for await (const head of heads) yield await readEntry(connection, head);
}

export async function* findJournalHeads({ journal }: MongoConnection): AsyncIterable<JournalHead> {
  const filter = { entry: { $exists: true }, transient: { $exists: false } };
  const projection = { _id: 0, entry: 1, run: 1, created_on: 1, status: 1 };
  for await (const doc of journal.find(filter, { projection, sort: { entry: -1 } })) {
    yield {
      id: String(doc['entry']),
      run: String(doc['run']),
      createdOn: doc['created_on'] as Date,
      status: doc['status'] as JournalEntry['status'],
    };
  }
}

export async function getJournalEntry(
  connection: MongoConnection,
  id: string,
): Promise<JournalEntry | undefined> {
  const head = await connection.journal.findOne({ entry: id });
  return head ? await readEntry(connection, head) : undefined;
}

async function readEntry({ journal }: MongoConnection, head: StoredDocument): Promise<JournalEntry> {
  const doc = fromBson(head) as StoredDocument;
  const rows = (doc['changes'] ?? []) as ChangeForm[];
  if (!('changes' in doc)) {
    for await (const part of journal.find({ part_of: doc['entry'] }, { sort: { part: 1 } })) {
      for (const row of (fromBson(part) as StoredDocument)['changes'] as ChangeForm[]) rows.push(row);
    }
  }
  return entryFromDocument(doc, patchesFromForms(rows));
}

export async function markJournalEntry(
  { journal }: MongoConnection,
  id: string,
  status: JournalEntry['status'],
  dropped: readonly string[] = [],
  /** With it, only while the entry is this owner's still. */
  owner?: string,
): Promise<void> {
  const leave = dropped.length > 0 ? { $addToSet: { dropped: { $each: [...dropped] } } } : {};
  const filter = { entry: id, ...(owner === undefined ? {} : { owner }) };
  await journal.updateOne(filter, { $set: { status }, ...leave } as Document);
}

/** A transient entry that is done with; its head first, since an entry with a head is whole. */
export async function removeTransientEntry(
  { journal }: MongoConnection,
  id: string,
  /** With it, only while the entry is this owner's still. */
  owner?: string,
): Promise<boolean> {
  const filter = { entry: id, transient: true, ...(owner === undefined ? {} : { owner }) };
  const head = await journal.findOneAndDelete(filter, { projection: { changes: 0 } });
  if (!head) return false;
  if (head['parted'] === true) await journal.deleteMany({ part_of: id });
  return true;
}

/** Marks an entry, or removes it when it is transient and done. */
export async function endJournalEntry(
  connection: MongoConnection,
  id: string,
  status: JournalEntry['status'],
  dropped: readonly string[] = [],
): Promise<void> {
  if (status === 'done' && (await removeTransientEntry(connection, id))) return;
  await markJournalEntry(connection, id, status, dropped);
}

/** Entries with all that belongs to them. */
export async function removeJournalEntries(
  { journal }: MongoConnection,
  ids: readonly string[],
): Promise<void> {
  for (const chunk of chunksOf(ids)) {
    // Without its head an entry is not there; parts that a crash leaves behind are nobody's.
    await journal.deleteMany({ entry: { $in: chunk } });
    await journal.deleteMany({ part_of: { $in: chunk } });
  }
}

export async function takeOverJournalEntry(
  { journal }: MongoConnection,
  id: string,
  from: string,
  { name }: LockOwner,
): Promise<boolean> {
  const filter = { entry: id, status: 'applying', owner: from };
  const { modifiedCount } = await journal.updateOne(filter, { $set: { owner: name } });
  return toNumber(modifiedCount) > 0;
}

/** Somebody who finishes our entry, since we were slow, is waited for so long. */
const FINISH_WAIT_MS = 10_000;
const LOOK_EVERY_MS = 100;

/** Workflows of an entry that somebody else has taken over from this owner, and has written. */
export async function keptByOthers(
  { journal }: MongoConnection,
  { id, owner, patches, transient = false }: JournalEntry,
): Promise<ReadonlySet<string>> {
  for (let waited = 0; ; waited += LOOK_EVERY_MS) {
    const head = await journal.findOne({ entry: id }, { projection: { owner: 1, status: 1, dropped: 1 } });
    // A transient entry is gone when it is written.
    if (!head && transient) return new Set(patches.map(({ workflowKey }) => workflowKey));
    if (!head || head['owner'] === owner) return new Set();
    if (head['status'] !== 'applying' || waited >= FINISH_WAIT_MS) {
      const dropped = new Set((head['dropped'] ?? []) as readonly string[]);
      return new Set(patches.map(({ workflowKey }) => workflowKey).filter((key) => !dropped.has(key)));
    }
    await sleep(LOOK_EVERY_MS);
  }
}
