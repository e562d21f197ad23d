/** Errors of the file system and of LMDB as those that a command knows. */
import { LpadError, messageOf } from '../../../errors';
import { damaged } from './check-file';

const NO_PERMISSION = new Set(['EACCES', 'EPERM', 'EROFS']);
const NO_FOLDER = new Set(['ENOTDIR', 'EISDIR', 'EEXIST', 'ELOOP', 'ENAMETOOLONG', 'ENOENT']);
const FULL = new Set(['ENOSPC', 'EDQUOT', 'EFBIG']);

const FULL_MESSAGE = /no space left|disk quota|file too large|MDB_MAP_FULL/i;
const DAMAGED_MESSAGE =
  /MDB_(CORRUPTED|PAGE_NOTFOUND|INVALID|VERSION_MISMATCH|PANIC|CURSOR_FULL|BAD_DBI)|corrupted/i;

export function translateError(error: unknown, place: string, file: string): unknown {
  if (error instanceof LpadError) return error;
  const code = codeOf(error);
  const message = messageOf(error);
  const where = pathOf(error) ?? place;
  if (NO_PERMISSION.has(code) || /permission denied/i.test(message)) {
    return new LpadError('NO_PERMISSION', `${where} may not be read or written: ${message}`, {
      cause: error,
    });
  }
  if (FULL.has(code) || FULL_MESSAGE.test(message)) {
    return new LpadError('FAILED', `the disk is full, nothing was changed: ${message} (${file})`, {
      cause: error,
    });
  }
  if (/input\/output error/i.test(message)) {
    return new LpadError('FAILED', `${file} could not be written, nothing was changed: ${message}`, {
      cause: error,
    });
  }
  if (NO_FOLDER.has(code)) {
    return new LpadError('NO_DATABASE', `${where} cannot be used as a folder: ${message}`, { cause: error });
  }
  if (DAMAGED_MESSAGE.test(message)) return damaged(file, message, error);
  return error;
}

function codeOf(error: unknown): string {
  return textIn(error, 'code') ?? '';
}

function pathOf(error: unknown): string | undefined {
  return textIn(error, 'path');
}

/** By its fields, not its class: node's errors are of another realm where tests run. */
function textIn(error: unknown, field: string): string | undefined {
  const value: unknown = (error as Record<string, unknown> | null)?.[field];
  return typeof value === 'string' ? value : undefined;
}
