/**
 * Whether a data file can be given to LMDB, which maps it into memory: garbage in the wrong place ends the process, not
 * the call, or is passed over. So the file is looked at first, unless it is as a process of ours has left it.
 */
import {
  closeSync,
  existsSync,
  fstatSync,
  openSync,
  readFileSync,
  readSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { LpadError } from '../../../errors';
import { isSound, KIND, PAGE } from './walk-pages';

/** Offsets in a meta page of lmdb 3 (data version 2). */
const META = {
  magic: 24,
  version: 28,
  pageSize: 48,
  roots: [88, 136],
  transaction: 152,
  bytes: 160,
} as const;
const LMDB_MAGIC = 0xbeefc0de;
const LMDB_VERSION = 2;

/** Pages may be written again while they are looked at: only what stays wrong is damage. */
const ATTEMPTS = 5;

/** Throws DAMAGED_STORE when the file is no database or lacks a part. A file that is not there, or empty, is a new one. */
export function checkDataFile(file: string): void {
  if (!existsSync(file) || isAsLeft(file)) return;
  const descriptor = openSync(file, 'r');
  let problem: string | undefined;
  try {
    problem = findProblem(descriptor);
  } finally {
    closeSync(descriptor);
  }
  if (problem !== undefined) throw damaged(file, problem);
}

export function damaged(file: string, problem: string, cause?: unknown): LpadError {
  return new LpadError('DAMAGED_STORE', `the embedded database ${file} is damaged: ${problem}`, {
    hint: 'restore the file from a backup, or move it away to start with an empty launchpad',
    cause,
  });
}

/** Notes what the file is like, so that the next process need not look at all of it. */
export function noteAsLeft(file: string): void {
  try {
    writeFileSync(`${file}.left`, stampOf(file));
  } catch {
    // Only a note to save time.
  }
}

function isAsLeft(file: string): boolean {
  try {
    return readFileSync(`${file}.left`, 'utf8') === stampOf(file);
  } catch {
    return false;
  }
}

function stampOf(file: string): string {
  const { size, mtimeNs, ino } = statSync(file, { bigint: true });
  return `${size} ${mtimeNs} ${ino}`;
}

function findProblem(descriptor: number): string | undefined {
  for (let attempt = 1; ; attempt += 1) {
    const { size } = fstatSync(descriptor);
    if (size === 0) return undefined;
    const meta = newestMeta(descriptor);
    if (!meta) return 'it does not begin as a database';
    const pageSize = meta.readUInt32LE(META.pageSize);
    const file = { descriptor, pageSize, pageCount: Math.floor(size / pageSize) };
    const roots = META.roots.map((offset) => meta.readBigUInt64LE(offset));
    if (isSound(file, roots)) return undefined;
    const written = newestMeta(descriptor);
    if (written?.equals(meta)) return 'pages of it are missing or garbage';
    // Somebody writes all the time, and finds nothing wrong.
    if (attempt === ATTEMPTS) return undefined;
  }
}

function newestMeta(descriptor: number): Buffer | undefined {
  const first = readMeta(descriptor, 0);
  const second = first && readMeta(descriptor, first.readUInt32LE(META.pageSize));
  if (!first || !second) return undefined;
  return first.readBigUInt64LE(META.transaction) > second.readBigUInt64LE(META.transaction) ? first : second;
}

function readMeta(descriptor: number, position: number): Buffer | undefined {
  const page = Buffer.alloc(META.bytes);
  const isMeta =
    readSync(descriptor, page, 0, META.bytes, position) === META.bytes &&
    (page.readUInt16LE(PAGE.flags) & KIND.meta) !== 0 &&
    page.readUInt32LE(META.magic) === LMDB_MAGIC &&
    page.readUInt32LE(META.version) === LMDB_VERSION;
  const pageSize = page.readUInt32LE(META.pageSize);
  // The second one of a new database notes no size yet.
  const isSize = position > 0 || (pageSize >= 512 && pageSize <= 65536 && (pageSize & (pageSize - 1)) === 0);
  return isMeta && isSize ? page : undefined;
}
