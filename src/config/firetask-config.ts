/**
 * `firetasks`, `python` and `python_firetasks`, keys of lpad's own in FW_config.yaml and in the launchpad file. Python's
 * FireWorks ends with an error at an unknown key of FW_config.yaml, and overlooks one of the launchpad file.
 */
import path from 'node:path';
import type { ValueObject } from '../domain/model';

/** What one file says. */
export interface FiretaskSettings {
  /** Modules: absolute paths, or names of packages that are looked for from the file. */
  readonly modules: readonly { readonly module: string; readonly from: string }[];
  /** The program that runs Firetasks of Python. */
  readonly python?: string;
  readonly pythonFiretasks: readonly string[];
}

export const NO_FIRETASKS: FiretaskSettings = { modules: [], pythonFiretasks: [] };

export function namesFiretasks(values: ValueObject): boolean {
  return ['firetasks', 'python', 'python_firetasks'].some((key) => values[key] !== undefined);
}

/** The schema has checked the types. */
export function firetaskSettingsOf(values: ValueObject, file: string): FiretaskSettings {
  const { python } = values;
  return {
    modules: listOf(values['firetasks']).map((module) => ({ module: besides(module, file), from: file })),
    ...(typeof python === 'string' && python !== '' && { python: besides(python, file) }),
    pythonFiretasks: listOf(values['python_firetasks']),
  };
}

/** The launchpad file is nearer to what is run: its Python wins; what LPAD_PYTHON names wins over both. */
export function joinFiretaskSettings(
  ofFwConfig: FiretaskSettings,
  ofLaunchPad: FiretaskSettings,
  env: NodeJS.ProcessEnv,
): FiretaskSettings & { readonly python: string; readonly isPythonNamed: boolean } {
  const named = env['LPAD_PYTHON'] || ofLaunchPad.python || ofFwConfig.python;
  return {
    modules: [...ofFwConfig.modules, ...ofLaunchPad.modules],
    python: named ?? 'python3',
    isPythonNamed: named !== undefined,
    pythonFiretasks: [...new Set([...ofFwConfig.pythonFiretasks, ...ofLaunchPad.pythonFiretasks])],
  };
}

/** `./tasks.js` is a file beside the configuration, `my-tasks` a package and `python3.12` a program. */
function besides(name: string, file: string): string {
  return /^\.{1,2}[\\/]/.test(name) ? path.resolve(path.dirname(file), name) : name;
}

function listOf(value: unknown): readonly string[] {
  if (typeof value === 'string') return [value];
  return Array.isArray(value) ? (value as readonly string[]) : [];
}
