/** Trackers: the last lines of files in the launch directory, kept on the launch (semantics.md, section 8). */
import { open, stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import { ActionError } from '../../domain/actions/fw-action';
import { isObject, type ValueObject } from '../../domain/model';
import { isTruthy } from '../../domain/workflow-draft';
import { plain } from '../../specs/plain-values';
import { compressionOf, readCompressed } from './compression';

const MOST_LINES = 1000;
const BLOCK = 64 * 1024;

/** `spec._trackers` as the launch stores them; throws ActionError for what FireWorks would refuse. */
export function trackersOf(spec: ValueObject): readonly ValueObject[] {
  const trackers = spec['_trackers'];
  if (trackers === undefined || trackers === null) return [];
  if (!Array.isArray(trackers)) throw new ActionError('_trackers must be a list');
  return trackers.map((tracker: unknown) => {
    if (!isObject(tracker)) throw new ActionError('a tracker must be an object');
    const { filename, nlines, allow_zipped = false, content } = tracker;
    if (typeof filename !== 'string') throw new ActionError('a tracker needs a filename');
    const lines = plain(nlines);
    if (typeof lines !== 'number') throw new ActionError('a tracker needs nlines');
    if (lines > MOST_LINES) {
      throw new ActionError(
        `Tracker only supports a maximum of ${String(MOST_LINES)} lines; you put ${String(lines)}.`,
      );
    }
    return { filename, nlines, allow_zipped, ...(isTruthy(content) ? { content } : {}) };
  });
}

/** The same trackers with what their files hold now; a file that is not there, or cannot be read, keeps the old text. */
export async function readTrackers(
  trackers: readonly ValueObject[],
  launchDir: string,
): Promise<readonly ValueObject[]> {
  return Promise.all(trackers.map((tracker) => readTracker(tracker, launchDir).catch(() => tracker)));
}

async function readTracker(tracker: ValueObject, launchDir: string): Promise<ValueObject> {
  const { content: _, ...fixed } = tracker;
  const file = resolve(launchDir, String(tracker['filename']));
  const lines = Number(plain(tracker['nlines']));
  const content = (await lastLines(file, lines, isTruthy(tracker['allow_zipped']))).join('\n');
  return content === '' ? fixed : { ...fixed, content };
}

async function lastLines(file: string, count: number, zipped: boolean): Promise<readonly string[]> {
  const found = zipped ? await zippedPath(file) : file;
  // A compressed file that is named as such is read as one, too.
  if (compressionOf(found) === '') return linesOf(await readTail(found, count), count);
  return linesOf(await readCompressed(found), count);
}

/** What there is of a file and its compressed forms, in the order in which Python's monty asks for them. */
async function zippedPath(file: string): Promise<string> {
  const plainPath = file.replace(/[.](gz|GZ|bz2|BZ2|z|Z)$/, '');
  for (const extension of ['', '.gz', '.GZ', '.bz2', '.BZ2', '.z', '.Z']) {
    if (await exists(plainPath + extension)) return plainPath + extension;
  }
  return plainPath;
}

async function exists(file: string): Promise<boolean> {
  return stat(file).then(
    () => true,
    () => false,
  );
}

/** From the end, block by block, until there are lines enough: logs grow to gigabytes. */
async function readTail(file: string, count: number): Promise<Buffer> {
  const handle = await open(file, 'r');
  try {
    let start = (await handle.stat()).size;
    let tail: Buffer = Buffer.alloc(0);
    let breaks = 0;
    while (start > 0 && breaks <= count + 1) {
      const length = Math.min(BLOCK, start);
      start -= length;
      const { buffer } = await handle.read(Buffer.alloc(length), 0, length, start);
      for (const byte of buffer) if (byte === 0x0a) breaks += 1;
      tail = Buffer.concat([buffer, tail]);
    }
    return tail;
  } finally {
    await handle.close();
  }
}

function linesOf(bytes: Buffer, count: number): readonly string[] {
  const lines = bytes
    .toString('utf8')
    .split('\n')
    .map((line) => line.replace(/\r$/, ''));
  // The end of the last line begins no other one.
  if (lines.at(-1) === '') lines.pop();
  return count > 0 ? lines.slice(-count) : lines;
}
