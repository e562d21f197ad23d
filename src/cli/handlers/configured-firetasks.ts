/** The Firetasks of a configuration: those that a rocket can run here, or those that `lpad add` knows the parameters of. */
import { resolve } from 'node:path';
import type { LaunchPadConfig } from '../../config/database-config';
import { joinFiretaskSettings, NO_FIRETASKS } from '../../config/firetask-config';
import { loadFwConfig, type FwConfig } from '../../config/fw-config';
import { loadLaunchPadConfig } from '../../config/launchpad-config';
import type { NewWorkflow, ValueObject } from '../../domain/model';
import { createFiretaskRegistry, type FiretaskRegistry } from '../../rocket/firetask-registry';
import { findPython } from '../../rocket/firetasks/python/find-python';
import { pythonFiretasks } from '../../rocket/firetasks/python/python-firetasks';
import type { PythonFeatures, PythonOptions } from '../../rocket/firetasks/python/python-options';
import { loadDefinitions } from '../../rocket/load-firetasks';
import type { JobPrograms } from '../../specs/job-files/saved-job';
import { nearName } from '../../specs/near-name';
import type { Io } from '../io';
import type { CommandContext } from '../program/define-command';

type Surroundings = Pick<Io, 'env' | 'cwd'>;

const DEFAULT_PYTHON = 'python3';

/** What needs a Python that is not here is not among them, and stays READY for another rocket. */
export async function runnableFiretasks(
  config: FwConfig,
  launchPad: LaunchPadConfig,
  { io, warn }: Pick<CommandContext, 'io' | 'warn'>,
): Promise<FiretaskRegistry> {
  const { python, pythonFiretasks: wanted, isPythonNamed } = settingsOf(config, launchPad, io.env);
  const found = await findPython(python);
  if (!('problem' in found)) {
    if (wanted.length > 0 && !found.fireworks) {
      warn(`${python} has no FireWorks: ${wanted.join(', ')} (python_firetasks) cannot be run`);
    }
    return registryOf(jobPrograms(config, launchPad, io), found, launchPad);
  }
  // Without a word a machine without Python would be scolded for what nobody asked of it.
  if (isPythonNamed || wanted.length > 0) {
    warn(`${python} cannot run Firetasks of Python: ${found.problem}; Fireworks that need it stay READY`);
  }
  return registryOf(jobPrograms(config, launchPad, io), undefined, launchPad);
}

/** All that can be known from here, wherever it will run: for those who write workflows. */
export async function knownFiretasks({ io, globals }: CommandContext): Promise<FiretaskRegistry> {
  const { env, cwd, home } = io;
  const options = { file: globals.launchpadFile, configDir: globals.configDir, env, cwd, home };
  const config = await loadFwConfig(options);
  const launchPad = await loadLaunchPadConfig(options, config);
  return registryOf(jobPrograms(config, launchPad, io), { jinja2: true, fireworks: true }, launchPad);
}

/** A rocket of Python's may know what is not known here; but a name that is nearly a known one is a slip. */
export function warnOfMisspelled(
  file: string,
  drafts: readonly NewWorkflow[],
  registry: FiretaskRegistry,
  { warn }: Pick<CommandContext, 'warn'>,
): void {
  const specs = drafts.flatMap(({ fireworks }) => fireworks.map(({ spec }) => spec));
  for (const name of new Set(specs.flatMap(registry.unknownIn))) {
    const meant = nearName(name, registry.names);
    if (meant === undefined) continue;
    warn(
      `${file}: no Firetask ${name} is known here; did you mean ${meant}? Only a rocket that knows it will run it`,
    );
  }
}

/** Those of a saved job, by what its rocket noted of them. */
export async function savedFiretasks(
  programs: JobPrograms,
  { warn }: Pick<CommandContext, 'warn'>,
): Promise<FiretaskRegistry> {
  const python = programs.python ?? DEFAULT_PYTHON;
  const found = await findPython(python);
  if (!('problem' in found)) return registryOf(programs, found);
  if (programs.python !== null && programs.pythonFiretasks.length > 0)
    warn(`${python} cannot run Firetasks of Python: ${found.problem}`);
  return registryOf(programs, undefined);
}

/** Where the Firetasks of a configuration are, by names and paths: what is saved with a job. */
export function jobPrograms(
  config: FwConfig,
  launchPad: LaunchPadConfig,
  { env, cwd }: Surroundings,
): JobPrograms {
  const settings = settingsOf(config, launchPad, env);
  return {
    modules: settings.modules.map(({ module, from }) => ({ module, from: resolve(cwd, from) })),
    python: settings.python,
    pythonFiretasks: settings.pythonFiretasks,
    templateDir: config.TEMPLATE_DIR === null ? null : resolve(cwd, config.TEMPLATE_DIR),
    startedIn: cwd,
    nameUpdates: config.FW_NAME_UPDATES,
  };
}

function settingsOf(
  config: FwConfig,
  launchPad: LaunchPadConfig,
  env: NodeJS.ProcessEnv,
): ReturnType<typeof joinFiretaskSettings> {
  return joinFiretaskSettings(config.firetasks, launchPad.firetasks ?? NO_FIRETASKS, env);
}

async function registryOf(
  programs: JobPrograms,
  features: PythonFeatures | undefined,
  launchPad?: LaunchPadConfig,
): Promise<FiretaskRegistry> {
  const { firetasks, dupeFinders } = await loadDefinitions(programs.modules);
  const options: PythonOptions = {
    command: programs.python ?? DEFAULT_PYTHON,
    startedIn: programs.startedIn,
    templateDir: programs.templateDir ?? undefined,
    launchpad: launchPad && fireworksLaunchPad(launchPad),
    firetasks: programs.pythonFiretasks,
  };
  const ofPython = features ? pythonFiretasks(options, features) : [];
  return createFiretaskRegistry([...ofPython, ...firetasks], dupeFinders, programs.nameUpdates);
}

/** The arguments of FireWorks' own LaunchPad; it cannot open an embedded database. */
function fireworksLaunchPad(launchPad: LaunchPadConfig): ValueObject | undefined {
  if (launchPad.kind !== 'mongodb') return undefined;
  const { auth, ...options } = launchPad.clientOptions as { readonly auth?: ValueObject };
  return {
    host: launchPad.uri,
    name: launchPad.database,
    uri_mode: true,
    strm_lvl: 'CRITICAL',
    mongoclient_kwargs: { ...options, ...auth },
  };
}
