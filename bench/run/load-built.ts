/** A module of dist/, which is built when a benchmark starts: what it exports is the caller's knowledge. */
import { createRequire } from 'node:module';
import { join } from 'node:path';

export function loadBuilt(home: string, path: string): unknown {
  return createRequire(__filename)(join(home, 'dist', path));
}
