/** Takes the locks of workflows, after finishing what dead processes left half done in them. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { LaunchPadStore, LockOwner, LockResult } from '../../storage/launchpad-store';
import { finishDeadHolders } from './finish-dead-owners';

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
    const freed = await finishDeadHolders(store, busy);
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
