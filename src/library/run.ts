/** Rockets, for programs: what `rlaunch` does, on the store of a LaunchPad. */
import { homedir } from 'node:os';
import { resolve } from 'node:path';
import { loadFWorker, type FWorker } from '../config/fworker';
import { joinFiretaskSettings, NO_FIRETASKS } from '../config/firetask-config';
import { loadFwConfig, type FwConfig } from '../config/fw-config';
import type { DupeFinder } from '../launchpad/launches/dupe-finders';
import { createLogger } from '../logging/create-logger';
import type { Firetask, RocketLog } from '../rocket/define-firetask';
import { createFiretaskRegistry } from '../rocket/firetask-registry';
import { findPython } from '../rocket/firetasks/python/find-python';
import { pythonFiretasks } from '../rocket/firetasks/python/python-firetasks';
import { rapidfire as rapidfireOn, type RapidfireOutcome } from '../rocket/rapidfire';
import { launchRocket as launchOn } from '../rocket/rocket';
import type { RocketOptions, RocketOutcome, RocketSettings } from '../rocket/rocket-options';
import type { LaunchPad } from './launch-pad';

export interface LaunchOptions {
  /** Firetasks besides the built-in ones. */
  readonly firetasks?: readonly Firetask[];
  readonly dupeFinders?: readonly DupeFinder[];
  /** The program that runs PyTask and TemplateWriterTask; without it LPAD_PYTHON, that of FW_config.yaml, or python3. */
  readonly python?: string;
  /** Which Fireworks to take; without it that of my_fworker.yaml, or any. */
  readonly worker?: FWorker;
  /** Where launch directories are made, and files go; the current directory. */
  readonly folder?: string;
  /** Without it, warnings and errors go to stderr. */
  readonly logger?: RocketLog;
  /** Aborted, it ends the running Firework as FIZZLED. */
  readonly signal?: AbortSignal;
  readonly settings?: Partial<RocketSettings>;
}

export interface RapidfireWishes extends LaunchOptions {
  /** End after so many; without it when nothing is left to do, now or soon. */
  readonly nlaunches?: number | 'infinite';
  /** Seconds between looks for work; 60. */
  readonly sleepSecs?: number;
  /** Seconds after which no further Firework is started. */
  readonly timeoutSecs?: number;
  readonly maxLoops?: number;
}

/** Runs Fireworks one after the other, each in a new directory. */
export async function rapidfire(
  launchpad: LaunchPad,
  wishes: RapidfireWishes = {},
): Promise<RapidfireOutcome> {
  const { nlaunches = 0, sleepSecs = 60, timeoutSecs, maxLoops } = wishes;
  return rapidfireOn({
    ...(await rocketOptions(launchpad, wishes)),
    folder: resolve(wishes.folder ?? '.'),
    nlaunches,
    sleepSecs,
    ...(timeoutSecs === undefined ? {} : { timeoutSecs }),
    ...(maxLoops === undefined ? {} : { maxLoops }),
  });
}

/** Runs one Firework, in the folder itself: `fwId`, or the next that is READY. */
export async function launchRocket(
  launchpad: LaunchPad,
  wishes: LaunchOptions & { readonly fwId?: number } = {},
): Promise<RocketOutcome> {
  const { fwId, folder = '.' } = wishes;
  const options = { ...(await rocketOptions(launchpad, wishes)), launchDir: resolve(folder) };
  return launchOn({ ...options, ...(fwId === undefined ? {} : { fwId }) });
}

async function rocketOptions(
  { store }: LaunchPad,
  { firetasks = [], dupeFinders, python, worker, logger, signal, settings }: LaunchOptions,
): Promise<Omit<RocketOptions, 'launchDir' | 'fwId'>> {
  const surroundings = { env: process.env, cwd: process.cwd(), home: homedir() };
  const config = await loadFwConfig(surroundings);
  const ofPython = await firetasksOfPython(config, python, surroundings.cwd);
  return {
    store,
    worker: worker ?? (await loadFWorker(surroundings, config)),
    registry: createFiretaskRegistry([...ofPython, ...firetasks], dupeFinders),
    logger: logger ?? createLogger({ level: 'WARNING', stream: process.stderr, name: 'rocket_launcher' }),
    signal: signal ?? new AbortController().signal,
    ...(settings ? { settings } : {}),
  };
}

/** None where there is no such Python: what needs it stays READY. */
async function firetasksOfPython(
  { firetasks, TEMPLATE_DIR: templates }: FwConfig,
  python: string | undefined,
  startedIn: string,
): Promise<readonly Firetask[]> {
  const settings = joinFiretaskSettings(firetasks, NO_FIRETASKS, process.env);
  const command = python ?? settings.python;
  const found = await findPython(command);
  if ('problem' in found) return [];
  const templateDir = templates === null ? undefined : resolve(startedIn, templates);
  return pythonFiretasks({ command, startedIn, templateDir, firetasks: settings.pythonFiretasks }, found);
}
