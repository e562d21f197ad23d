/** The peer: Python FireWorks in a virtual environment of its own, laid out as the differential test's runner does it. */
import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { cacheFolder } from './cache-folder';
import { mustRun } from './run-program';

export const FIREWORKS_VERSION = '2.1.4';

/** What the differential test's runner takes as PEER_CACHE. */
export function peerCache(): string {
  return join(cacheFolder(), 'peer');
}

function environment(): string {
  return join(peerCache(), `venv-${FIREWORKS_VERSION}`);
}

/** The interpreter that has FireWorks, if it was installed. */
export function peerPython(): string | undefined {
  // `ready` is written last: an installation that was interrupted does not count.
  return existsSync(join(environment(), 'ready')) ? join(environment(), 'bin', 'python') : undefined;
}

/** The interpreter that has FireWorks, installed if need be. Rejects with the reason where that cannot work. */
export async function installPeer(): Promise<string> {
  const installed = peerPython();
  if (installed !== undefined) {
    return installed;
  }
  const folder = environment();
  const python = join(folder, 'bin', 'python');
  await mkdir(peerCache(), { recursive: true });
  await mustRun('python3', ['-m', 'venv', '--clear', '--without-pip', folder]);
  const pip = ['-m', 'pip', '--python', python, 'install', '--quiet', '--retries', '1'];
  await mustRun('python3', [...pip, `fireworks==${FIREWORKS_VERSION}`]);
  await writeFile(join(folder, 'ready'), '');
  return python;
}
