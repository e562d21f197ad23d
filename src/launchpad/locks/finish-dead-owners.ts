/**
 * Finishes what processes that died left behind: journal entries that were being applied, and locks. Several may try at
 * once, and may die as well: an entry, and each lock, goes to one of them (rerun.md, section 5).
 */
import { isEmptyPatch, isOrphanKey, isStructural, type WorkflowPatch, fireworksOf } from '../../domain/patch';
import { planFinish, wasCommitted, type FinishOptions } from '../../domain/journal/finish-plan';
import type { WorkflowView } from '../../domain/model';
import type {
  JournalEntry,
  LaunchPadStore,
  LockHolder,
  LockOwner,
  Membership,
} from '../../storage/launchpad-store';
import { saysSomething } from '../refresh/plan-refresh';
import { linkedBy, readViews, withPatchedLaunches } from '../read-views';
import { planRefreshes, writeRefreshes } from '../refresh/refresh-locked';
import {
  createJournalEntry,
  createLockOwner,
  createRunContext,
  isOwnerDead,
  LOCK_EXPIRY_MS,
  type RunContext,
} from '../run-context';

export interface Finished {
  /** Journal entries that were taken to their end. */
  readonly entries: number;
  /** Workflows whose lock was left by a dead process. */
  readonly locks: number;
}

/** A rocket that claims a member at the wrong moment makes a plan outdated. */
const MOST_TRIES = 5;
const LOCK_WAIT_MS = 10_000;

/** Entries that dead processes left: what every command that changes something looks after first. */
export async function finishDeadOwners(store: LaunchPadStore): Promise<Finished> {
  const context = createRunContext({ operation: 'repair', commandLine: [] });
  let entries = 0;
  for await (const entry of store.findJournalEntries({ status: 'applying' })) {
    const { owner: name, createdOn } = entry;
    if (!isOwnerDead({ name, expiresAt: createdOn.getTime() + LOCK_EXPIRY_MS }, new Date())) continue;
    const me = createLockOwner(context);
    if (!(await store.takeOverJournalEntry(entry.id, name, me))) continue;
    await finishEntry(store, context, entry, me);
    entries += 1;
  }
  return { entries, locks: 0 };
}

/** The same, and every lock of a dead process without an entry. Looks at all workflows: for `lpad repair`. */
export async function repairAll(store: LaunchPadStore): Promise<Finished> {
  const { entries } = await finishDeadOwners(store);
  return { entries, locks: await freeDeadLocks(store) };
}

/** What dead processes left in these workflows; false when nobody who is dead holds one of them. */
export async function finishDeadHolders(store: LaunchPadStore, keys: readonly string[]): Promise<boolean> {
  if ((await findDeadHolders(store, keys)).length === 0) return false;
  const { entries } = await finishDeadOwners(store);
  return (await freeDeadLocks(store, keys)) + entries > 0;
}

type DeadHolder = LockHolder & { readonly owner: LockOwner };

async function findDeadHolders(
  store: LaunchPadStore,
  keys?: readonly string[],
): Promise<readonly DeadHolder[]> {
  const now = new Date();
  const holders = await store.findLockHolders(keys);
  return holders.filter((one): one is DeadHolder => one.owner !== undefined && isOwnerDead(one.owner, now));
}

/** Takes the dead process's place, and leaves it when all is written. */
async function finishEntry(
  store: LaunchPadStore,
  context: RunContext,
  entry: JournalEntry,
  me: LockOwner,
): Promise<void> {
  const held = await takeDeadLocks(store, entry, me);
  const dropped: string[] = [];
  // What its writer has released is written wholly, or taken back.
  const released = entry.patches.filter(({ workflowKey }) => !held.has(workflowKey));
  const views = await viewsOf(store, released);
  for (const patch of released) {
    if (!wasCommitted(views.get(patch.workflowKey), patch)) dropped.push(patch.workflowKey);
  }
  let todo: readonly WorkflowPatch[] = entry.patches.filter(({ workflowKey }) => held.has(workflowKey));
  for (let tries = 1; todo.length > 0; tries += 1) {
    // The launch that it follows from has ended, whether or not anything of it is written.
    const forward = entry.transient === true;
    const { untouched, again } = await finishPatches(store, context, todo, me, { forward });
    dropped.push(...untouched);
    if (forward) await refreshAll(store, context, me, untouched);
    todo = again;
    // The entry stays ours: when this process ends, somebody else tries.
    if (todo.length > 0 && tries === MOST_TRIES) return;
  }
  await store.markJournalEntry(entry.id, 'done', dropped);
}

/** Also those of others who tried to finish the entry, and died. */
async function takeDeadLocks(
  store: LaunchPadStore,
  { patches }: JournalEntry,
  me: LockOwner,
): Promise<ReadonlySet<string>> {
  const keys = patches.map(({ workflowKey }) => workflowKey).filter((key) => !isOrphanKey(key));
  const names = new Set((await findDeadHolders(store, keys)).map(({ owner }) => owner.name));
  let held: readonly string[] = [];
  for (const name of names) held = await store.takeOverLocks(keys, name, me);
  // What belongs to no workflow is nobody's.
  return new Set([...held, ...patches.map(({ workflowKey }) => workflowKey).filter(isOrphanKey)]);
}

interface FinishedPatches {
  /** Of which nothing is written. */
  readonly untouched: readonly string[];
  readonly again: readonly WorkflowPatch[];
}

async function finishPatches(
  store: LaunchPadStore,
  context: RunContext,
  todo: readonly WorkflowPatch[],
  me: LockOwner,
  options: FinishOptions,
): Promise<FinishedPatches> {
  const [orphans, keys] = [
    todo.map(({ workflowKey }) => workflowKey).filter(isOrphanKey),
    todo.map(({ workflowKey }) => workflowKey).filter((key) => !isOrphanKey(key)),
  ];
  // Ours already, unless a conflict released them.
  const locks = await store.lockWorkflows(keys, me, LOCK_WAIT_MS);
  const mine = new Set([...locks.locked, ...orphans]);
  const failed = new Set(locks.busy);
  const views = await viewsOf(store, todo);
  const untouched: string[] = [];
  const left: WorkflowPatch[] = [];
  for (const patch of todo.filter(({ workflowKey }) => mine.has(workflowKey))) {
    const view = views.get(patch.workflowKey);
    const plan = view && planFinish(view, patch, new Date(), options);
    if (!plan || plan.untouched) untouched.push(patch.workflowKey);
    if (plan && !isEmptyPatch(plan.patch)) left.push(plan.patch);
  }
  const entry = createJournalEntry(context, 0, left, {});
  const outcomes = left.length > 0 ? await store.commitPatches(entry, me, { journal: false }) : [];
  await store.unlockWorkflows(keys, me);
  for (const [at, { workflowKey }] of left.entries()) {
    if (outcomes[at]?.kind === 'conflict') failed.add(workflowKey);
  }
  return {
    untouched: untouched.filter((key) => !failed.has(key)),
    again: todo.filter(({ workflowKey }) => failed.has(workflowKey)),
  };
}

async function viewsOf(
  store: LaunchPadStore,
  patches: readonly WorkflowPatch[],
): Promise<ReadonlyMap<string, WorkflowView>> {
  const ids = patches.flatMap((patch) => [...fireworksOf(patch), ...linkedBy(patch)]);
  const found = ids.length === 0 ? [] : await readViews(store, ids, 'all');
  const read = await withPatchedLaunches(store, found, patches);
  const views = new Map(read.map((view) => [view.workflow.key, view]));
  for (const patch of patches.filter(isStructural)) {
    const { workflowKey } = patch;
    const view = views.get(workflowKey) ?? (isOrphanKey(workflowKey) ? noWorkflow(workflowKey) : undefined);
    if (!view) continue;
    const fireworks = new Map(view.fireworks);
    // Not members of the workflow yet.
    for await (const one of store.findFireworks({ ids: fireworksOf(patch) }, 'all'))
      fireworks.set(one.fwId, one);
    views.set(workflowKey, { ...view, fireworks });
  }
  return views;
}

/** Around a Firework that belongs to none. */
function noWorkflow(key: string): WorkflowView {
  const nothing = { links: new Map(), nodes: [], fwStates: new Map(), metadata: {} };
  const never = new Date(0);
  const workflow = { key, name: '', state: 'READY', ...nothing, createdOn: never, updatedOn: never } as const;
  return { workflow, fireworks: new Map() };
}

/** Locks of dead processes that belong to no entry: of one that died before it wrote one, or of a rocket. */
async function freeDeadLocks(store: LaunchPadStore, keys?: readonly string[]): Promise<number> {
  const holders = await findDeadHolders(store, keys);
  if (holders.length === 0) return 0;
  // Asked after the holders: what has an entry is finished by whoever has that entry.
  const covered = new Set<string>();
  for await (const { patches } of store.findJournalEntries({ status: 'applying' })) {
    for (const { workflowKey } of patches) covered.add(workflowKey);
  }
  const left = new Map<string, DeadHolder[]>();
  for (const holder of holders) {
    if (covered.has(holder.workflowKey)) continue;
    const { name } = holder.owner;
    left.set(name, [...(left.get(name) ?? []), holder]);
  }
  let freed = 0;
  for (const [name, all] of left) freed += await resync(store, name, all);
  return freed;
}

/** Makes the notes of these workflows, all locked by one dead process, follow their Fireworks, and refreshes them. */
async function resync(store: LaunchPadStore, dead: string, holders: readonly DeadHolder[]): Promise<number> {
  const context = createRunContext({ operation: 'repair', commandLine: [] });
  const me = createLockOwner(context);
  const keys = holders.map(({ workflowKey }) => workflowKey);
  const taken = await store.takeOverLocks(keys, dead, me);
  await refreshAll(store, context, me, taken);
  return taken.length;
}

/** Refreshes every member of these workflows, and leaves them unlocked. */
async function refreshAll(
  store: LaunchPadStore,
  context: RunContext,
  me: LockOwner,
  keys: readonly string[],
): Promise<void> {
  if (keys.length === 0) return;
  let todo: ReadonlySet<string> = new Set(keys);
  for (let tries = 1; todo.size > 0 && tries <= MOST_TRIES; tries += 1) {
    const { locked } = await store.lockWorkflows([...todo], me, LOCK_WAIT_MS);
    const members = (await store.findLockHolders(locked)).map(({ member }) => member);
    const memberships: Membership[] = [];
    for await (const { key, nodes } of store.findWorkflows({ members })) {
      if (todo.has(key)) memberships.push({ workflowKey: key, members: nodes, size: nodes.length });
    }
    const plans = (await planRefreshes(store, memberships, { now: context.now })).filter(saysSomething);
    todo = new Set((await writeRefreshes(store, context, me, plans)).keys());
  }
  await store.unlockWorkflows(keys, me);
}
