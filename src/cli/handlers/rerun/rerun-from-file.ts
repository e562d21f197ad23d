/** `lpad rerun_from_file`: a saved job once more, without a database. */
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { loadFwConfig } from '../../../config/fw-config';
import { loadLaunchPadConfig } from '../../../config/launchpad-config';
import { EXIT, LpadError, type ExitStatus } from '../../../errors';
import { tasksOf, type FiretaskRegistry } from '../../../rocket/firetask-registry';
import { placeOf, readJob, type JobPlace } from '../../../rocket/job/read-job';
import { rerunJob, resolvedLines } from '../../../rocket/job/rerun-job';
import { findWorker } from '../../../rocket/job/still-running';
import type { RocketLog } from '../../../rocket/define-firetask';
import type { SavedJob } from '../../../specs/job-files/saved-job';
import { resolveValues } from '../../../specs/resolving/resolve-values';
import { IGNORED_OPTIONS, type RerunFromFileArgs } from '../../commands/rerun/rerun-from-file';
import { writeOut } from '../../io';
import { nameOption } from '../../options/option-lookup';
import { camelCase } from '../../options/option-spec';
import type { CommandContext } from '../../program/define-command';
import { jobPrograms, savedFiretasks } from '../configured-firetasks';
import { levelOf, withLog } from '../rlaunch/surroundings';

interface FoundJob {
  readonly job: SavedJob;
  readonly file: string;
  readonly place: JobPlace;
}

export async function run(args: RerunFromFileArgs, context: CommandContext): Promise<ExitStatus> {
  const { io, warn } = context;
  const { path, loose } = wordsOf(args.path, io.cwd);
  const ignored = [...ignoredOptions(args, context), ...loose];
  if (ignored.length > 0) warn(`ignored, since a saved job runs as it was saved: ${ignored.join(', ')}`);
  const file = resolve(io.cwd, path);
  const job = await readJob(file);
  const found = { job, file, place: await placeOf(job, file) };
  if (!args.includeRunning) await assertEnded(found, path);
  const registry = await firetasksOf(found, context);
  if (args.dryRun) return preview(found, args, context);
  warn(
    'a saved job runs outside of the database: no state changes there, children get nothing of the result, and trackers, ' +
      'background tasks and hooks are not called',
  );
  return runAgain(found, registry, args, context);
}

async function runAgain(
  { job, file, place }: FoundJob,
  registry: FiretaskRegistry,
  { frozen }: RerunFromFileArgs,
  context: CommandContext,
): Promise<ExitStatus> {
  const { io, globals, say } = context;
  const { env, cwd, home } = io;
  const config = await loadFwConfig({ env, cwd, home });
  const level = levelOf(context, config, {});
  const logdir = globals.logdir ?? job.logdir ?? undefined;
  return withLog(context, { level, logdir, format: config.FW_LOGGING_FORMAT }, async (running) => {
    warnOfPlace(place, running.logger);
    noteMissing(job, env, running.logger);
    const { launchDir } = place;
    const outcome = await rerunJob({
      ...running,
      job,
      file,
      launchDir,
      registry,
      frozen,
      env,
      now: () => io.now(),
    });
    const where = outcome.returnFile === undefined ? '' : `; see ${outcome.returnFile}`;
    say(`Firework ${String(job.fwId)} (${job.name}), from its file: ${outcome.state}${where}`);
    return outcome.state === 'COMPLETED' ? EXIT.ok : EXIT.someFailed;
  });
}

/** The job's file; words like `foo=bar` would change the configuration in other programs. */
function wordsOf(
  words: readonly string[],
  cwd: string,
): { readonly path: string; readonly loose: readonly string[] } {
  const isOverride = (word: string): boolean => word.includes('=') && !existsSync(resolve(cwd, word));
  const [path, second] = words.filter((word) => !isOverride(word));
  if (path === undefined) {
    throw new LpadError('USAGE', 'rerun_from_file needs the job.json of a launch directory', {
      hint: 'lpad rerun_from_file LAUNCH_DIR/.lpad/job.json',
    });
  }
  if (second === undefined) return { path, loose: words.filter(isOverride) };
  throw new LpadError('USAGE', `rerun_from_file runs one job per call, and got ${path} and ${second}`, {
    hint: `lpad rerun_from_file ${path}`,
  });
}

function ignoredOptions(args: RerunFromFileArgs, { globals }: CommandContext): readonly string[] {
  const values = args as Readonly<Record<string, unknown>>;
  const isGiven = (value: unknown): boolean =>
    Array.isArray(value) ? value.length > 0 : value !== undefined && value !== false;
  const { launchpadFile, configDir, output } = globals;
  return [
    ...Object.entries(IGNORED_OPTIONS)
      .filter(([name]) => isGiven(values[camelCase(name)]))
      .map(([name, spec]) => nameOption(name, spec)),
    ...(launchpadFile === undefined ? [] : ['-l/--launchpad_file']),
    ...(configDir === undefined ? [] : ['-c/--config_dir']),
    ...(output === undefined ? [] : ['-o/--output']),
  ];
}

async function assertEnded({ job, file }: FoundJob, path: string): Promise<void> {
  const worker = await findWorker(job, file);
  if (worker === undefined) return;
  throw new LpadError('LOCKED', worker, {
    hint: `lpad rerun_from_file ${path} --include-running   (when it is certain that it is gone)`,
  });
}

/** Those that the rocket had; what it was given by a program comes from the configuration here, if that has it. */
async function firetasksOf({ job }: FoundJob, context: CommandContext): Promise<FiretaskRegistry> {
  const spec = { _tasks: tasksOf(job.spec) };
  const saved = await savedFiretasks(job.firetasks, context);
  if (saved.unknownIn(spec).length === 0) return saved;
  const { env, cwd, home } = context.io;
  const config = await loadFwConfig({ env, cwd, home });
  const here = jobPrograms(config, await loadLaunchPadConfig({ env, cwd, home }, config), context.io);
  const registry = await savedFiretasks(here, context);
  const unknown = registry.unknownIn(spec);
  if (unknown.length === 0) return registry;
  throw new LpadError('FAILED', `the job cannot be run here: unknown Firetask ${unknown.join(', ')}`, {
    hint: 'name the module that defines it under firetasks: in FW_config.yaml of this folder',
  });
}

function warnOfPlace({ launchDir, notedDir }: JobPlace, logger: RocketLog): void {
  if (notedDir === undefined) return;
  logger.warn(`it ran in ${notedDir}; its file lies in another directory now, where it runs: ${launchDir}`);
}

const MOST_NAMES = 10;

/** A job may need what a batch system or a module had set. */
function noteMissing({ environment }: SavedJob, env: NodeJS.ProcessEnv, logger: RocketLog): void {
  const missing = environment.filter((name) => env[name] === undefined);
  if (missing.length === 0) return;
  const more = missing.length > MOST_NAMES ? `, and ${String(missing.length - MOST_NAMES)} more` : '';
  logger.info(`Not set here, but in the first run: ${missing.slice(0, MOST_NAMES).join(', ')}${more}`);
}

async function preview(
  { job, place }: FoundJob,
  { frozen }: RerunFromFileArgs,
  { io }: CommandContext,
): Promise<ExitStatus> {
  const sources = { env: io.env, now: io.now(), ...(frozen ? { frozen: job.resolved } : {}) };
  const { resolved, problems } = resolveValues(job.spec, sources);
  const names = tasksOf(job.spec).map((task) => String(task['_fw_name']));
  const lines = [
    `Firework ${String(job.fwId)} (${job.name}), launch ${String(job.launchId)} of ${job.savedOn}, would run again in ${place.launchDir}`,
    `Firetasks: ${names.join(', ')}`,
    ...resolvedLines(job, resolved, sources),
    ...problems.map((problem) => `problem: ${problem}`),
  ];
  await writeOut(io, lines.map((line) => `${line}\n`).join(''));
  return problems.length === 0 ? EXIT.ok : EXIT.someFailed;
}
