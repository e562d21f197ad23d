/** `.lpad/job.json`: a launch as it began, with all that is needed to run it again without a database. */
import type { LaunchWorker, ValueObject } from '../../domain/model';
import { LpadError, messageOf } from '../../errors';
import { fromLosslessJson, toLosslessJson } from '../printing/lossless-json';
import { isObject } from '../../domain/model';
import { plain } from '../plain-values';
import type { ResolvedValue } from '../../domain/launch-record';
import { validate } from '../validate';
import { parseLocated } from '../workflow-files/located-document';

export const JOB_FORMAT = 1;

export interface Versions {
  readonly lpad: string;
  readonly node: string;
  readonly platform: string;
}

/** Which workflow a launch belongs to; unknown in an offline run. */
export interface RunIds {
  /** The workflow, by its lowest fw_id. */
  readonly runId?: number;
  /** The first of its family: what this workflow is a new run of, or the run itself. */
  readonly rootId?: number;
}

/** Where a rocket has its Firetasks from; paths are absolute. */
export interface JobPrograms {
  readonly modules: readonly { readonly module: string; readonly from: string }[];
  /** The program that runs Firetasks of Python; null where they come from nowhere that a file could name. */
  readonly python: string | null;
  readonly pythonFiretasks: readonly string[];
  readonly templateDir: string | null;
  readonly startedIn: string;
  /** FW_NAME_UPDATES. */
  readonly nameUpdates: Readonly<Record<string, string>>;
}

export interface SavedJob extends RunIds {
  /** ISO 8601. */
  readonly savedOn: string;
  readonly launchDir: string;
  readonly launchId: number;
  readonly fwId: number;
  readonly host: string;
  readonly pid: number;
  readonly versions: Versions;
  readonly name: string;
  readonly worker: LaunchWorker;
  /** Names of variables, without their values. */
  readonly environment: readonly string[];
  readonly resolved: readonly ResolvedValue[];
  readonly firetasks: JobPrograms;
  readonly logdir: string | null;
  /** As it is stored, with its markers. */
  readonly spec: ValueObject;
}

export function toJobText(job: SavedJob): string {
  const { firetasks, versions, worker } = job;
  return toLosslessJson({
    format: JOB_FORMAT,
    saved_on: job.savedOn,
    launch_dir: job.launchDir,
    launch_id: job.launchId,
    fw_id: job.fwId,
    run_id: job.runId,
    root_id: job.rootId,
    host: job.host,
    pid: job.pid,
    versions: { ...versions },
    name: job.name,
    worker: { ...worker },
    environment: job.environment,
    resolved: job.resolved.map((one) => ({ ...one })),
    firetasks: {
      modules: firetasks.modules.map((one) => ({ ...one })),
      python: firetasks.python,
      python_firetasks: firetasks.pythonFiretasks,
      template_dir: firetasks.templateDir,
      started_in: firetasks.startedIn,
      name_updates: { ...firetasks.nameUpdates },
    },
    logdir: job.logdir,
    spec: job.spec,
  });
}

const ANOTHER_WAY = 'lpad rerun_fws -i ID   (runs it again by the database)';

/** Throws BAD_JOB for what is damaged, of a newer format, or no job. */
export function parseJobText(text: string, file: string): SavedJob {
  const source = { file, code: 'BAD_JOB' } as const;
  const document = parsed(text, file);
  const { value } = document;
  if (!isObject(value) || plain(value['format']) === undefined) throw noJob(file, value);
  const format = plain(value['format']);
  if (typeof format === 'number' && format > JOB_FORMAT) throw newer(file, format, value);
  if (value['spec'] === undefined && value['action'] !== undefined) throw noJob(file, value);
  validate(document, 'job', source);
  if (format !== JOB_FORMAT) {
    throw new LpadError(
      'BAD_JOB',
      `${file} has format ${String(format)}; this lpad reads format ${String(JOB_FORMAT)}`,
    );
  }
  return jobOf(value, file);
}

function parsed(text: string, file: string): ReturnType<typeof parseLocated> {
  try {
    return parseLocated(text, { file, format: 'json', code: 'BAD_JOB' });
  } catch (error) {
    if (!(error instanceof LpadError)) throw error;
    throw new LpadError('BAD_JOB', `the saved job is damaged: ${error.message}`, {
      hint: ANOTHER_WAY,
      cause: error,
    });
  }
}

function noJob(file: string, value: unknown): LpadError {
  const isResult = isObject(value) && value['action'] !== undefined;
  const what = isResult
    ? 'is what came of a job; the job itself is in job.json beside it'
    : 'is no saved job';
  return new LpadError('BAD_JOB', `${file} ${what}`, {
    hint: 'lpad rerun_from_file LAUNCH_DIR/.lpad/job.json',
  });
}

function newer(file: string, format: number, value: ValueObject): LpadError {
  const versions = value['versions'];
  const by =
    isObject(versions) && typeof versions['lpad'] === 'string' ? ` (lpad ${versions['lpad']} wrote it)` : '';
  return new LpadError(
    'BAD_JOB',
    `${file} has format ${String(format)}${by}; this lpad reads formats up to ${String(JOB_FORMAT)}`,
    { hint: 'run it with the lpad that wrote it, or a newer one' },
  );
}

/** The schema has checked the types. */
function jobOf(document: ValueObject, file: string): SavedJob {
  const { spec, worker, ...rest } = document;
  const head = plain(rest) as ValueObject & {
    readonly saved_on: string;
    readonly launch_dir: string;
    readonly launch_id: number;
    readonly fw_id: number;
    readonly run_id?: number;
    readonly root_id?: number;
    readonly host: string;
    readonly pid: number;
    readonly versions: Versions;
    readonly name: string;
    readonly environment: readonly string[];
    readonly resolved: readonly ResolvedValue[];
    readonly firetasks: StoredPrograms;
    readonly logdir?: string | null;
  };
  return {
    savedOn: head.saved_on,
    launchDir: head.launch_dir,
    launchId: head.launch_id,
    fwId: head.fw_id,
    ...(head.run_id === undefined ? {} : { runId: head.run_id }),
    ...(head.root_id === undefined ? {} : { rootId: head.root_id }),
    host: head.host,
    pid: head.pid,
    versions: head.versions,
    name: head.name,
    worker: losslessPart(worker, file) as LaunchWorker,
    environment: head.environment,
    resolved: head.resolved,
    firetasks: programsOf(head.firetasks),
    logdir: head.logdir ?? null,
    spec: losslessPart(spec, file) as ValueObject,
  };
}

interface StoredPrograms {
  readonly modules: JobPrograms['modules'];
  readonly python: string | null;
  readonly python_firetasks: readonly string[];
  readonly template_dir: string | null;
  readonly started_in: string;
  readonly name_updates: Readonly<Record<string, string>>;
}

function programsOf(stored: StoredPrograms): JobPrograms {
  return {
    modules: stored.modules,
    python: stored.python,
    pythonFiretasks: stored.python_firetasks,
    templateDir: stored.template_dir,
    startedIn: stored.started_in,
    nameUpdates: stored.name_updates,
  };
}

function losslessPart(value: unknown, file: string): unknown {
  try {
    return fromLosslessJson(value);
  } catch (error) {
    throw new LpadError('BAD_JOB', `the saved job is damaged: ${file}: ${messageOf(error)}`, {
      hint: ANOTHER_WAY,
      cause: error,
    });
  }
}
