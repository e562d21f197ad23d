/** Heads of journal entries as documents; their patches stand beside them (domain/patch-form.ts). */
import type { ValueObject } from '../domain/model';
import type { WorkflowPatch } from '../domain/patch';
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
    ...(entry.transient ? { transient: true } : {}),
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
    ...(doc['transient'] === true ? { transient: true } : {}),
    status: doc['status'] as JournalEntry['status'],
    patches: patches.filter(({ workflowKey }) => !dropped.has(workflowKey)),
  };
}
