/** Runs the Firetasks of a Firework, one after the other, and gathers what they return (semantics.md, sections 4 and 8). */
import { setTimeout as sleep } from 'node:timers/promises';
import { specAfter } from '../../domain/actions/action-plan';
import {
  accumulate,
  checkAction,
  createAction,
  endsTaskList,
  wholeAction,
  type Accumulated,
  type FWAction,
} from '../../domain/actions/fw-action';
import type { Checkpoint, ValueObject } from '../../domain/model';
import { applyMods } from '../../specs/dict-mods/dict-mods';
import { plain } from '../../specs/plain-values';
import { withStoredGrowth } from '../../specs/workflow-files/growth';
import { FiretaskError, type FiretaskContext } from '../define-firetask';
import { takeActionFile } from '../directory/action-file';
import type { FiretaskRegistry } from '../firetask-registry';
import { InterruptedError } from '../result/failure';

/** What is the same for all Firetasks of a launch. */
export interface TaskSurroundings extends Pick<
  FiretaskContext,
  'launchDir' | 'fwId' | 'launchId' | 'env' | 'worker' | 'logger' | 'output' | 'signal'
> {
  readonly registry: FiretaskRegistry;
  /** How long a Firetask that was told to stop may take. */
  readonly graceMs: number;
  /** Aborted when it may take no time at all any more. */
  readonly hurry?: AbortSignal | undefined;
}

export interface TaskRun {
  readonly tasks: readonly ValueObject[];
  /** The same as they are stored, without the values of their markers. */
  readonly stored: readonly ValueObject[];
  /** As the first Firetask that runs sees it. */
  readonly spec: ValueObject;
  /** Where to begin, and with what. */
  readonly start: Checkpoint;
  readonly checkpoint: (reached: Checkpoint) => Promise<void>;
}

export type TasksOutcome = {
  /** As the last Firetask left it. */
  readonly spec: ValueObject;
} & (
  | { readonly kind: 'done'; readonly action: FWAction }
  /** `task` is null for a failure outside of a Firetask. */
  | { readonly kind: 'failed'; readonly error: unknown; readonly task: ValueObject | null }
);

export async function runTasks(run: TaskRun, surroundings: TaskSurroundings): Promise<TasksOutcome> {
  const { logger, launchDir, signal } = surroundings;
  const { _task_n: first, ...restored } = run.start;
  let all: Accumulated = restored;
  let spec = run.spec;
  let last = createAction();
  let failing: ValueObject | null = null;
  try {
    for (const [index, task] of run.tasks.entries()) {
      if (index < first) continue;
      await run.checkpoint({ _task_n: index, ...all });
      if (signal.aborted) throw new InterruptedError(signal);
      const name = nameOf(task, surroundings.registry);
      logger.info(`Task started: ${name}.`);
      failing = { ...(run.stored[index] ?? task), _fw_name: name };
      const returned = await runTask(task, { spec, storedData: all._all_stored_data }, surroundings);
      const action = withStoredGrowth(returned, new Date());
      failing = null;
      const fromFile = await takeActionFile(launchDir, index);
      last = fromFile ? withStoredGrowth(fromFile, new Date()) : action;
      all = accumulate(all, last);
      spec = specAfter(spec, last, applyMods);
      logger.info(`Task completed: ${name}`);
      if (endsTaskList(last)) break;
    }
    return { kind: 'done', action: wholeAction(last, all), spec };
  } catch (error) {
    return { kind: 'failed', error, task: failing, spec };
  }
}

function nameOf(task: ValueObject, registry: FiretaskRegistry): string {
  return registry.find(task['_fw_name'])?.name ?? String(task['_fw_name']);
}

/** One Firetask; throws what it throws, or InterruptedError when it was told to stop. */
export async function runTask(
  task: ValueObject,
  { spec, storedData }: Pick<FiretaskContext, 'spec' | 'storedData'>,
  { registry, graceMs, hurry, ...given }: TaskSurroundings,
): Promise<FWAction> {
  const { _fw_name: name, ...typed } = task;
  const firetask = registry.find(name);
  if (!firetask) throw new FiretaskError('ValueError', `there is no Firetask ${String(name)} here`);
  const parameters = plain(typed) as ValueObject;
  const problem = registry.check(firetask, parameters);
  if (problem !== undefined) throw new FiretaskError('RuntimeError', `${firetask.name}: ${problem}`);
  const plainSpec = plain(spec) as ValueObject;
  const context: FiretaskContext = {
    ...given,
    parameters,
    spec: plainSpec,
    typed: { parameters: typed, spec },
    storedData: plain(storedData) as ValueObject,
  };
  const { signal } = given;
  try {
    const returned = await orAbandoned(Promise.resolve(firetask.run(context)), signal, graceMs, hurry);
    return returned ? checkAction({ ...returned }) : createAction();
  } catch (error) {
    if (!signal.aborted) throw error;
    throw new InterruptedError(
      signal,
      error instanceof FiretaskError ? error.notes : [`${firetask.name} was stopped`],
    );
  }
}

/** A Firetask that does not stop when it is told to is waited for no longer than this. */
async function orAbandoned<T>(
  running: Promise<T>,
  signal: AbortSignal,
  graceMs: number,
  hurry: AbortSignal | undefined,
): Promise<T> {
  // Whoever loses the race may fail later, when nobody listens any more.
  running.catch(() => undefined);
  const settled = new AbortController();
  const abandoned = new Promise<never>((_, reject) => {
    const wait = (): void => {
      sleep(graceMs, undefined, { signal: settled.signal }).then(
        () => reject(new InterruptedError(signal)),
        () => undefined,
      );
    };
    const giveUp = (): void => reject(new InterruptedError(signal));
    if (hurry?.aborted) giveUp();
    hurry?.addEventListener('abort', giveUp, { once: true, signal: settled.signal });
    if (signal.aborted) wait();
    else signal.addEventListener('abort', wait, { once: true, signal: settled.signal });
  });
  try {
    return await Promise.race([running, abandoned]);
  } finally {
    settled.abort('settled');
  }
}
