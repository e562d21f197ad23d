/** Takes back what a command changed: its journal entries from the last to the first, workflow by workflow. */
import { planUndo } from '../../domain/journal/undo-plan';
import type { UndoOutcome } from '../../domain/journal/undo';
import type { Firework } from '../../domain/model';
import {
  fireworksOf,
  insertedBy,
  invertPatch,
  isEmptyPatch,
  isStructural,
  lockKeysOf,
  workflowChangeOf,
  type WorkflowPatch,
} from '../../domain/patch';
import type { JournalEntry, LaunchPadStore, LockOwner } from '../../storage/launchpad-store';
import { acquireLocks } from '../locks/acquire-locks';
import { lockGuard } from '../locks/lock-guard';
import { linkedBy, readViews, withPatchedLaunches } from '../read-views';
import { importedBy } from './import-entry';
import { undoImport } from './undo-import';
import type { FireworkUndo, UndoReport, UndoRequest } from './undo-report';
import { createJournalEntry, createLockOwner, type RunContext } from '../run-context';

export type { FireworkUndo, UndoReport };

const LOCK_WAIT_MS = 60_000;
const MOST_TRIES = 3;

/** `entries` are those of one run, the last first. */
export async function undoRun(
  store: LaunchPadStore,
  request: UndoRequest,
  context: RunContext,
): Promise<UndoReport> {
  const fireworks: FireworkUndo[] = [];
  let batch = 0;
  let committed = false;
  for (const entry of request.entries) {
    const outcomes: FireworkUndo[] = [];
    const imported = importedBy(entry);
    if (imported) {
      const { journalId, fireworks: taken } = await undoImport(store, entry, imported, request, context);
      committed ||= journalId !== undefined;
      outcomes.push(...taken);
    }
    let todo: readonly WorkflowPatch[] = entry.patches;
    for (let tries = 1; todo.length > 0; tries += 1) {
      const result = await undoPatches(
        store,
        { entry, todo, batch, request, lastTry: tries === MOST_TRIES },
        context,
      );
      outcomes.push(...result.outcomes);
      committed ||= result.committed;
      todo = result.again;
      batch += 1;
    }
    fireworks.push(...outcomes);
    const whole = outcomes.every(({ outcome }) => outcome === 'restored');
    if (whole && !request.dryRun) await store.markJournalEntry(entry.id, 'undone');
  }
  fireworks.sort((one, other) => one.fwId - other.fwId);
  return { ...(committed ? { journalId: context.run } : {}), fireworks };
}

interface Attempt {
  readonly entry: JournalEntry;
  readonly todo: readonly WorkflowPatch[];
  readonly batch: number;
  readonly request: UndoRequest;
  readonly lastTry: boolean;
}

interface AttemptResult {
  readonly outcomes: readonly FireworkUndo[];
  readonly again: readonly WorkflowPatch[];
  readonly committed: boolean;
}

async function undoPatches(
  store: LaunchPadStore,
  { entry, todo, batch, request, lastTry }: Attempt,
  context: RunContext,
): Promise<AttemptResult> {
  if (request.dryRun) {
    const plans = await planAll(store, entry, todo, context);
    return { outcomes: plans.flatMap((plan) => plan.outcomes), again: [], committed: false };
  }
  const owner = createLockOwner(context);
  // Asked of what would be written: a workflow that was deleted has no lock to take.
  const keys = lockKeysOf(todo.map(invertPatch));
  const { locked, busy } = await acquireLocks(store, keys, owner, request.lockWaitMs ?? LOCK_WAIT_MS);
  const locks = lockGuard(store, locked, owner);
  try {
    const needed = new Set(keys);
    const free = todo.map(({ workflowKey }) => workflowKey).filter((key) => !needed.has(key));
    const held = new Set([...locked, ...free]);
    const mine = todo.filter(({ workflowKey }) => held.has(workflowKey));
    const others = todo.filter(({ workflowKey }) => !held.has(workflowKey));
    const stuck =
      busy.length > 0 ? others.flatMap((patch) => failedPatch(patch, 'its workflow stayed locked')) : [];
    const result = await commitUndo(
      locks.store,
      { entry, todo: mine, batch, request, lastTry },
      owner,
      context,
    );
    return { ...result, outcomes: [...result.outcomes, ...stuck] };
  } finally {
    await locks.release();
  }
}

async function commitUndo(
  store: LaunchPadStore,
  { entry, todo, batch, lastTry }: Attempt,
  owner: LockOwner,
  context: RunContext,
): Promise<AttemptResult> {
  const plans = await planAll(store, entry, todo, context);
  const outcomes: FireworkUndo[] = [];
  const writing = plans.filter(({ patch, outcomes: planned }) => {
    if (isEmptyPatch(patch)) outcomes.push(...planned);
    return !isEmptyPatch(patch);
  });
  if (writing.length === 0) return { outcomes, again: [], committed: false };
  const patches = writing.map(({ patch }) => patch);
  const results = await store.commitPatches(
    createJournalEntry(context, batch, patches, { of: entry.run }),
    owner,
  );
  const again: WorkflowPatch[] = [];
  let committed = false;
  for (const [index, plan] of writing.entries()) {
    const result = results[index];
    const original = todo.find(({ workflowKey }) => workflowKey === plan.patch.workflowKey);
    if (result?.kind === 'committed') {
      committed = true;
      outcomes.push(...plan.outcomes);
    } else if (!lastTry && original) again.push(original);
    else if (original) outcomes.push(...failedPatch(original, result?.reason ?? 'changed meanwhile'));
  }
  return { outcomes, again, committed };
}

async function planAll(
  store: LaunchPadStore,
  { createdOn }: JournalEntry,
  todo: readonly WorkflowPatch[],
  { now }: RunContext,
): Promise<readonly ReturnType<typeof planUndo>[]> {
  const read = await readViews(store, todo.flatMap(membersToRead), 'all', 'with parents');
  const views = await withPatchedLaunches(store, read, todo);
  const byKey = new Map(views.map((view) => [view.workflow.key, view]));
  const existing = await readExisting(store, todo.filter(isStructural));
  return todo.map((patch) => {
    const view = byKey.get(patch.workflowKey);
    if (view || isStructural(patch))
      return planUndo({ view, existing, patch, committedOn: createdOn, now: now() });
    const outcomes = fireworksOf(patch).map((fwId) => moved(fwId, 'its workflow was deleted'));
    return { patch: { workflowKey: patch.workflowKey, changes: [] }, outcomes };
  });
}

/** Also whom something was hung below: in a workflow that has not grown, nothing else of the patch is there. */
function membersToRead(patch: WorkflowPatch): readonly number[] {
  const workflow = workflowChangeOf(patch);
  const brought = (workflow && insertedBy(workflow)?.['nodes']) as readonly number[] | undefined;
  return [...fireworksOf(patch), ...linkedBy(patch), ...(brought ?? [])];
}

/** Fireworks that these patches brought or took away, as far as they are there. */
async function readExisting(
  store: LaunchPadStore,
  patches: readonly WorkflowPatch[],
): Promise<ReadonlyMap<number, Firework>> {
  const existing = new Map<number, Firework>();
  const ids = patches.flatMap(fireworksOf);
  if (ids.length === 0) return existing;
  for await (const firework of store.findFireworks({ ids }, 'all')) existing.set(firework.fwId, firework);
  return existing;
}

function moved(fwId: number, reason: string): UndoOutcome {
  return { fwId, name: '', outcome: 'moved on', from: undefined, to: undefined, reason };
}

function failedPatch(patch: WorkflowPatch, reason: string): readonly FireworkUndo[] {
  return fireworksOf(patch).map((fwId) => ({ ...moved(fwId, reason), outcome: 'failed' }));
}
