/**
 * `.lpad` in a launch directory: `job.json` and `job_return.json` of the launch that began there last. What another launch
 * has left there (directories may be shared) moves into `.lpad/launch-<id>`, what an earlier run of the same job came to is
 * numbered: nothing is written over.
 */
import { mkdir, open, readdir, readFile, rename, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';

export const JOB_FOLDER = '.lpad';
export const JOB_FILE = 'job.json';
export const RETURN_FILE = 'job_return.json';

/** `job.json`, `job_return.json`, `job_return.1.json`, and what a Firetask may have compressed of them. */
const OURS = /^job(_return(\.\d+)?)?\.json(\.gz)?$/;

/** A `job.json` that was written here; its inode tells it from one that has taken its place. */
export interface WrittenJob {
  readonly launchDir: string;
  readonly file: string;
  readonly inode: number;
}

const MOST_TRIES = 5;

export async function writeJobFile(launchDir: string, text: string): Promise<WrittenJob> {
  const folder = join(launchDir, JOB_FOLDER);
  const file = join(folder, JOB_FILE);
  if (!(await makeFolder(folder))) await setAside(folder);
  for (let tries = 1; ; tries += 1) {
    try {
      return { launchDir, file, inode: await writeNew(file, text) };
    } catch (error) {
      // Another launch has begun here at the same moment.
      if (codeOf(error) !== 'EEXIST' || tries === MOST_TRIES) throw error;
      await setAside(folder);
    }
  }
}

/**
 * The path of what was written. `file` is the `job.json` that it belongs to; `own` is what this run has written before,
 * which it may write over.
 */
export async function writeReturnFile(file: string, text: string, own?: string): Promise<string> {
  if (own !== undefined) {
    await writeFile(own, text);
    return own;
  }
  const folder = dirname(file);
  const target = join(folder, RETURN_FILE);
  for (let tries = 1; ; tries += 1) {
    try {
      await writeFile(target, text, { flag: 'wx' });
      return target;
    } catch (error) {
      if (codeOf(error) !== 'EEXIST' || tries === MOST_TRIES) throw error;
      await rename(target, join(folder, await nextName(folder))).catch(ignoreGone);
    }
  }
}

/** Where a `job.json` is now: another launch that began in the same directory has moved it. */
export async function currentPlaceOf({ launchDir, file, inode }: WrittenJob): Promise<string> {
  if (await isInode(file, inode)) return file;
  const folder = join(launchDir, JOB_FOLDER);
  for (const name of await readdir(folder).catch(() => [])) {
    const moved = join(folder, name, JOB_FILE);
    if (name.startsWith('launch-') && (await isInode(moved, inode))) return moved;
  }
  return file;
}

/** False when it is there. */
async function makeFolder(folder: string): Promise<boolean> {
  try {
    await mkdir(folder);
    return true;
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return false;
    throw error;
  }
}

async function writeNew(file: string, text: string): Promise<number> {
  const handle = await open(file, 'wx');
  try {
    await handle.writeFile(text);
    return (await handle.stat()).ino;
  } finally {
    await handle.close();
  }
}

/** What an earlier launch has left, into a folder of its own. */
async function setAside(folder: string): Promise<void> {
  const names = (await readdir(folder)).filter((name) => OURS.test(name));
  if (names.length === 0) return;
  const target = await makeAside(folder, await launchIn(folder));
  for (const name of names) await rename(join(folder, name), join(target, name)).catch(ignoreGone);
}

/** The ids of another database may be the same. */
async function makeAside(folder: string, launchId: string): Promise<string> {
  for (let count = 1; ; count += 1) {
    const target = join(folder, count === 1 ? `launch-${launchId}` : `launch-${launchId}-${String(count)}`);
    if (await makeFolder(target)) return target;
  }
}

/** As job.json has it, which may be cut off, or compressed. */
async function launchIn(folder: string): Promise<string> {
  const text = await readFile(join(folder, JOB_FILE), 'utf8').catch(() => '');
  return /^ {4}"launch_id": (\d+)/m.exec(text)?.[1] ?? 'unknown';
}

/** `job_return.1.json` is the first one. */
async function nextName(folder: string): Promise<string> {
  const numbers = (await readdir(folder)).map((name) =>
    Number(/^job_return\.(\d+)\.json/.exec(name)?.[1] ?? 0),
  );
  return RETURN_FILE.replace('.', `.${String(Math.max(0, ...numbers) + 1)}.`);
}

/** How many runs of this job have left a result. */
export async function countReturns(file: string): Promise<number> {
  const names = await readdir(dirname(file)).catch(() => []);
  return names.filter((name) => name.startsWith('job_return.')).length;
}

async function isInode(file: string, inode: number): Promise<boolean> {
  return stat(file).then(
    ({ ino }) => ino === inode,
    () => false,
  );
}

function ignoreGone(error: unknown): void {
  if (codeOf(error) !== 'ENOENT') throw error;
}

function codeOf(error: unknown): string | undefined {
  return (error as NodeJS.ErrnoException).code;
}
