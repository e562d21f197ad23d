/** The directories that rapidfire makes, `launcher_<UTC stamp>`, and the redirection of output into them. */
import { closeSync, openSync, writeSync } from 'node:fs';
import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { RocketLog, TaskOutput } from './define-firetask';

/** As FW_BLOCK_FORMAT is by default: to the microsecond, so that rockets that start together do not meet. */
export function launcherName(microseconds: number): string {
  const stamp = new Date(Math.floor(microseconds / 1000)).toISOString().slice(0, 19).replace(/[T:]/g, '-');
  return `launcher_${stamp}-${String(Math.floor(microseconds % 1_000_000)).padStart(6, '0')}`;
}

export async function makeLauncherDir(folder: string): Promise<string> {
  for (;;) {
    const directory = join(folder, launcherName((performance.timeOrigin + performance.now()) * 1000));
    try {
      await mkdir(directory);
      return directory;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
      await sleep(1);
    }
  }
}

const FILES = { stdout: 'FW_job.out', stderr: 'FW_job.error' } as const;

export interface Redirection {
  readonly output: TaskOutput;
  readonly logger: RocketLog;
  close(): void;
}

/** FireWorks' `--local_redirect`: what the Firetasks print, and what the rocket says, goes into files of the directory. */
export function redirectInto(directory: string, logger: RocketLog): Redirection {
  const stdout = openSync(join(directory, FILES.stdout), 'w');
  const stderr = openSync(join(directory, FILES.stderr), 'w');
  const also = (level: keyof RocketLog) => (message: string) => {
    writeIfPossible(stderr, `${new Date().toISOString()} ${level.toUpperCase()} ${message}\n`);
    logger[level](message);
  };
  return {
    output: { stdout, writeStderr: (chunk) => writeIfPossible(stderr, chunk) },
    logger: {
      debug: (message) => logger.debug(message),
      info: also('info'),
      warn: also('warn'),
      error: also('error'),
    },
    close: () => {
      closeSync(stdout);
      closeSync(stderr);
    },
  };
}

/** A full disk loses output, but no result. */
function writeIfPossible(file: number, text: string | Uint8Array): void {
  try {
    writeSync(file, typeof text === 'string' ? Buffer.from(text) : text);
  } catch {
    // Nowhere is left to say so.
  }
}

export async function removeRedirection(directory: string): Promise<void> {
  for (const name of Object.values(FILES)) await rm(join(directory, name), { force: true });
}
