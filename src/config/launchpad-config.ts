/**
 * Where the database is. Flags win over the environment (LPAD_URI), that over files, and those over the default: an
 * embedded store in the user's data folder.
 */
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { ValueObject } from '../domain/model';
import { LpadError } from '../errors';
import { type ConfigFile, readConfigFile, resolvePath } from './config-files';
import type { ConfigOptions } from './config-options';
import { defaultStoreFolder } from './data-folder';
import type { LaunchPadConfig } from './database-config';
import { firetaskSettingsOf, namesFiretasks } from './firetask-config';
import { findSettingsFile } from './find-settings-file';
import { type FwConfig, loadFwConfig } from './fw-config';
import { mongoFromFile, mongoFromUri } from './mongo-config';
import { isMongoUri } from './mongo-uri';

export type { EmbeddedConfig, LaunchPadConfig, MongoConfig } from './database-config';

/** `fwConfig` is read when it is not given. */
export async function loadLaunchPadConfig(
  options: ConfigOptions,
  fwConfig?: FwConfig,
): Promise<LaunchPadConfig> {
  const settings = fwConfig ?? (await loadFwConfig(options));
  const found = await findSettingsFile('my_launchpad', options, settings);
  const variable = options.env['LPAD_URI'];
  if (variable && !found?.byFlag) return fromVariable(variable, options);
  if (found) return fromFile(await readConfigFile(found.file, 'launchpad', found.namedBy), options, settings);
  const folder = defaultStoreFolder(options, process.platform);
  return { kind: 'embedded', folder, source: 'default', isDefault: true, warnings: [] };
}

function fromVariable(variable: string, options: ConfigOptions): LaunchPadConfig {
  const source = 'LPAD_URI';
  if (isMongoUri(variable)) return mongoFromUri({ uri: variable, named: source, source });
  return {
    kind: 'embedded',
    folder: folderOf(variable, source, options.cwd, options),
    source,
    isDefault: false,
    warnings: [],
  };
}

function fromFile(read: ConfigFile, options: ConfigOptions, fwConfig: FwConfig): LaunchPadConfig {
  const { file, values, warnings } = read;
  const folder = values['path'];
  const common = {
    source: file,
    warnings,
    ...logging(values, options),
    ...(namesFiretasks(values) && { firetasks: firetaskSettingsOf(values, file) }),
  };
  if (typeof folder !== 'string') return mongoFromFile(read, common, fwConfig);
  const clash = ['host', 'uri', 'name'].find((key) => values[key] !== undefined && values[key] !== null);
  if (clash !== undefined) {
    throw new LpadError(
      'BAD_CONFIG',
      `${file}: path (an embedded database) and ${clash} (MongoDB) exclude each other`,
    );
  }
  return {
    kind: 'embedded',
    folder: folderOf(folder, `path in ${file}`, path.dirname(file), options),
    isDefault: false,
    ...common,
  };
}

function logging(values: ValueObject, options: ConfigOptions): { logdir?: string; streamLevel?: string } {
  const { logdir, strm_lvl: level } = values;
  return {
    ...(typeof logdir === 'string' && { logdir: resolvePath(logdir, options.cwd, options) }),
    ...(typeof level === 'string' && { streamLevel: level }),
  };
}

/** A path or a `file:` URI; any other scheme is a mistake and not a folder named `http:`. */
function folderOf(written: string, named: string, base: string, options: ConfigOptions): string {
  try {
    if (/^file:\/\//i.test(written)) return fileURLToPath(written);
  } catch (error) {
    throw new LpadError('BAD_CONFIG', `${named} is no file: URI of this machine`, { cause: error });
  }
  const scheme = /^([a-z][a-z\d+.-]+):\/\//i.exec(written)?.[1];
  if (scheme !== undefined) {
    const hint = 'write mongodb://host/database, or the path of a folder';
    throw new LpadError(
      'BAD_CONFIG',
      `${named} starts with ${scheme}://, which is no kind of database that lpad knows`,
      { hint },
    );
  }
  return resolvePath(written.replace(/^file:/i, ''), base, options);
}
