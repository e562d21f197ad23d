/** The journal of what was changed. What may still change of an entry stands apart: marking a large one is cheap. */
import { patchesFromForms, patchToForms, type ChangeForm } from '../../domain/patch-form';
import { fromBson } from '../bson-values';
import type { StoredDocument } from '../documents';
import { entryFromDocument, entryToDocument } from '../journal-documents';
import type { JournalEntry, JournalHead, LockOwner } from '../launchpad-store';
import { scan } from './lmdb/chunks';
import type { EmbeddedDatabase, Tables } from './lmdb/database';
import { decode, encode } from './lmdb/stored-bytes';

export interface JournalFilter {
  readonly run?: string;
  readonly limit?: number;
  readonly status?: JournalEntry['status'];
}

/** What may change of an entry, and what entries are looked for by. */
interface Head {
  readonly status: JournalEntry['status'];
  readonly run: string;
  readonly owner: string;
  /** Keys of workflows whose patches were not written. */
  readonly dropped: readonly string[];
}

/** Inside of a transaction. */
export function putJournalEntry({ journal, journalHeads }: Tables, entry: JournalEntry): void {
  const changes = entry.patches.flatMap(patchToForms);
  journal.putSync(entry.id, encode({ ...entryToDocument(entry), changes }));
  const { status, run, owner } = entry;
  journalHeads.putSync(entry.id, encode({ status, run, owner, dropped: [] }));
}

function readHead({ journalHeads }: Tables, id: string): Head | undefined {
  const bytes = journalHeads.getBinary(id);
  return bytes && (decode(bytes) as unknown as Head);
}

export async function* findJournalEntries(
  database: EmbeddedDatabase,
  { run, limit = 0, status }: JournalFilter,
): AsyncIterable<JournalEntry> {
  let count = 0;
  for await (const { key, bytes } of scan(database, (tables) => tables.journalHeads, { reverse: true })) {
    const head = decode(bytes) as unknown as Head;
    if ((status && head.status !== status) || (run && head.run !== run)) continue;
    const entry = getJournalEntry(database, key);
    if (!entry) continue;
    yield entry;
    count += 1;
    if (count === limit) return;
  }
}

export async function* findJournalHeads(database: EmbeddedDatabase): AsyncIterable<JournalHead> {
  for await (const { key, bytes } of scan(database, (tables) => tables.journalHeads, { reverse: true })) {
    const { status, run } = decode(bytes) as unknown as Head;
    const entry = database.read(({ journal }) => journal.getBinary(key));
    if (entry) yield { id: key, run, status, createdOn: decode(entry)['created_on'] as Date };
  }
}

export function getJournalEntry(database: EmbeddedDatabase, id: string): JournalEntry | undefined {
  const found = database.read((tables) => {
    const [entry, head] = [tables.journal.getBinary(id), readHead(tables, id)];
    return entry && head && { doc: decode(entry), head };
  });
  if (!found) return undefined;
  const { status, owner, dropped } = found.head;
  const doc = fromBson({ ...found.doc, status, owner }) as StoredDocument;
  const patches = patchesFromForms(doc['changes'] as readonly ChangeForm[]);
  return entryFromDocument(
    doc,
    patches.filter(({ workflowKey }) => !dropped.includes(workflowKey)),
  );
}

export function markJournalEntry(
  database: EmbeddedDatabase,
  id: string,
  status: JournalEntry['status'],
  dropped: readonly string[] = [],
): void {
  database.write((tables) => {
    const head = readHead(tables, id);
    if (!head) return;
    const all = [...new Set([...head.dropped, ...dropped])];
    tables.journalHeads.putSync(id, encode({ ...head, status, dropped: all }));
  });
}

/** Entries with all that belongs to them. */
export function removeJournalEntries(database: EmbeddedDatabase, ids: readonly string[]): void {
  database.write(({ journal, journalHeads }) => {
    for (const id of ids) {
      journal.removeSync(id);
      journalHeads.removeSync(id);
    }
  });
}

/** Makes an entry that is still applying somebody else's to finish. */
export function takeOverJournalEntry(
  database: EmbeddedDatabase,
  id: string,
  from: string,
  owner: LockOwner,
): boolean {
  return database.write((tables) => {
    const head = readHead(tables, id);
    if (head?.status !== 'applying' || head.owner !== from) return false;
    tables.journalHeads.putSync(id, encode({ ...head, owner: owner.name }));
    return true;
  });
}
