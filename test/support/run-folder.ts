/** A folder that all test files of a run share, made before the first and removed after the last. */
import { rmSync } from 'node:fs';
import { createTemporaryFolder } from './temporary-folder';

/** The environment variable that names it: test files run in processes of their own. */
export const RUN_FOLDER = 'LPAD_TEST_RUN_FOLDER';

export function makeRunFolder(): void {
  process.env[RUN_FOLDER] ??= createTemporaryFolder();
}

export function removeRunFolder(): void {
  const folder = process.env[RUN_FOLDER];
  if (folder === undefined) return;
  Reflect.deleteProperty(process.env, RUN_FOLDER);
  rmSync(folder, { recursive: true, force: true });
}
