/** From a RUNNING launch to its result: the directory, the recovery, the Firetasks. It always comes back with a result. */
import { NOTHING_YET, type FWAction } from '../../domain/actions/fw-action';
import type { Checkpoint, ValueObject } from '../../domain/model';
import { resolveValues, type Resolution } from '../../specs/resolving/resolve-values';
import { withinRun } from '../current-run';
import { startBackgroundTasks } from './background-tasks';
import { recoveryOf } from '../directory/recovery';
import { trackersOf } from '../directory/trackers';
import { FiretaskError } from '../define-firetask';
import { tasksOf } from '../firetask-registry';
import type { Flight } from './flight';
import { fetchFiles, moveIn, specAtStart, writeFile } from './prepare-flight';
import { decorateAction } from '../result/decorate-action';
import { failedAction, stackTraceOf } from '../result/failure';
import type { LaunchResult } from '../result/launch-result';
import { runTask, runTasks, type TasksOutcome, type TaskSurroundings } from './run-tasks';

export async function fly(flight: Flight): Promise<LaunchResult> {
  const { firework, worker, logger, job } = flight;
  const resolution = resolveValues(firework.spec, job.sources);
  const memory = { ...resolution.spec, _fw_env: worker.env };
  let outcome: TasksOutcome;
  try {
    outcome = await prepareAndRun(flight, resolution, memory);
  } catch (error) {
    outcome = { kind: 'failed', error, task: null, spec: memory };
  }
  if (outcome.kind === 'failed') logger.error(stackTraceOf(outcome.error));
  return decorate(flight, outcome);
}

async function prepareAndRun(
  flight: Flight,
  resolution: Resolution,
  memory: ValueObject,
): Promise<TasksOutcome> {
  const { firework, live, logger, job } = flight;
  trackersOf(firework.spec);
  const recovery = recoveryOf(firework.spec);
  // First of all: should the old directory be gone, the next recovery can still begin here.
  if (recovery) await live.checkpoint(recovery.checkpoint);
  const start = recovery?.checkpoint ?? { _task_n: 0, ...NOTHING_YET };
  const launchDir = await moveIn(flight, memory, recovery);
  await fetchFiles(flight, memory, launchDir, recovery);
  // A job that is run from its directory has its source code there.
  const isWanted = memory['_sourcecode'] !== undefined && resolution.problems.length === 0;
  if (isWanted && !flight.isRerun) {
    const { useSourcecode } = await import('../sourcecode/use-sourcecode.js');
    await useSourcecode(flight, memory, { launchDir, recovers: recovery !== undefined });
  }
  logger.info(`RUNNING fw_id: ${String(firework.fwId)} in directory: ${launchDir}`);
  await writeFile(flight, launchDir);
  await job.begin({ firework, launch: live.launch, resolution });
  if (resolution.problems.length > 0) {
    throw new FiretaskError('ValueError', resolution.problems.join('; '));
  }
  return runAll(flight, { launchDir, start, own: resolution.spec, spec: specAtStart(memory, start) });
}

interface Ready {
  readonly launchDir: string;
  readonly start: Checkpoint;
  /** As it is stored, with its values. */
  readonly own: ValueObject;
  /** As the first Firetask sees it. */
  readonly spec: ValueObject;
}

async function runAll(flight: Flight, { launchDir, start, own, spec }: Ready): Promise<TasksOutcome> {
  const { firework, live, worker, registry, logger, signal, output, hurry, settings, job } = flight;
  const { fwId, launchId } = live.launch;
  const { graceMs } = settings;
  const surroundings: TaskSurroundings = {
    launchDir,
    fwId,
    launchId,
    env: worker.env,
    worker: { name: worker.name, category: worker.category, query: worker.queryText },
    logger,
    output,
    signal,
    hurry,
    registry,
    graceMs,
  };
  const checkpoint = (reached: Checkpoint): Promise<void> => live.checkpoint(reached);
  const tasks = { tasks: tasksOf(own), stored: tasksOf(firework.spec) };
  const { runId, rootId } = job.ids;
  return withinRun({ runId, rootId, fwId, launchId }, async () => {
    const background = startBackgroundTasks(flight.isRerun ? {} : own, signal, logger, (task, either) =>
      runTask(task, { spec: own, storedData: {} }, { ...surroundings, signal: either }),
    );
    const outcome = await runTasks({ ...tasks, spec, start, checkpoint }, surroundings);
    await background.stop();
    if (outcome.kind === 'done') await background.finish();
    return outcome;
  });
}

async function decorate(
  { firework, live, worker, logger, multiprocessName }: Flight,
  outcome: TasksOutcome,
): Promise<LaunchResult> {
  const { launchDir } = live.launch;
  const facts = { spec: outcome.spec, firework, workerName: worker.name, launchDir };
  const result: LaunchResult =
    outcome.kind === 'done'
      ? { state: 'COMPLETED', action: packed(outcome.action, multiprocessName) }
      : { state: 'FIZZLED', action: failedAction(outcome.error, outcome.task) };
  try {
    const action = await decorateAction(result.action, facts);
    return { state: result.state, action };
  } catch (error) {
    logger.error(stackTraceOf(error));
    return outcome.kind === 'done' ? { state: 'FIZZLED', action: failedAction(error, null) } : result;
  }
}

/** FireWorks notes by which of several processes a Firework was run. */
function packed(action: FWAction, name: string | undefined): FWAction {
  if (name === undefined) return action;
  return { ...action, stored_data: { ...action.stored_data, multiprocess_name: name } };
}
