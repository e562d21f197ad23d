/** Paths of a Firetask: relative ones are relative to its launch directory, which the process does not change into. */
import { homedir } from 'node:os';
import { isAbsolute, join, normalize, resolve } from 'node:path';
import { expandVariables } from '../../directory/launch-directory';
import type { FiretaskContext } from '../../define-firetask';

/** What Python's `os.path.join(dest, name)` is: as messages name it. */
export function joined(folder: string, name: string): string {
  if (isAbsolute(name)) return name;
  return folder.endsWith('/') || folder === '' ? folder + name : `${folder}/${name}`;
}

/** The folder that a parameter names, by default the launch directory. */
export function folderOf(dest: unknown, { launchDir }: Pick<FiretaskContext, 'launchDir'>): string {
  return typeof dest === 'string' ? dest : launchDir;
}

/** Python's `abspath(expanduser(expandvars(path)))`, from the launch directory. */
export function interpreted(path: string, launchDir: string): string {
  const variables = expandVariables(path, process.env);
  const home = process.env['HOME'] ?? homedir();
  const known = variables === '~' || variables.startsWith('~/') ? join(home, variables.slice(1)) : variables;
  return normalize(resolve(launchDir, known));
}
