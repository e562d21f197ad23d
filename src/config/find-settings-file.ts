/**
 * The order in which FireWorks looks for my_launchpad.yaml and my_fworker.yaml: the `-c` folder (by default
 * CONFIG_FILE_DIR), the path that FW_config.yaml names, CONFIG_FILE_DIR, the current folder, ~/.fireworks.
 */
import path from 'node:path';
import { findConfigFile, resolvePath } from './config-files';
import type { ConfigOptions } from './config-options';
import type { FwConfig } from './fw-config';

export interface SettingsFile {
  readonly file: string;
  /** Who named it, for a message when it is not there. */
  readonly namedBy?: string;
  /** Whether a flag led to it: flags win over the environment. */
  readonly byFlag: boolean;
}

export async function findSettingsFile(
  name: 'my_launchpad' | 'my_fworker',
  options: ConfigOptions,
  fwConfig: FwConfig,
): Promise<SettingsFile | undefined> {
  const { cwd, home } = options;
  const flag = name === 'my_launchpad' ? '-l' : '-w';
  if (options.file !== undefined)
    return { file: resolvePath(options.file, cwd, options), namedBy: flag, byFlag: true };
  if (options.configDir !== undefined) {
    const file = await findConfigFile(name, [resolvePath(options.configDir, cwd, options)]);
    if (file !== undefined) return { file, byFlag: true };
  }
  const configFolder = resolvePath(fwConfig.CONFIG_FILE_DIR, cwd, options);
  const first = options.configDir === undefined ? await findConfigFile(name, [configFolder]) : undefined;
  if (first !== undefined) return { file: first, byFlag: false };
  const key = name === 'my_launchpad' ? 'LAUNCHPAD_LOC' : 'FWORKER_LOC';
  const named = fwConfig[key];
  if (named !== null) {
    const namedBy = `${key} in ${fwConfig.source ?? 'FW_config.yaml'}`;
    return { file: resolvePath(named, cwd, options), namedBy, byFlag: false };
  }
  const file = await findConfigFile(name, [configFolder, cwd, path.join(home, '.fireworks')]);
  return file === undefined ? undefined : { file, byFlag: false };
}
