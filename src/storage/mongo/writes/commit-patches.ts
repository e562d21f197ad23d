/**
 * Commits patches: the journal first, then the members, then the workflow documents, whose write releases the lock. Each
 * write restates its guards; where one no longer holds, what was written of that workflow is taken back.
 */
import {
  insertedBy,
  invertPatch,
  isOrphanKey,
  memberChangesOf,
  removedBy,
  workflowChangeOf,
  type DocumentChange,
  type WorkflowPatch,
} from '../../../domain/patch';
import type { CommitOutcome, JournalEntry, LockOwner } from '../../launchpad-store';
import { insertWorkflows, locksHeldBy, removeInsertedWorkflow } from './commit-structure';
import { commitWorkflows } from './commit-workflows';
import type { MongoConnection } from '../connection';
import { keptByOthers, markJournalEntry, removeTransientEntry, writeJournalEntry } from '../journal';
import { writeChanges } from './write-changes';
import { release } from './write-documents';
import { unlockWorkflows } from '../workflow-lock';

export async function commitPatches(
  connection: MongoConnection,
  entry: JournalEntry,
  owner: LockOwner,
  journal: boolean,
): Promise<readonly CommitOutcome[]> {
  const { patches } = entry;
  if (journal) await writeJournalEntry(connection, entry);
  const conflicts = new Map<string, string>();
  await insertWorkflows(connection, patches, owner);
  const held = journal ? await locksHeldBy(connection, patches, owner) : allOf(patches);
  const isMine = ({ workflowKey }: WorkflowPatch): boolean =>
    held.has(workflowKey) || isOrphanKey(workflowKey);
  for (const patch of patches) {
    if (!isMine(patch)) conflicts.set(patch.workflowKey, 'the lock of its workflow was taken over');
  }
  const mine = patches.filter(isMine);
  const { failed, written } = await writeMembers(connection, mine);
  for (const patch of mine) {
    const reason = patch.changes.map((change) => failed.get(change)).find((one) => one !== undefined);
    if (reason !== undefined) conflicts.set(patch.workflowKey, reason);
  }
  const writable = mine.filter(({ workflowKey }) => !conflicts.has(workflowKey));
  const lost = await commitWorkflows(connection, writable, owner);
  for (const [key, reason] of lost) conflicts.set(key, reason);
  const broken = mine.filter(({ workflowKey }) => conflicts.has(workflowKey));
  if (broken.length > 0) {
    const finished = await finishedByOthers(connection, { entry, owner, journal, patches: broken });
    for (const patch of broken)
      if (!finished.has(patch.workflowKey)) await takeBack(connection, patch, written, owner);
  }
  if (conflicts.size > 0) await unlockWorkflows(connection, [...conflicts.keys()], owner);
  if (journal && entry.transient) await removeTransientEntry(connection, entry.id, owner.name);
  else if (journal) await markJournalEntry(connection, entry.id, 'done', [...conflicts.keys()], owner.name);
  return patches.map(({ workflowKey }) => {
    const reason = conflicts.get(workflowKey);
    return reason === undefined ? { kind: 'committed' } : { kind: 'conflict', reason };
  });
}

/**
 * What is written without a journal are states, guarded one by one and found again by any refresh: that the lock is still
 * held is asked with the last write.
 */
function allOf(patches: readonly WorkflowPatch[]): ReadonlySet<string> {
  return new Set(patches.map(({ workflowKey }) => workflowKey));
}

interface Broken {
  readonly entry: JournalEntry;
  readonly owner: LockOwner;
  readonly journal: boolean;
  readonly patches: readonly WorkflowPatch[];
}

/** We were so slow that somebody believed us dead, and has written the rest: then it is not ours to take back. */
async function finishedByOthers(
  connection: MongoConnection,
  { entry, owner, journal, patches }: Broken,
): Promise<ReadonlySet<string>> {
  if (!journal) return new Set();
  const held = await locksHeldBy(connection, patches, owner);
  if (patches.every(({ workflowKey }) => held.has(workflowKey) || isOrphanKey(workflowKey))) return new Set();
  // Whoever finished the entry in our place, and saw nothing written, will not come back to it.
  return keptByOthers(connection, entry);
}

/**
 * Rockets claim without a lock: what they may claim goes first and comes last, so that all the rest can still be taken
 * back. What belongs to a Firework goes after it and comes before it.
 */
const PHASES: readonly ((change: DocumentChange) => boolean)[] = [
  (change) => change.collection === 'fireworks' && removedBy(change)?.['state'] === 'READY',
  (change) =>
    !becomesReady(change) && (change.collection === 'fireworks' ? !insertedBy(change) : !isWhole(change)),
  (change) => change.collection !== 'fireworks',
  (change) => insertedBy(change) !== undefined,
  becomesReady,
];

function phaseOf(change: DocumentChange): number {
  return PHASES.findIndex((belongs) => belongs(change));
}

function isWhole(change: DocumentChange): boolean {
  return insertedBy(change) !== undefined || removedBy(change) !== undefined;
}

function becomesReady({ fields }: DocumentChange): boolean {
  return fields.some(({ path, after }) => path[0] === 'state' && after === 'READY');
}

interface MembersWritten {
  readonly failed: ReadonlyMap<DocumentChange, string>;
  readonly written: ReadonlySet<DocumentChange>;
}

/** Of a workflow of which something could not be written, nothing more is. */
async function writeMembers(
  connection: MongoConnection,
  patches: readonly WorkflowPatch[],
): Promise<MembersWritten> {
  const failed = new Map<DocumentChange, string>();
  const written = new Set<DocumentChange>();
  let intact = patches;
  for (const phase of PHASES.keys()) {
    const todo = intact.flatMap(memberChangesOf).filter((change) => phaseOf(change) === phase);
    if (todo.length === 0) continue;
    for (const [change, reason] of await writeChanges(connection, todo)) failed.set(change, reason);
    for (const change of todo) if (!failed.has(change)) written.add(change);
    intact = intact.filter(({ changes }) => !changes.some((change) => failed.has(change)));
  }
  return { failed, written };
}

/** Takes back what was written of a workflow of which something could not be written. */
async function takeBack(
  connection: MongoConnection,
  patch: WorkflowPatch,
  written: ReadonlySet<DocumentChange>,
  owner: LockOwner,
): Promise<void> {
  const { workflowKey } = patch;
  const { changes } = invertPatch({
    workflowKey,
    changes: memberChangesOf(patch).filter((change) => written.has(change)),
  });
  // Guarded: whoever took up the work in between keeps it.
  for (const phase of PHASES.keys()) {
    const todo = changes.filter((change) => phaseOf(change) === phase);
    if (todo.length > 0) await writeChanges(connection, todo, { oneByOne: true });
  }
  await release(connection, changes);
  if (workflowChangeOf(patch)) await removeInsertedWorkflow(connection, patch, owner);
}
