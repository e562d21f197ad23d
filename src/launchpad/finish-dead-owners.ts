/**
 * Finishes what processes that died left behind: journal entries that were being applied, and locks. Several may try at
 * once; an entry, and each lock, goes to one of them (rerun.md, section 5).
 */
import type { WorkflowView } from '../domain/model';
import { planFinish } from '../domain/finish-plan';
import { isEmptyPatch, type WorkflowPatch } from '../domain/patch';
import type { JournalEntry, LaunchPadStore, LockHolder, LockOwner } from '../storage/launchpad-store';
import { readViews } from './read-views';
import { refreshWorkflows } from './refresh-workflows';
import {
  createJournalEntry,
  createLockOwner,
  createRunContext,
  isOwnerDead,
  LOCK_EXPIRY_MS,
} from './run-context';

export interface Finished {
  /** Journal entries that were taken to their end. */
  readonly entries: number;
  /** Workflows whose lock was left by a dead process. */
  readonly locks: number;
}

const LOCK_WAIT_MS = 10_000;

/** Everything that dead processes left: what `lpad repair` does, and every command that changes something before it. */
export async function finishDeadOwners(store: LaunchPadStore): Promise<Finished> {
  const now = new Date();
  const dead = new Set<string>();
  for await (const { owner: name, createdOn } of store.findJournalEntries({ status: 'applying' })) {
    if (isOwnerDead({ name, expiresAt: createdOn.getTime() + LOCK_EXPIRY_MS }, now)) dead.add(name);
  }
  return finishAll(store, dead);
}

/** The same, and every lock of a dead process without an entry. Looks at all workflows: for `lpad repair`. */
export async function repairAll(store: LaunchPadStore): Promise<Finished> {
  const now = new Date();
  const first = await finishDeadOwners(store);
  const dead = new Set<string>();
  for (const { owner } of await store.findLockHolders())
    if (owner && isOwnerDead(owner, now)) dead.add(owner.name);
  const second = await finishAll(store, dead);
  return { entries: first.entries + second.entries, locks: first.locks + second.locks };
}

async function finishAll(store: LaunchPadStore, owners: Iterable<string>): Promise<Finished> {
  let [entries, locks] = [0, 0];
  for (const owner of owners) {
    const finished = await finishDeadOwner(store, owner);
    entries += finished.entries;
    locks += finished.locks;
  }
  return { entries, locks };
}

export async function finishDeadOwner(store: LaunchPadStore, dead: string): Promise<Finished> {
  const context = createRunContext({ operation: 'repair', commandLine: [] });
  const me = createLockOwner(context);
  let entries = 0;
  for await (const entry of store.findJournalEntries({ status: 'applying' })) {
    if (entry.owner !== dead || !(await store.takeOverJournalEntry(entry.id, dead, me))) continue;
    await finishEntry(store, entry, dead, me);
    entries += 1;
  }
  // What is locked still had no entry: a process that died before it wrote one, or a rocket.
  const holders = await store.findLockHolders();
  const left = holders.filter(({ owner }) => owner?.name === dead);
  for (const holder of left) await resync(store, holder, dead);
  return { entries, locks: left.length };
}

async function finishEntry(
  store: LaunchPadStore,
  entry: JournalEntry,
  dead: string,
  me: LockOwner,
): Promise<void> {
  const keys = entry.patches.map(({ workflowKey }) => workflowKey);
  const taken = await store.takeOverLocks(keys, dead, me);
  const mine = new Set(taken);
  const rest = keys.filter((key) => !mine.has(key));
  // Workflows that the dead process released are finished; they are looked at all the same, under a lock.
  const { locked } = await store.lockWorkflows(rest, me, LOCK_WAIT_MS);
  const dropped: string[] = [];
  try {
    const views = await viewsOf(store, entry.patches);
    const left: WorkflowPatch[] = [];
    for (const patch of entry.patches) {
      const view = views.get(patch.workflowKey);
      const plan = view && planFinish(view, patch, new Date());
      if (!plan || plan.untouched) dropped.push(patch.workflowKey);
      else if (!isEmptyPatch(plan.patch)) left.push(plan.patch);
    }
    const context = createRunContext({ operation: 'repair', commandLine: [] });
    if (left.length > 0) {
      await store.commitPatches({ ...createJournalEntry(context, 0, left, {}), owner: me.name }, me, {
        journal: false,
      });
    }
    await store.markJournalEntry(entry.id, 'done', dropped);
  } finally {
    await store.unlockWorkflows([...taken, ...locked], me);
  }
}

async function viewsOf(
  store: LaunchPadStore,
  patches: readonly WorkflowPatch[],
): Promise<ReadonlyMap<string, WorkflowView>> {
  const ids = patches.flatMap(({ changes }) => changes.filter(isFirework).map(({ id }) => Number(id)));
  const views = await readViews(store, ids, 'all');
  return new Map(views.map((view) => [view.workflow.key, view]));
}

function isFirework({ collection }: WorkflowPatch['changes'][number]): boolean {
  return collection === 'fireworks';
}

/** Releases the lock, makes the workflow's notes follow its Fireworks, and refreshes them all. */
async function resync(
  store: LaunchPadStore,
  { workflowKey, member }: LockHolder,
  dead: string,
): Promise<void> {
  await store.unlockWorkflows([workflowKey], { name: dead });
  for await (const { nodes } of store.findWorkflows({ members: [member] })) {
    await refreshWorkflows(store, { fwIds: nodes, now: () => new Date(), lockWaitMs: LOCK_WAIT_MS });
  }
}
