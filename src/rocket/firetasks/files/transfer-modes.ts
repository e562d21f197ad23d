/** The ways in which FileTransferTask takes a file from here to there: functions of Python's shutil, by FireWorks' names. */
import { createReadStream, createWriteStream } from 'node:fs';
import { copyFile, cp, lstat, realpath, rename, rm, stat, utimes } from 'node:fs/promises';
import { basename, join, sep } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { FiretaskError } from '../../define-firetask';
import { pythonRepr } from '../python-repr';
import { atPath, osFailure } from '../python-failures';

export type Transfer = (source: string, target: string) => Promise<void>;

export const TRANSFERS: ReadonlyMap<string, Transfer> = new Map([
  ['move', move],
  ['mv', move],
  ['copy', copy],
  ['cp', copy],
  ['copy2', copyWithTimes],
  ['copyfile', copyContents],
  ['copytree', copyTree],
]);

/** A file or directory; into the target if that is a directory, where nothing of its name may be. */
async function move(source: string, given: string): Promise<void> {
  let target = given;
  if (await isDirectory(target)) {
    target = join(given, basename(source));
    if (await exists(target)) {
      throw new FiretaskError('Error', `Destination path ${pythonRepr(target)} already exists`);
    }
  }
  try {
    await rename(source, target);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EXDEV') throw osFailure(error, source);
    await moveAcross(source, target);
  }
}

/** To another file system: a copy, and the source goes only when all of it is there. */
async function moveAcross(source: string, target: string): Promise<void> {
  if (target.startsWith(source + sep)) {
    throw new FiretaskError(
      'Error',
      `Cannot move a directory ${pythonRepr(source)} into itself ${pythonRepr(target)}.`,
    );
  }
  await cp(source, target, { recursive: true, preserveTimestamps: true, verbatimSymlinks: true });
  await rm(source, { recursive: true });
}

/** Contents and mode bits. */
async function copy(source: string, given: string): Promise<void> {
  await copyInto(source, given);
}

async function copyInto(source: string, given: string): Promise<string> {
  const target = (await isDirectory(given)) ? join(given, basename(source)) : given;
  await assertCopyable(source, target);
  await atPath(source, () => copyFile(source, target));
  return target;
}

/** Contents, mode bits and times. */
async function copyWithTimes(source: string, given: string): Promise<void> {
  const target = await copyInto(source, given);
  const { atimeMs, mtimeMs } = await stat(source);
  await utimes(target, atimeMs / 1000, mtimeMs / 1000);
}

/** Contents alone: the mode of a new file is that of any new file. */
export async function copyContents(source: string, target: string): Promise<void> {
  await assertCopyable(source, target);
  if (await isDirectory(target)) {
    throw new FiretaskError('IsADirectoryError', `[Errno 21] Is a directory: ${pythonRepr(target)}`);
  }
  await atPath(source, () => pipeline(createReadStream(source), createWriteStream(target)));
}

/** A directory with all that is in it; links become what they point to. */
async function copyTree(source: string, target: string): Promise<void> {
  if (!(await atPath(source, () => stat(source))).isDirectory()) {
    throw new FiretaskError('NotADirectoryError', `[Errno 20] Not a directory: ${pythonRepr(source)}`);
  }
  if (await exists(target)) {
    throw new FiretaskError('FileExistsError', `[Errno 17] File exists: ${pythonRepr(target)}`);
  }
  await atPath(source, () =>
    cp(source, target, { recursive: true, dereference: true, preserveTimestamps: true }),
  );
}

async function assertCopyable(source: string, target: string): Promise<void> {
  const found = await atPath(source, () => stat(source));
  if (found.isDirectory()) {
    throw new FiretaskError('IsADirectoryError', `[Errno 21] Is a directory: ${pythonRepr(source)}`);
  }
  const [from, to] = await Promise.all([realpath(source), realpath(target).catch(() => undefined)]);
  if (from !== to) return;
  throw new FiretaskError(
    'SameFileError',
    `${pythonRepr(source)} and ${pythonRepr(target)} are the same file`,
  );
}

async function isDirectory(path: string): Promise<boolean> {
  return stat(path).then(
    (found) => found.isDirectory(),
    () => false,
  );
}

/** Also a link that leads nowhere. */
async function exists(path: string): Promise<boolean> {
  return lstat(path).then(
    () => true,
    () => false,
  );
}
