/** Finding configuration files as FireWorks does, and reading them with messages that name the line. */
import { access, readFile } from 'node:fs/promises';
import path from 'node:path';
import { isObject, type ValueObject } from '../domain/model';
import { LpadError } from '../errors';
import { formatOfFile, type LocatedDocument, parseLocated } from '../specs/workflow-files/located-document';
import { problemsError, shownValue } from '../specs/problems';
import { findUnknownKeys, type SchemaName, validate } from '../specs/validate';
import type { Surroundings } from './config-options';

export interface ConfigFile {
  /** Absolute. */
  readonly file: string;
  readonly document: LocatedDocument;
  readonly values: ValueObject;
  /** For people: keys that nobody reads. */
  readonly warnings: readonly string[];
}

/** FireWorks knows only .yaml and .json. */
const EXTENSIONS = ['yaml', 'yml', 'json'];

/** The first of `<folder>/<name>.yaml`, `.yml` and `.json` that is there, folder by folder. */
export async function findConfigFile(name: string, folders: readonly string[]): Promise<string | undefined> {
  for (const folder of folders) {
    for (const extension of EXTENSIONS) {
      const file = path.join(folder, `${name}.${extension}`);
      if (await exists(file)) return file;
    }
  }
  return undefined;
}

/** A path of a flag, a variable or a configuration file: `~` is the home, relative is to `base`. */
export function resolvePath(written: string, base: string, { home }: Pick<Surroundings, 'home'>): string {
  const expanded = written === '~' || written.startsWith('~/') ? path.join(home, written.slice(1)) : written;
  return path.resolve(base, expanded);
}

/** Reads and validates; `namedBy` tells in a message who wanted the file (`-l`). */
export async function readConfigFile(
  file: string,
  schema: SchemaName,
  namedBy?: string,
): Promise<ConfigFile> {
  const code = 'BAD_CONFIG';
  const format = formatOfFile(file);
  if (!format) throw new LpadError(code, `${file}: a configuration file ends in .yaml, .yml or .json`);
  const text = await readText(file, namedBy);
  const document = parseLocated(text, { file, format, code });
  const { value } = document;
  // An empty file, or one with comments only, sets nothing.
  const values = value === null ? {} : value;
  if (!isObject(values)) {
    throw problemsError(
      [{ path: [], what: `expected keys with values, found ${shownValue(value)}` }],
      document,
      { file, code },
    );
  }
  if (value !== null) validate(document, schema, { file, code });
  return { file, document, values, warnings: unknownKeyWarnings(values, schema, file) };
}

async function readText(file: string, namedBy: string | undefined): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    const reason = (error as NodeJS.ErrnoException).code;
    const by = namedBy === undefined ? '' : ` (named by ${namedBy})`;
    const what = reason === 'ENOENT' ? 'does not exist' : `cannot be read: ${String(reason)}`;
    throw new LpadError('BAD_CONFIG', `the configuration file ${file}${by} ${what}`, { cause: error });
  }
}

function unknownKeyWarnings(values: ValueObject, schema: SchemaName, file: string): readonly string[] {
  return findUnknownKeys(values, schema).map(({ key, meant }) => {
    const question = meant === undefined ? '' : `; did you mean ${meant}?`;
    return `${file}: the key ${key} is ignored${question}`;
  });
}

async function exists(file: string): Promise<boolean> {
  try {
    await access(file);
    return true;
  } catch {
    return false;
  }
}
