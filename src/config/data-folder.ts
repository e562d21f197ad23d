import path from 'node:path';
import type { Surroundings } from './config-options';

/**
 * Where the embedded store lives when nothing is configured: `.lpad` in the user's data folder. The rules of the
 * `env-paths` package, which looks at the process and not at the environment that a caller passes.
 */
export function defaultStoreFolder(
  { env, home }: Pick<Surroundings, 'env' | 'home'>,
  platform: NodeJS.Platform,
): string {
  return path.join(dataFolder(env, home, platform), '.lpad');
}

function dataFolder(env: NodeJS.ProcessEnv, home: string, platform: NodeJS.Platform): string {
  if (platform === 'darwin') return path.join(home, 'Library', 'Application Support');
  if (platform === 'win32') return env['LOCALAPPDATA'] || path.join(home, 'AppData', 'Local');
  const xdg = env['XDG_DATA_HOME'];
  // The XDG rules: a relative path is to be ignored.
  return xdg && path.isAbsolute(xdg) ? xdg : path.join(home, '.local', 'share');
}
