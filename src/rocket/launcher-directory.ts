/** The directories that rapidfire makes, `launcher_<UTC stamp>`, and the redirection of output into them. */
import { closeSync, existsSync, openSync, writeSync } from 'node:fs';
import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { strftime } from '../specs/printing/strftime';
import type { RocketLog, TaskOutput } from './define-firetask';

/** FW_BLOCK_FORMAT as it is by default: to the microsecond, so that rockets that start together do not meet. */
export const BLOCK_FORMAT = '%Y-%m-%d-%H-%M-%S-%f';

export function launcherName(microseconds: number, format = BLOCK_FORMAT): string {
  return `launcher_${strftime(format, { microseconds })}`;
}

/** A new directory. Where a format does not tell one moment from the next, a number does. */
export async function makeLauncherDir(folder: string, format = BLOCK_FORMAT): Promise<string> {
  for (let count = 1; ; count += 1) {
    const name = launcherName((performance.timeOrigin + performance.now()) * 1000, format);
    const directory = join(folder, count > 1 && !format.includes('%f') ? `${name}-${String(count)}` : name);
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
export function redirectInto(directory: string, logger: RocketLog, flags: 'w' | 'a' = 'w'): Redirection {
  const stdout = openSync(join(directory, FILES.stdout), flags);
  const stderr = openSync(join(directory, FILES.stderr), flags);
  return {
    output: { stdout, writeStderr: (chunk) => writeIfPossible(stderr, chunk) },
    logger: alsoInto(stderr, logger),
    close: () => {
      closeSync(stdout);
      closeSync(stderr);
    },
  };
}

/** What the rocket says, also into a file. */
export function alsoInto(file: number, logger: RocketLog): RocketLog {
  const also = (level: keyof RocketLog) => (message: string) => {
    writeIfPossible(file, `${new Date().toISOString()} ${level.toUpperCase()} ${message}\n`);
    logger[level](message);
  };
  return {
    debug: (message) => logger.debug(message),
    info: also('info'),
    warn: also('warn'),
    error: also('error'),
  };
}

/** Whether a rocket has redirected its output into this directory. */
export function isRedirected(directory: string): boolean {
  return Object.values(FILES).some((name) => existsSync(join(directory, name)));
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
