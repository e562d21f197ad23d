/**
 * The process groups of the programs that Firetasks run just now. Each program has one of its own, so who kills this process
 * alone leaves them running: whoever watches over it is told which they are, and ends them.
 */
import { setTimeout as sleep } from 'node:timers/promises';

/** By the ids of the processes that lead them. */
const running = new Set<number>();
let listener: ((groups: readonly number[]) => void) | undefined;

/** Told whenever one begins or has ended. */
export function watchGroups(listen: (groups: readonly number[]) => void): void {
  listener = listen;
}

/** Returns what to call at its end. */
export function beginGroup(pid: number | undefined): () => void {
  if (pid === undefined) return () => undefined;
  running.add(pid);
  listener?.([...running]);
  return () => {
    running.delete(pid);
    listener?.([...running]);
  };
}

/** False when there is none of this id any more. */
export function signalGroup(pid: number, name: NodeJS.Signals | 0): boolean {
  try {
    process.kill(-pid, name);
    return true;
  } catch {
    return false;
  }
}

const GRACE_MS = 5000;
const LOOK_MS = 50;

/** SIGTERM, and SIGKILL for what is left after a while; those that were still there. */
export async function endGroups(groups: readonly number[], graceMs = GRACE_MS): Promise<readonly number[]> {
  const there = groups.filter((pid) => signalGroup(pid, 'SIGTERM'));
  const deadline = Date.now() + graceMs;
  const isLeft = (): boolean => there.some((pid) => signalGroup(pid, 0));
  while (isLeft() && Date.now() < deadline) await sleep(LOOK_MS);
  for (const pid of there) signalGroup(pid, 'SIGKILL');
  return there;
}
