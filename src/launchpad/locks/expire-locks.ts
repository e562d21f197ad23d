/**
 * FireWorks' WFLOCK_EXPIRATION_KILL: a lock that has been waited for long enough is taken by force. Only Python's locks are,
 * which name no owner: of ours it is known whether their owner is alive, and what a dead one left is finished anyway.
 */
import type { LaunchPadStore, LockOwner, LockResult } from '../../storage/launchpad-store';

export interface LockExpiry {
  readonly afterMs: number;
  readonly note: (message: string) => void;
}

/** The store, whose locks expire. Whoever waits for one must wait longer than `afterMs`. */
export function withExpiringLocks(store: LaunchPadStore, { afterMs, note }: LockExpiry): LaunchPadStore {
  const busySince = new Map<string, number>();
  const lockWorkflows = async (
    keys: readonly string[],
    owner: LockOwner,
    waitMs: number,
  ): Promise<LockResult> => {
    const first = await store.lockWorkflows(keys, owner, waitMs);
    const now = Date.now();
    for (const key of first.locked) busySince.delete(key);
    for (const key of first.busy) if (!busySince.has(key)) busySince.set(key, now);
    const expired = first.busy.filter((key) => now - (busySince.get(key) ?? now) >= afterMs);
    if (expired.length === 0) return first;
    const holders = (await store.findLockHolders(expired)).filter((holder) => holder.owner === undefined);
    if (holders.length === 0) return first;
    for (const { member } of holders) note(`FORCIBLY ACQUIRING LOCK, WF: ${String(member)}`);
    await store.forceUnlock(holders);
    const second = await store.lockWorkflows(first.busy, owner, 0);
    for (const key of second.locked) busySince.delete(key);
    return { locked: [...first.locked, ...second.locked], busy: second.busy };
  };
  return { ...store, lockWorkflows };
}
