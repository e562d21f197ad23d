/** `_background_tasks`: Firetasks that run again and again beside the others (firetasks.md, section 7). */
import { setTimeout as sleep } from 'node:timers/promises';
import type { ValueObject } from '../../domain/model';
import { messageOf } from '../../errors';
import { isTruthy } from '../../domain/workflow-draft';
import { plain } from '../../specs/plain-values';
import type { RocketLog } from '../define-firetask';
import { objectsIn } from '../firetask-registry';

export type RunBackgroundTask = (task: ValueObject, signal: AbortSignal) => Promise<unknown>;

export interface BackgroundTasks {
  /** Ends the rounds, and waits for what runs just now. */
  stop(): Promise<void>;
  /** Once more those that ask for it, after a success. */
  finish(): Promise<void>;
}

export function startBackgroundTasks(
  spec: ValueObject,
  signal: AbortSignal,
  logger: RocketLog,
  run: RunBackgroundTask,
): BackgroundTasks {
  const all = objectsIn(spec['_background_tasks']);
  const stopping = new AbortController();
  const either = AbortSignal.any([signal, stopping.signal]);
  // The work goes on without one that fails, as in FireWorks.
  const loops = all.map((one) =>
    repeat(one, either, run).catch((error: unknown) => {
      if (!either.aborted) logger.error(`a background task failed: ${messageOf(error)}`);
    }),
  );
  return {
    stop: async () => {
      stopping.abort('the end of the Firework');
      await Promise.all(loops);
    },
    finish: async () => {
      for (const one of all) {
        if (isTruthy(one['run_on_finish'])) await runRound(one, signal, run);
      }
    },
  };
}

async function repeat(background: ValueObject, signal: AbortSignal, run: RunBackgroundTask): Promise<void> {
  const rounds = Number(plain(background['num_launches'] ?? 0));
  const pauseMs = Number(plain(background['sleep_time'] ?? 60)) * 1000;
  for (let round = 1; !signal.aborted; round += 1) {
    await runRound(background, signal, run);
    if (pauseMs > 0) await sleep(pauseMs, undefined, { signal, ref: false }).catch(() => undefined);
    if (round === rounds) return;
  }
}

async function runRound(background: ValueObject, signal: AbortSignal, run: RunBackgroundTask): Promise<void> {
  for (const task of objectsIn(background['tasks'])) {
    if (signal.aborted) return;
    await run(task, signal);
  }
}
