/**
 * What lies in a directory and below, in the order of names; symbolic links to directories are not followed. As Python's
 * os.walk, it finds nothing in a directory that is not there.
 */
import { readdir } from 'node:fs/promises';
import type { Dirent } from 'node:fs';
import { join, sep } from 'node:path';
import { JOB_FOLDER } from '../../job/job-files';

export interface Found {
  /** Relative to the directory. */
  readonly path: string;
  readonly entry: Dirent;
}

export async function walk(root: string, below = ''): Promise<readonly Found[]> {
  const entries = await readdir(join(root, below), { withFileTypes: true }).catch((error: unknown) => {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  });
  entries.sort((one, other) => (one.name < other.name ? -1 : 1));
  const found: Found[] = [];
  for (const entry of entries) {
    const path = join(below, entry.name);
    found.push({ path, entry });
    if (entry.isDirectory()) found.push(...(await walk(root, path)));
  }
  return found;
}

/** The same without what rockets note of their jobs: compressed, they could not be run again. */
export async function walkFiles(root: string): Promise<readonly Found[]> {
  return (await walk(root)).filter(({ path }) => !path.split(sep).includes(JOB_FOLDER));
}
