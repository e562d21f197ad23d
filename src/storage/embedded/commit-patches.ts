/**
 * Commits patches: the journal and every change in one transaction, so that after a crash all of it is there or nothing.
 * A workflow of which a guard does not hold is left out whole.
 */
import type { DocumentChange, WorkflowPatch } from '../../domain/patch';
import type { StoredDocument } from '../documents';
import type { CommitOutcome, JournalEntry, LockOwner } from '../launchpad-store';
import { applyChange, findConflict } from './apply-change';
import { putJournalEntry } from './journal';
import type { EmbeddedDatabase, Tables } from './lmdb/database';
import { getForChange, putFirework, putLaunch, putWorkflow } from './lmdb/put-documents';
import { holdsLock, releaseLocks } from './workflow-lock';

export function commitPatches(
  database: EmbeddedDatabase,
  entry: JournalEntry,
  owner: LockOwner,
  journal: boolean,
): readonly CommitOutcome[] {
  return database.write((tables) => {
    const outcomes = entry.patches.map((patch) => commitPatch(tables, patch, owner));
    // Nothing of it is left to be done once the transaction is; what conflicted leaves no trace.
    const patches = entry.patches.filter((_, index) => outcomes[index]?.kind === 'committed');
    if (journal && patches.length > 0) putJournalEntry(tables, { ...entry, patches, status: 'done' });
    releaseLocks(
      tables,
      entry.patches.map(({ workflowKey }) => workflowKey),
      owner,
    );
    return outcomes;
  });
}

function commitPatch(tables: Tables, patch: WorkflowPatch, owner: LockOwner): CommitOutcome {
  if (!holdsLock(tables, patch.workflowKey, owner)) {
    return {
      kind: 'conflict',
      reason: `the lock of workflow ${patch.workflowKey} was taken over by another process`,
    };
  }
  const changed = patch.changes.map((change) => ({ change, before: readBefore(tables, change) }));
  for (const { change, before } of changed) {
    const reason = findConflict(change, before);
    if (reason !== undefined) return { kind: 'conflict', reason };
  }
  for (const { change, before } of changed) {
    if (before) write(tables, change, applyChange(change, before), before);
  }
  return { kind: 'committed' };
}

function readBefore(tables: Tables, { collection, id }: DocumentChange): StoredDocument | undefined {
  if (collection === 'workflows') return getForChange(tables.workflows, String(id));
  return getForChange(tables[collection], Number(id));
}

function write(
  tables: Tables,
  { collection, id }: DocumentChange,
  after: StoredDocument,
  before: StoredDocument,
): void {
  if (collection === 'fireworks') putFirework(tables, after, before);
  else if (collection === 'launches') putLaunch(tables, after, before);
  else putWorkflow(tables, String(id), after, before);
}
