/** Compressed files: gzip by the platform's zlib, the rest by the system's programs. */
import { createReadStream, createWriteStream } from 'node:fs';
import { mkdtemp, open, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { extname, join } from 'node:path';
import type { Duplex } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip, createGzip } from 'node:zlib';
import { spawn } from 'node:child_process';
import { FiretaskError } from '../define-firetask';

type Format = '' | 'gz' | 'bz2' | 'xz' | 'lzma';

/** As Python's monty tells it by the name; `.z` is gzip to it. */
const FORMATS: Readonly<Record<string, Format>> = {
  '.gz': 'gz',
  '.z': 'gz',
  '.bz2': 'bz2',
  '.xz': 'xz',
  '.lzma': 'lzma',
};

const PROGRAMS: Readonly<Record<Exclude<Format, '' | 'gz'>, readonly string[]>> = {
  bz2: ['bzip2'],
  xz: ['xz'],
  lzma: ['xz', '--format=lzma'],
};

export function compressionOf(file: string): Format {
  return FORMATS[extname(file).toLowerCase()] ?? '';
}

/** Copies the contents, and (de)compresses where the names say so. A target that is only half written goes away. */
export async function copyCompressed(source: string, target: string): Promise<void> {
  await convert(source, target, compressionOf(source), compressionOf(target));
}

/** Of one format to another; '' is neither. */
export async function convert(source: string, target: string, from: Format, to: Format): Promise<void> {
  if (from !== '' && to !== '' && from !== to) {
    const between = `${target}.lpad-plain`;
    try {
      await convert(source, between, from, '');
      await convert(between, target, '', to);
    } finally {
      await rm(between, { force: true });
    }
    return;
  }
  try {
    if (from === to) await pipeline(createReadStream(source), createWriteStream(target));
    else if (from === 'gz') await throughZlib(source, target, createGunzip());
    else if (to === 'gz') await throughZlib(source, target, createGzip({ level: 9 }));
    else if (from !== '') await throughProgram(source, target, [...PROGRAMS[from], '-dc']);
    else if (to !== '') await throughProgram(source, target, [...PROGRAMS[to], '-c']);
  } catch (error) {
    await rm(target, { force: true });
    throw error;
  }
}

async function throughZlib(source: string, target: string, zlib: Duplex): Promise<void> {
  const input = await open(source, 'r');
  await pipeline(input.createReadStream(), zlib, createWriteStream(target));
}

async function throughProgram(source: string, target: string, words: readonly string[]): Promise<void> {
  const [program = '', ...args] = words;
  const input = await open(source, 'r');
  const output = await open(target, 'w');
  try {
    await runFilter(program, args, [input.fd, output.fd]);
  } finally {
    await Promise.all([input.close(), output.close()]);
  }
}

/** A program from one file descriptor to another. */
async function runFilter(
  program: string,
  args: readonly string[],
  [input, output]: readonly [number, number],
): Promise<void> {
  const child = spawn(program, args, { stdio: [input, output, 'pipe'], env: process.env });
  const said: Buffer[] = [];
  child.stderr?.on('data', (chunk: Buffer) => said.push(chunk));
  const status = await new Promise<number | null>((resolve, reject) => {
    child.once('close', resolve);
    child.once('error', (error: NodeJS.ErrnoException) =>
      reject(error.code === 'ENOENT' ? missing(program) : error),
    );
  });
  if (status === 0) return;
  const reason = Buffer.concat(said).toString('utf8').trim();
  throw new FiretaskError('OSError', `${program} ended with status ${String(status)}: ${reason}`);
}

export function missing(program: string): FiretaskError {
  return new FiretaskError('FileNotFoundError', `the program ${program} is needed, and not installed here`);
}

/** All of a compressed file, in memory. */
export async function readCompressed(file: string): Promise<Buffer> {
  const folder = await mkdtemp(join(tmpdir(), 'lpad-'));
  const target = join(folder, 'contents');
  try {
    await convert(file, target, compressionOf(file), '');
    return await readFile(target);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
