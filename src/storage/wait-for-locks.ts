/** Waits for locks that others hold, in either store: in pauses that double. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { LockResult } from './launchpad-store';

export interface Pauses {
  readonly firstMs: number;
  readonly longestMs: number;
}

/** `tryLock` takes those of the keys that are free. */
export async function waitForLocks(
  keys: readonly string[],
  waitMs: number,
  { firstMs, longestMs }: Pauses,
  tryLock: (keys: readonly string[]) => readonly string[] | Promise<readonly string[]>,
): Promise<LockResult> {
  const deadline = Date.now() + waitMs;
  const locked: string[] = [];
  let wanted = keys;
  for (let pause = firstMs; ; pause = Math.min(2 * pause, longestMs)) {
    const taken = await tryLock(wanted);
    locked.push(...taken);
    const held = new Set(taken);
    wanted = wanted.filter((key) => !held.has(key));
    if (wanted.length === 0 || Date.now() >= deadline) return { locked, busy: wanted };
    await sleep(Math.min(pause, Math.max(1, deadline - Date.now())));
  }
}
