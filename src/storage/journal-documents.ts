/** Journal entries as documents. A field that was absent has no `b`, one that becomes absent no `a`. */
import type { ValueObject } from '../domain/model';
import {
  ABSENT,
  type Collection,
  type DocumentChange,
  type FieldChange,
  type WorkflowPatch,
} from '../domain/patch';
import { toNumber } from './bson-values';
import type { StoredDocument } from './documents';
import type { JournalEntry } from './launchpad-store';

export function entryToDocument(entry: JournalEntry): StoredDocument {
  return {
    entry: entry.id,
    run: entry.run,
    owner: entry.owner,
    created_on: entry.createdOn,
    user: entry.user,
    host: entry.host,
    command_line: entry.commandLine,
    operation: entry.operation,
    details: entry.details,
    status: entry.status,
  };
}

/** Without the patches that were dropped because they could not be written. */
export function entryFromDocument(doc: StoredDocument, patches: readonly WorkflowPatch[]): JournalEntry {
  const dropped = new Set((doc['dropped'] ?? []) as readonly string[]);
  return {
    id: String(doc['entry']),
    run: String(doc['run']),
    owner: String(doc['owner']),
    createdOn: doc['created_on'] as Date,
    user: String(doc['user']),
    host: String(doc['host']),
    commandLine: doc['command_line'] as readonly string[],
    operation: String(doc['operation']),
    details: doc['details'] as ValueObject,
    status: doc['status'] as JournalEntry['status'],
    patches: patches.filter(({ workflowKey }) => !dropped.has(workflowKey)),
  };
}

/** One changed document, with the workflow that it belongs to. */
export function changeToDocument(
  workflowKey: string,
  { collection, id, fields }: DocumentChange,
): StoredDocument {
  return { w: workflowKey, c: collection, i: id, f: fields.map(fieldToDocument) };
}

function fieldToDocument({ path, before, after, guard }: FieldChange): StoredDocument {
  return {
    p: path,
    ...(before === ABSENT ? {} : { b: before }),
    ...(after === ABSENT ? {} : { a: after }),
    ...(guard ? { g: true } : {}),
  };
}

/** The patches whose changes these are, in their order. */
export function patchesFromDocuments(rows: Iterable<StoredDocument>): readonly WorkflowPatch[] {
  const patches = new Map<string, DocumentChange[]>();
  for (const row of rows) {
    const key = String(row['w']);
    const changes = patches.get(key) ?? [];
    patches.set(key, changes);
    changes.push({
      collection: row['c'] as Collection,
      id: typeof row['i'] === 'string' ? row['i'] : toNumber(row['i']),
      fields: (row['f'] as readonly StoredDocument[]).map(fieldFromDocument),
    });
  }
  return [...patches].map(([workflowKey, changes]) => ({ workflowKey, changes }));
}

function fieldFromDocument(doc: StoredDocument): FieldChange {
  return {
    path: doc['p'] as readonly string[],
    before: 'b' in doc ? doc['b'] : ABSENT,
    after: 'a' in doc ? doc['a'] : ABSENT,
    guard: doc['g'] === true,
  };
}
