/** The folder of the database: made when it is missing, and known to be usable before LMDB fails with less to say. */
import { accessSync, constants, existsSync, mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';

export function checkAccess(folder: string): void {
  accessSync(folder, constants.R_OK | constants.W_OK | constants.X_OK);
  for (const name of ['data.mdb', 'lock.mdb']) {
    const file = join(folder, name);
    if (existsSync(file)) accessSync(file, constants.R_OK | constants.W_OK);
  }
}

/** Step by step: node's own recursive mkdir never ends where a parent refuses new folders as not found (/proc). */
export function makeFolder(folder: string): void {
  if (existsSync(folder)) return;
  makeFolder(dirname(folder));
  try {
    mkdirSync(folder);
  } catch (error) {
    // Another process was faster.
    if (!existsSync(folder)) throw error;
  }
}
