/** Keeps two rockets out of one offline directory: a batch system may start a job twice. */
import { open, readFile, rm } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';

const LOCK_FILE = 'FW_offline.lock';

/** What releases it, or in words who is at work there. */
export async function lockDirectory(
  folder: string,
  name = LOCK_FILE,
): Promise<(() => Promise<void>) | string> {
  const file = join(folder, name);
  const release = (): Promise<void> => rm(file, { force: true });
  for (;;) {
    if (await create(file)) return release;
    const holder = await readFile(file, 'utf8').catch(() => '');
    const [host = '', pid = ''] = holder.trim().split(' ');
    // Of a process elsewhere nobody knows: after a failure of that machine, a person removes the file.
    if (holder === '' || host !== hostname() || isAlive(Number(pid))) {
      return `process ${pid} on ${host} (${file}; remove it if that is gone)`;
    }
    await release();
  }
}

async function create(file: string): Promise<boolean> {
  try {
    const handle = await open(file, 'wx');
    await handle.writeFile(`${hostname()} ${String(process.pid)}\n`);
    await handle.close();
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
