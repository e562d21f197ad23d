/**
 * The source code of a launch: its files by their paths and the hashes of what is in them. The tree itself is kept like a
 * file, under the hash of its text, so that launches with the same source code share it.
 */
import { isObject, type Value } from '../model';

export interface SourceFile {
  /** Below the source folder, with `/` between names. */
  readonly path: string;
  /** Bytes. */
  readonly size: number;
  /** Whether it may be executed. */
  readonly executable: boolean;
  /** SHA-256 of what is in it, in hexadecimal digits. */
  readonly hash: string;
}

export type SourceTree = readonly SourceFile[];

/** The same for the same files, in whatever order they were found. */
export function sourceTreeText(tree: SourceTree): string {
  const files = [...tree]
    .sort((one, other) => (one.path < other.path ? -1 : 1))
    .map(({ path, size, executable, hash }) => ({ path, size, ...(executable ? { executable } : {}), hash }));
  return JSON.stringify({ format: FORMAT, files });
}

const FORMAT = 'lpad-sourcecode-1';

/** Undefined for a text that is no tree, or one with paths that lead out of a folder. */
export function readSourceTree(text: string): SourceTree | undefined {
  const read = parsed(text);
  if (!isObject(read) || read['format'] !== FORMAT || !Array.isArray(read['files'])) return undefined;
  const files = (read['files'] as readonly Value[]).map(fileOf);
  return files.every((one) => one !== undefined) ? files : undefined;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function fileOf(value: Value): SourceFile | undefined {
  if (!isObject(value)) return undefined;
  const { path, size, hash, executable } = value;
  if (typeof path !== 'string' || typeof size !== 'number' || typeof hash !== 'string') return undefined;
  return isPathWithin(path) ? { path, size, executable: executable === true, hash } : undefined;
}

/** Whether a path stays in the folder that it is relative to, whatever the system. */
export function isPathWithin(path: string): boolean {
  return path
    .split('/')
    .every(
      (name) =>
        name !== '' && name !== '.' && name !== '..' && !/[\\\0]/.test(name) && !/^[a-z]:$/i.test(name),
    );
}
