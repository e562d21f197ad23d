/** Runs a saved job once more: its Firetasks, in its directory. The database is not asked and not told. */
import { closeSync, openSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { hostname } from 'node:os';
import type { ResolvedValue } from '../../domain/launch-record';
import { emptyLaunch } from '../../domain/launch';
import type { Firework, Launch } from '../../domain/model';
import { LpadError, messageOf } from '../../errors';
import type { SavedJob } from '../../specs/job-files/saved-job';
import { resolveValues, type ValueSources } from '../../specs/resolving/resolve-values';
import type { RocketLog, TaskOutput } from '../define-firetask';
import { setOldActionsAside } from '../directory/recovery';
import type { FiretaskRegistry } from '../firetask-registry';
import { fly } from '../flight/fly';
import type { LiveRun } from '../flight/live-launch';
import { alsoInto, isRedirected, redirectInto, type Redirection } from '../launcher-directory';
import { lockDirectory } from '../offline/directory-lock';
import { ROCKET_SETTINGS, type RocketOptions } from '../rocket-options';
import { INHERITED } from '../rocket';
import { JOB_FOLDER, writeReturnFile } from './job-files';
import type { JobKeeper } from './job-keeper';
import { toReturnText } from './job-return';

export interface JobRerun extends Pick<RocketOptions, 'logger' | 'signal' | 'hurry'> {
  readonly job: SavedJob;
  /** Where it was read. */
  readonly file: string;
  readonly launchDir: string;
  readonly registry: FiretaskRegistry;
  readonly frozen: boolean;
  readonly env: ValueSources['env'];
  readonly now: () => Date;
}

export interface JobOutcome {
  readonly state: 'COMPLETED' | 'FIZZLED';
  /** Undefined when it could not be written. */
  readonly returnFile: string | undefined;
}

/** Throws LOCKED while another rerun works in the directory; FAILED for a value that cannot be resolved. */
export async function rerunJob(request: JobRerun): Promise<JobOutcome> {
  const folder = join(request.launchDir, JOB_FOLDER);
  const release = await lock(folder);
  try {
    const redirection = outputOf(request, folder);
    try {
      return await run(request, redirection);
    } finally {
      redirection.close();
    }
  } finally {
    await release();
  }
}

async function lock(folder: string): Promise<() => Promise<void>> {
  try {
    await mkdir(folder, { recursive: true });
    const release = await lockDirectory(folder, 'rerun.lock');
    if (typeof release !== 'string') return release;
    throw new LpadError('LOCKED', `this job is being rerun already, by ${release}`);
  } catch (error) {
    if (error instanceof LpadError) throw error;
    throw new LpadError('FAILED', `nothing can be written in ${folder}: ${messageOf(error)}`, {
      cause: error,
    });
  }
}

/** Where the first run wrote; else output goes to the terminal, and the log, too, into a file of reruns. */
function outputOf({ launchDir, logger }: JobRerun, folder: string): Redirection {
  if (isRedirected(launchDir)) return redirectInto(launchDir, logger, 'a');
  const log = openSync(join(folder, 'rerun.log'), 'a');
  return { output: INHERITED, logger: alsoInto(log, logger), close: () => closeSync(log) };
}

async function run(
  request: JobRerun,
  { logger, output }: { readonly logger: RocketLog; readonly output: TaskOutput },
): Promise<JobOutcome> {
  const { job, file, launchDir, registry, signal, hurry, frozen, env, now } = request;
  const sources: ValueSources = { env, now: now(), ...(frozen ? { frozen: job.resolved } : {}) };
  logger.info(`Rerunning the job of ${file}`);
  const resolved = resolvedAnew(request, sources, logger);
  // What a killed run has left there is no result of this one.
  await setOldActionsAside(launchDir);
  const startedOn = now();
  const { runId, rootId } = job;
  const ids = { ...(runId === undefined ? {} : { runId }), ...(rootId === undefined ? {} : { rootId }) };
  const keeper: JobKeeper = { ids, sources, begin: () => Promise.resolve(), end: () => Promise.resolve() };
  const { name, category, query: queryText, env: workerEnv } = job.worker;
  const result = await fly({
    firework: fireworkOf(job),
    live: quietRun(launchOf(job, launchDir)),
    store: undefined,
    worker: { name, category, query: {}, queryText, env: workerEnv },
    registry,
    logger,
    signal,
    output,
    hurry,
    job: keeper,
    isRerun: true,
    settings: { ...ROCKET_SETTINGS, fireworkFiles: [] },
    launchDir,
  });
  const { fwId, launchId } = job;
  const one = { ...result, fwId, launchId, isRerun: true, frozen, resolved, startedOn, endedOn: now() };
  return { state: result.state, returnFile: await saveReturn(file, toReturnText(one), logger) };
}

async function saveReturn(file: string, text: string, logger: RocketLog): Promise<string | undefined> {
  try {
    const returnFile = await writeReturnFile(file, text);
    logger.info(`Saved what came of the job in ${returnFile}`);
    return returnFile;
  } catch (error) {
    logger.warn(`what came of the job could not be saved in ${dirname(file)}: ${messageOf(error)}`);
    return undefined;
  }
}

/** Says what each marker is now. Throws FAILED before anything is run. */
function resolvedAnew({ job }: JobRerun, sources: ValueSources, logger: RocketLog): readonly ResolvedValue[] {
  const { resolved, problems } = resolveValues(job.spec, sources);
  if (problems.length > 0) {
    const hint = sources.frozen ? {} : { hint: '--frozen   (takes the values of the first run)' };
    throw new LpadError('FAILED', problems.join('\n'), hint);
  }
  for (const line of resolvedLines(job, resolved, sources)) logger.info(line);
  return resolved;
}

export function resolvedLines(
  job: SavedJob,
  resolved: readonly ResolvedValue[],
  { frozen }: Pick<ValueSources, 'frozen'>,
): readonly string[] {
  return resolved.map(({ path, resolve, value }) => {
    const before = job.resolved.find((one) => one.path === path && one.resolve === resolve)?.value;
    const what = `${path} (${resolve})`;
    if (value === null) return `${what} is resolved anew; as a secret it is not shown, and kept nowhere`;
    if (frozen) return `${what} is ${value}, as in the first run`;
    const then = before === undefined || before === null ? '' : `; in the first run it was ${before}`;
    return `${what} is resolved anew: ${value}${then}`;
  });
}

function fireworkOf({ fwId, launchId, name, spec, savedOn }: SavedJob): Firework {
  return {
    fwId,
    name,
    state: 'RUNNING',
    spec,
    createdOn: savedOn,
    updatedOn: savedOn,
    launches: [launchId],
    archivedLaunches: [],
  };
}

function launchOf({ fwId, launchId, worker }: SavedJob, launchDir: string): Launch {
  return emptyLaunch({ launchId, fwId, launchDir, fworker: worker, host: hostname(), ip: '127.0.0.1' });
}

/** Nobody is told how far it has come. */
function quietRun(launch: Launch): LiveRun {
  return {
    launch,
    startHeartbeat: () => undefined,
    stopHeartbeat: () => undefined,
    checkpoint: () => Promise.resolve(),
    ping: () => Promise.resolve(),
    moveTo: () => Promise.reject(new Error('a saved job stays in its directory')),
  };
}
