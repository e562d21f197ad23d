/** A file's data together with where each part of it stands, so that a message can name the line. */
import type { Value } from '../../domain/model';
import { type ErrorCode, LpadError } from '../../errors';
import { jsonOffsetOf, type Path, readJson } from '../reading/read-json';
import { readYaml } from '../reading/read-yaml';
import { positionOf, ReadingError } from '../reading/reading-error';

export type { Path } from '../reading/read-json';
export type FileFormat = 'json' | 'yaml';

export interface LocatedDocument {
  readonly value: Value;
  /** The line (from 1) of a value, or of the nearest thing around it that is in the file. */
  readonly lineOf: (path: Path) => number | undefined;
}

export interface FileOptions {
  /** As the user named it, for messages. */
  readonly file: string;
  readonly format: FileFormat;
}

/** By the end of the name; undefined for a name that is neither. */
export function formatOfFile(file: string): FileFormat | undefined {
  if (/\.json$/i.test(file)) return 'json';
  return /\.ya?ml$/i.test(file) ? 'yaml' : undefined;
}

export function parseLocated(
  text: string,
  options: FileOptions & { readonly code: ErrorCode },
): LocatedDocument {
  try {
    if (options.format === 'yaml') {
      const { value, offsetOf } = readYaml(text);
      return { value, lineOf: (path) => lineOf(text, path, offsetOf) };
    }
    // The places are looked up when a message needs them: reading a large file twice would be slow.
    return {
      value: readJson(text),
      lineOf: (path) => lineOf(text, path, (part) => jsonOffsetOf(text, part)),
    };
  } catch (error) {
    if (!(error instanceof ReadingError)) throw error;
    const { line, column } = positionOf(text, error.offset);
    const place = `${options.file} line ${String(line)} column ${String(column)}`;
    throw new LpadError(options.code, `${place}: ${error.message}`, { cause: error });
  }
}

function lineOf(text: string, path: Path, offsetOf: (path: Path) => number | undefined): number | undefined {
  for (let length = path.length; length >= 0; length -= 1) {
    const offset = length === 0 ? 0 : offsetOf(path.slice(0, length));
    if (offset !== undefined) return length === 0 ? undefined : positionOf(text, offset).line;
  }
  return undefined;
}
