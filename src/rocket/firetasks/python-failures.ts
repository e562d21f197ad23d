/** Failures named and worded as Python's, so that stack traces of both programs can be searched alike. */
import { FiretaskError } from '../define-firetask';
import { pythonRepr } from './python-repr';

interface SystemError {
  readonly name: string;
  readonly number: number;
  readonly text: string;
}

const SYSTEM_ERRORS: Readonly<Record<string, SystemError>> = {
  ENOENT: { name: 'FileNotFoundError', number: 2, text: 'No such file or directory' },
  EACCES: { name: 'PermissionError', number: 13, text: 'Permission denied' },
  EPERM: { name: 'PermissionError', number: 1, text: 'Operation not permitted' },
  EEXIST: { name: 'FileExistsError', number: 17, text: 'File exists' },
  ENOTDIR: { name: 'NotADirectoryError', number: 20, text: 'Not a directory' },
  EISDIR: { name: 'IsADirectoryError', number: 21, text: 'Is a directory' },
  ENOSPC: { name: 'OSError', number: 28, text: 'No space left on device' },
  ENOTEMPTY: { name: 'OSError', number: 39, text: 'Directory not empty' },
};

/** A failure of the system at a path, or whatever it was. */
export function osFailure(error: unknown, path: string): unknown {
  const code = typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : '';
  const known = Object.hasOwn(SYSTEM_ERRORS, code) ? SYSTEM_ERRORS[code] : undefined;
  if (!known) return error;
  return new FiretaskError(known.name, `[Errno ${String(known.number)}] ${known.text}: ${pythonRepr(path)}`, {
    notes: [String(error)],
  });
}

/** The work, its failures as Python would name them. */
export async function atPath<T>(path: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw osFailure(error, path);
  }
}

/** Python's `assert`. */
export function assertThat(condition: boolean, message = ''): asserts condition {
  if (!condition) throw new FiretaskError('AssertionError', message);
}

export function keyError(key: string): FiretaskError {
  return new FiretaskError('KeyError', pythonRepr(key));
}
