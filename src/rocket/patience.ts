/** How long a database that does not answer is waited for. */
import { setTimeout as sleep } from 'node:timers/promises';
import { LpadError, messageOf } from '../errors';
import type { RocketLog } from './define-firetask';

const FIRST_PAUSE_MS = 500;
const LONGEST_PAUSE_MS = 15_000;
/** What is left to somebody who was told to hurry. */
const HURRY_MS = 5000;

export const RETRY_FOR_MS = 600_000;

export interface Patience {
  readonly forMs: number;
  readonly logger: RocketLog;
  /** Aborted when there is no time left. */
  readonly hurry?: AbortSignal | undefined;
}

/** Until the time is over; what cannot get better is not tried again. */
export async function retrying<T>(work: () => Promise<T>, { forMs, logger, hurry }: Patience): Promise<T> {
  const start = Date.now();
  for (let pause = FIRST_PAUSE_MS; ; pause = Math.min(2 * pause, LONGEST_PAUSE_MS)) {
    try {
      return await work();
    } catch (error) {
      const deadline = start + (hurry?.aborted ? Math.min(forMs, HURRY_MS) : forMs);
      if (!mayPass(error) || Date.now() + pause > deadline) throw error;
      logger.warn(
        `the database does not answer, trying again in ${String(pause / 1000)} s: ${messageOf(error)}`,
      );
      await sleep(pause, undefined, hurry?.aborted === false ? { signal: hurry } : {}).catch(() => undefined);
    }
  }
}

/** A driver's errors have names or codes of their own; anything else is no matter of waiting. */
function mayPass(error: unknown): boolean {
  if (error instanceof LpadError) return error.code === 'NO_DATABASE';
  return error instanceof Error && ('code' in error || error.name.startsWith('Mongo'));
}

/** Rejects some time after somebody was told to hurry: what hangs then is given up. */
export async function unlessHurried<T>(working: Promise<T>, hurry: AbortSignal | undefined): Promise<T> {
  if (!hurry) return working;
  const settled = new AbortController();
  const given = new Promise<never>((_, reject) => {
    const wait = (): void => {
      sleep(HURRY_MS, undefined, { signal: settled.signal }).then(
        () => reject(new Error('there was no time left')),
        () => undefined,
      );
    };
    if (hurry.aborted) wait();
    else hurry.addEventListener('abort', wait, { once: true, signal: settled.signal });
  });
  // Whoever loses the race may fail later, when nobody listens any more.
  working.catch(() => undefined);
  try {
    return await Promise.race([working, given]);
  } finally {
    settled.abort('settled');
  }
}
