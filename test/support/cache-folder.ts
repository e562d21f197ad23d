import { homedir } from 'node:os';
import { join } from 'node:path';

/** Where what the tests need of the outside is kept between runs: a mongod, Python's FireWorks. */
export function cacheFolder(env: NodeJS.ProcessEnv = process.env): string {
  if (env['LPAD_TEST_CACHE']) {
    return env['LPAD_TEST_CACHE'];
  }
  return join(env['XDG_CACHE_HOME'] || join(homedir(), '.cache'), 'lpad-test');
}
