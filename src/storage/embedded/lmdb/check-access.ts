/** A folder that may not be written to is said before LMDB fails on it with less to say. */
import { accessSync, constants, existsSync } from 'node:fs';
import { join } from 'node:path';

export function checkAccess(folder: string): void {
  accessSync(folder, constants.R_OK | constants.W_OK | constants.X_OK);
  for (const name of ['data.mdb', 'lock.mdb']) {
    const file = join(folder, name);
    if (existsSync(file)) accessSync(file, constants.R_OK | constants.W_OK);
  }
}
