/** Between `rlaunch multi` and the processes that it starts: who each is, and what it runs just now. */

import { watchGroups } from '../process-groups';

/** What a process of a pool is told in its environment. */
export const PROCESS_VARIABLES = {
  name: 'LPAD_PROCESS_NAME',
  /** For Firetasks: names of nodes, separated by commas, and how many processors there are. */
  nodes: 'LPAD_NODE_LIST',
  processors: 'LPAD_SUB_NPROCS',
} as const;

/** Undefined while it runs nothing. */
export interface RunningNow {
  readonly fwId: number;
  readonly launchId: number;
}

export type PoolMessage =
  | { readonly running: RunningNow | null }
  /** Process groups of the programs that it has begun, by their leaders. */
  | { readonly groups: readonly number[] };

export function isPoolMessage(message: unknown): message is PoolMessage {
  return typeof message === 'object' && message !== null && ('running' in message || 'groups' in message);
}

export interface PoolPlace {
  /** `Process-3`. */
  readonly name: string;
  tell(running: RunningNow | undefined): void;
  /** Aborted when the pool is gone: what runs is finished, and nothing else begun. */
  readonly orphaned: AbortSignal;
}

/** Where this process stands in a pool; undefined for one that somebody started by hand. */
export function poolPlace(env: Readonly<Record<string, string | undefined>>): PoolPlace | undefined {
  const name = env[PROCESS_VARIABLES.name];
  if (name === undefined || process.send === undefined) return undefined;
  const orphaned = new AbortController();
  process.once('disconnect', () => orphaned.abort());
  // A process is not kept alive by its line to the others.
  process.channel?.unref();
  const send = (message: PoolMessage): void => {
    if (process.connected) process.send?.(message, undefined, undefined, () => undefined);
  };
  watchGroups((groups) => send({ groups }));
  return { name, orphaned: orphaned.signal, tell: (running) => send({ running: running ?? null }) };
}
