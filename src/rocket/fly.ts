/** From a RUNNING launch to its result: the directory, the recovery, the Firetasks. It always comes back with a result. */
import { specAfter } from '../domain/action-plan';
import { NOTHING_YET, type FWAction } from '../domain/fw-action';
import type { Checkpoint, Firework, Launch, ValueObject } from '../domain/model';
import { messageOf } from '../errors';
import type { Worker } from '../launchpad/worker-query';
import { applyMods } from '../specs/dict-mods';
import type { LaunchPadStore } from '../storage/launchpad-store';
import { startBackgroundTasks } from './background-tasks';
import type { RocketLog, TaskOutput } from './define-firetask';
import { enterLaunchDir, removeIfEmpty, writeFireworkFile } from './directory/launch-directory';
import { takeFilesIn } from './directory/pass-files';
import { assertPreviousDir, copyPreviousDir, recoveryOf, setOldActionsAside, type Recovery } from './directory/recovery';
import { trackersOf } from './directory/trackers';
import { tasksOf, type FiretaskRegistry } from './firetask-registry';
import type { LiveLaunch } from './live-launch';
import { decorateAction } from './result/decorate-action';
import { failedAction, stackTraceOf } from './result/failure';
import { runTask, runTasks, type TasksOutcome, type TaskSurroundings } from './run-tasks';

export interface Flight {
  readonly firework: Firework;
  readonly live: LiveLaunch;
  readonly store: LaunchPadStore;
  readonly worker: Worker;
  readonly registry: FiretaskRegistry;
  readonly logger: RocketLog;
  readonly signal: AbortSignal;
  readonly output: TaskOutput;
  readonly settings: {
    readonly removeUselessDirs: boolean;
    readonly writeFireworkFile: boolean;
    readonly graceMs: number;
  };
  /** Where the rocket was told to run. */
  readonly launchDir: string;
}

export interface LaunchResult {
  readonly state: 'COMPLETED' | 'FIZZLED';
  readonly action: FWAction;
}

export async function fly(flight: Flight): Promise<LaunchResult> {
  const { firework, worker, logger } = flight;
  const memory = { ...firework.spec, _fw_env: worker.env };
  let outcome: TasksOutcome;
  try {
    outcome = await prepareAndRun(flight, memory);
  } catch (error) {
    outcome = { kind: 'failed', error, task: null, spec: memory };
  }
  if (outcome.kind === 'failed') logger.error(stackTraceOf(outcome.error));
  return decorate(flight, outcome);
}

async function prepareAndRun(flight: Flight, memory: ValueObject): Promise<TasksOutcome> {
  const { firework, live, logger } = flight;
  trackersOf(firework.spec);
  const recovery = recoveryOf(firework.spec);
  // First of all: should the old directory be gone, the next recovery can still begin here.
  if (recovery) await live.checkpoint(recovery.checkpoint);
  const launchDir = await moveIn(flight, recovery);
  const start = recovery?.checkpoint ?? { _task_n: 0, ...NOTHING_YET };
  if (recovery) await resume(recovery, launchDir, logger);
  else await takeFilesIn(firework.spec, launchDir);
  logger.info(`RUNNING fw_id: ${String(firework.fwId)} in directory: ${launchDir}`);
  await writeFile(flight, launchDir);
  return runAll(flight, { launchDir, start, spec: specAtStart(memory, start) });
}

async function moveIn({ firework, live, settings, launchDir: given }: Flight, recovery: Recovery | undefined): Promise<string> {
  const launchDir = await enterLaunchDir(firework.spec, recovery, given, process.env);
  if (launchDir === given) return given;
  await live.moveTo(launchDir);
  if (settings.removeUselessDirs) await removeIfEmpty(given);
  return launchDir;
}

async function resume(recovery: Recovery, launchDir: string, logger: RocketLog): Promise<void> {
  const { checkpoint, mode, previousDir } = recovery;
  logger.info(`Recovering from task number ${String(checkpoint._task_n)} in folder ${previousDir}.`);
  if (mode === 'cp' && launchDir !== previousDir) {
    await assertPreviousDir(recovery);
    logger.info(`Copying data from recovery folder ${previousDir} to folder ${launchDir}.`);
    await copyPreviousDir(recovery, launchDir);
  }
  if (mode !== null) await setOldActionsAside(launchDir);
}

/** The remaining Firetasks see what the earlier ones put into the spec; FireWorks forgets to tell them. */
function specAtStart(memory: ValueObject, { _all_update_spec, _all_mod_spec }: Checkpoint): ValueObject {
  return specAfter(memory, { update_spec: _all_update_spec, mod_spec: _all_mod_spec }, applyMods);
}

async function writeFile({ firework, live, store, logger, settings }: Flight, launchDir: string): Promise<void> {
  if (!settings.writeFireworkFile) return;
  const launches = new Map<number, Launch>();
  try {
    const ids = [...firework.launches, ...firework.archivedLaunches];
    for await (const launch of store.findLaunches(ids, 'all')) launches.set(launch.launchId, launch);
  } catch (error) {
    logger.warn(`FW.json lacks the launches: ${messageOf(error)}`);
  }
  launches.set(live.launch.launchId, live.launch);
  await writeFireworkFile(launchDir, firework, launches);
}

interface Ready {
  readonly launchDir: string;
  readonly start: Checkpoint;
  readonly spec: ValueObject;
}

async function runAll(flight: Flight, { launchDir, start, spec }: Ready): Promise<TasksOutcome> {
  const { firework, live, worker, registry, logger, signal, output, settings } = flight;
  const { fwId, launchId } = live.launch;
  const { graceMs } = settings;
  const surroundings: TaskSurroundings = { launchDir, fwId, launchId, env: worker.env, logger, output, signal, registry, graceMs };
  const background = startBackgroundTasks(firework.spec, signal, logger, (task, either) =>
    runTask(task, { spec: firework.spec, storedData: {} }, { ...surroundings, signal: either }),
  );
  const checkpoint = (reached: Checkpoint): Promise<void> => live.checkpoint(reached);
  const outcome = await runTasks({ tasks: tasksOf(firework.spec), spec, start, checkpoint }, surroundings);
  await background.stop();
  if (outcome.kind === 'done') await background.finish();
  return outcome;
}

async function decorate({ firework, live, worker, logger }: Flight, outcome: TasksOutcome): Promise<LaunchResult> {
  const { launchDir } = live.launch;
  const facts = { spec: outcome.spec, firework, workerName: worker.name, launchDir };
  const result: LaunchResult =
    outcome.kind === 'done'
      ? { state: 'COMPLETED', action: outcome.action }
      : { state: 'FIZZLED', action: failedAction(outcome.error, outcome.task) };
  try {
    const action = await decorateAction(result.action, facts);
    return { state: result.state, action };
  } catch (error) {
    logger.error(stackTraceOf(error));
    return outcome.kind === 'done' ? { state: 'FIZZLED', action: failedAction(error, null) } : result;
  }
}
