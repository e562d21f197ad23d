/** Takes the locks of workflows, after finishing what dead processes left half done in them. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { LaunchPadStore, LockOwner, LockResult } from '../storage/launchpad-store';
import { finishDeadOwner } from './finish-dead-owners';
import { isOwnerDead } from './run-context';

const LOOK_EVERY_MS = 1000;

export async function acquireLocks(
  store: LaunchPadStore,
  keys: readonly string[],
  owner: LockOwner,
  waitMs: number,
): Promise<LockResult> {
  const deadline = Date.now() + waitMs;
  let { locked, busy } = await store.lockWorkflows(keys, owner, 0);
  while (busy.length > 0) {
    const freed = await freeFromDead(store, busy);
    const left = deadline - Date.now();
    if (!freed && left <= 0) break;
    // Whoever finishes the work of a dead process may die as well: look again now and then.
    const result = await store.lockWorkflows(busy, owner, Math.max(0, Math.min(left, LOOK_EVERY_MS)));
    locked = [...locked, ...result.locked];
    if (result.busy.length === busy.length && left > 0) await sleep(10);
    busy = result.busy;
  }
  return { locked, busy };
}

/** Whether a dead process held one of these locks: its work is finished now, and its locks are free. */
async function freeFromDead(store: LaunchPadStore, keys: readonly string[]): Promise<boolean> {
  const holders = await store.findLockHolders(keys);
  const dead = new Map<string, LockOwner>();
  for (const { owner } of holders) if (owner && isOwnerDead(owner, new Date())) dead.set(owner.name, owner);
  for (const owner of dead.keys()) await finishDeadOwner(store, owner);
  return dead.size > 0;
}
