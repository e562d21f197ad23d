/** Reads the files of a source folder, with their hashes. */
import { readdir, readFile, realpath, stat } from 'node:fs/promises';
import type { Dirent } from 'node:fs';
import { join } from 'node:path';
import { ActionError } from '../../domain/actions/fw-action';
import type { SourceFile, SourceTree } from '../../domain/restart/source-tree';
import { messageOf } from '../../errors';
import { hashOfBytes } from '../../launchpad/restart/find-sourcecode';
import type { Content } from '../../storage/launchpad-store';
import type { RocketLog } from '../define-firetask';
import { createPathMatcher } from './path-patterns';
import type { SourceSpec } from './source-spec';

export interface Snapshot {
  readonly tree: SourceTree;
  /** What is in the files, each content once. */
  readonly contents: ReadonlyMap<string, Content>;
}

const MOST_BYTES = 100 * 1024 * 1024;
const MOST_FILES = 10_000;

/** What programs make of source code, and the folders of other launches. */
const OTHER_FOLDERS = /^(\..*|__pycache__|node_modules|launcher_\d{4}-.*|block_\d{4}-.*)$/;
/** What rockets write into the folder that they run in. */
const OWN_FILES = /^(FW|FW_offline|FW_ping|FWAction)\.(json|yaml)$|^FW_job\.(out|error)$/;

export interface SnapshotRequest extends Pick<SourceSpec, 'dir' | 'include'> {
  /** Never part of it. */
  readonly launchDir: string;
  readonly logger: RocketLog;
}

export async function takeSnapshot(request: SnapshotRequest): Promise<Snapshot> {
  const { dir } = request;
  const found = await stat(dir).catch(() => undefined);
  if (!found?.isDirectory()) throw new ActionError(`_sourcecode.dir is no folder that is here: ${dir}`);
  const paths = await findFiles(request);
  if (paths.length === 0) throw new ActionError(`_sourcecode matches no file in ${dir}`);
  const files: SourceFile[] = [];
  const contents = new Map<string, Content>();
  let bytes = 0;
  for (const path of paths) {
    const { size, mode } = await about(join(dir, path));
    bytes += size;
    if (bytes > MOST_BYTES) throw tooMuch(`${dir} has more than 100 MiB (with ${path}, ${megabytes(size)})`);
    const content = await read(join(dir, path));
    contents.set(content.id, content);
    files.push({ path, size: content.bytes.length, executable: (mode & 0o100) !== 0, hash: content.id });
  }
  return { tree: files, contents };
}

/** Relative paths of the files that are taken, in the order of names. */
async function findFiles({ dir, include, launchDir, logger }: SnapshotRequest): Promise<readonly string[]> {
  const matches = include ? createPathMatcher(include) : (path: string) => !path.split('/').some(isHidden);
  const here = await realpath(launchDir);
  const found: string[] = [];
  const walk = async (below: string): Promise<void> => {
    for (const entry of await entriesOf(join(dir, below))) {
      const path = below === '' ? entry.name : `${below}/${entry.name}`;
      if (entry.isDirectory()) {
        const isOther = OTHER_FOLDERS.test(entry.name) || (await isEnvironment(join(dir, path)));
        if (!isOther && (await realpath(join(dir, path))) !== here) await walk(path);
      } else if (!OWN_FILES.test(entry.name) && matches(path) && (await isFile(dir, path, entry, logger))) {
        found.push(path);
        if (found.length > MOST_FILES) throw tooMuch(`${dir} has more than ${String(MOST_FILES)} files`);
      }
    }
  };
  await walk('');
  return found;
}

function isHidden(name: string): boolean {
  return name.startsWith('.');
}

/** Made by `python -m venv`: thousands of files that are no source code of anybody here. */
async function isEnvironment(folder: string): Promise<boolean> {
  return (await stat(join(folder, 'pyvenv.cfg')).catch(() => undefined)) !== undefined;
}

/** A link to a file is taken as the file; one that leads to a folder, or nowhere, is left out. */
async function isFile(dir: string, path: string, entry: Dirent, logger: RocketLog): Promise<boolean> {
  if (entry.isFile()) return true;
  if (!entry.isSymbolicLink()) return false;
  const target = await stat(join(dir, path)).catch(() => undefined);
  if (target?.isFile()) return true;
  logger.warn(
    `_sourcecode: ${join(dir, path)} is a link to ${target ? 'a folder' : 'nothing'}, and left out`,
  );
  return false;
}

async function entriesOf(folder: string): Promise<readonly Dirent[]> {
  try {
    const entries = await readdir(folder, { withFileTypes: true });
    return entries.sort((one, other) => (one.name < other.name ? -1 : 1));
  } catch (error) {
    throw new ActionError(`_sourcecode cannot be read: ${messageOf(error)}`);
  }
}

async function about(file: string): Promise<{ readonly size: number; readonly mode: number }> {
  try {
    return await stat(file);
  } catch (error) {
    throw new ActionError(`_sourcecode cannot be read: ${messageOf(error)}`);
  }
}

async function read(file: string): Promise<Content> {
  try {
    const bytes = await readFile(file);
    return { id: hashOfBytes(bytes), bytes };
  } catch (error) {
    throw new ActionError(`_sourcecode cannot be read: ${messageOf(error)}`);
  }
}

function tooMuch(what: string): ActionError {
  return new ActionError(`${what}: say with _sourcecode.include what of it is source code`);
}

function megabytes(size: number): string {
  return `${(size / 1024 / 1024).toFixed(1)} MiB`;
}
