/** Commits a plan that was written to a file, where every document still is what the plan found. */
import { fireworksOf, lockKeysOf, type WorkflowPatch } from '../../domain/patch';
import { findDrift, restamp } from '../../domain/journal/plan-drift';
import type { LaunchPadStore } from '../../storage/launchpad-store';
import { acquireLocks } from '../locks/acquire-locks';
import { finishDeadOwners } from '../locks/finish-dead-owners';
import { lockGuard } from '../locks/lock-guard';
import { readViews } from '../read-views';
import { restampArchive } from '../rerun/archive-removed';
import { createJournalEntry, createLockOwner, type RunContext } from '../run-context';

export { fireworksOf };

export interface ApplyReport {
  /** Undefined when nothing was written. */
  readonly journalId?: string;
  readonly workflows: number;
  readonly fireworks: readonly number[];
  /** Why workflows were left alone, document by document. */
  readonly drift: readonly string[];
}

const BATCH = 1000;
const LOCK_WAIT_MS = 60_000;

export async function applyPlan(
  store: LaunchPadStore,
  patches: readonly WorkflowPatch[],
  context: RunContext,
  signal?: AbortSignal,
): Promise<ApplyReport> {
  await finishDeadOwners(store);
  const drift: string[] = [];
  const fireworks: number[] = [];
  let workflows = 0;
  for (let start = 0; start < patches.length; start += BATCH) {
    const batch = patches.slice(start, start + BATCH);
    if (signal?.aborted) {
      drift.push(`${String(patches.length - start)} workflows were not done: interrupted before their turn`);
      break;
    }
    const written = await applyBatch(store, batch, start / BATCH, context, drift);
    workflows += written.length;
    for (const patch of written) for (const fwId of fireworksOf(patch)) fireworks.push(fwId);
  }
  return { ...(workflows > 0 ? { journalId: context.run } : {}), workflows, fireworks, drift };
}

async function applyBatch(
  store: LaunchPadStore,
  batch: readonly WorkflowPatch[],
  number: number,
  context: RunContext,
  drift: string[],
): Promise<readonly WorkflowPatch[]> {
  const owner = createLockOwner(context);
  // A workflow that a patch brings is not there to be locked.
  const keys = lockKeysOf(batch);
  const needsLock = new Set(keys);
  const { locked, busy } = await acquireLocks(store, keys, owner, LOCK_WAIT_MS);
  const locks = lockGuard(store, locked, owner);
  try {
    for (const key of busy) drift.push(`workflow ${key} stayed locked, or was deleted`);
    const held = new Set(locked);
    const views = await readViews(store, batch.flatMap(fireworksOf), 'all');
    const byKey = new Map(views.map((view) => [view.workflow.key, view]));
    const fitting = batch.filter((patch) => {
      const view = byKey.get(patch.workflowKey);
      if (!needsLock.has(patch.workflowKey)) {
        if (view) drift.push(`workflow ${view.workflow.name} is there already`);
        return !view;
      }
      if (!held.has(patch.workflowKey)) return false;
      const found = view ? findDrift(view, patch) : [`workflow ${patch.workflowKey} was deleted`];
      drift.push(...found);
      return found.length === 0;
    });
    if (fitting.length === 0) return [];
    const stamped = fitting.map((patch) => restampArchive(restamp(patch, context.now()), context));
    const outcomes = await locks.store.commitPatches(createJournalEntry(context, number, stamped, {}), owner);
    for (const outcome of outcomes) if (outcome.kind === 'conflict') drift.push(outcome.reason);
    return stamped.filter((_, index) => outcomes[index]?.kind === 'committed');
  } finally {
    await locks.release();
  }
}
