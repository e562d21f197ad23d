/** Whether the launch of a saved job may be under way still: two processes must not work in one directory. */
import { readFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { timestampMillis } from '../../domain/timestamps';
import type { SavedJob } from '../../specs/job-files/saved-job';
import { isAlive } from '../offline/directory-lock';
import { countReturns } from './job-files';

/** In words who is at work, or may be; undefined when the launch has ended. */
export async function findWorker(job: SavedJob, file: string): Promise<string | undefined> {
  if ((await countReturns(file)) > 0) return undefined;
  const { launchId, host, pid, savedOn } = job;
  const launch = `launch ${String(launchId)} began ${savedOn} as process ${String(pid)} on ${host}`;
  if (host !== hostname())
    return `${launch} and has left no result yet: from here nobody can tell whether it still runs`;
  const runs = isAlive(pid) && !(await beganAfter(pid, timestampMillis(savedOn)));
  return runs ? `${launch} and is still running` : undefined;
}

/** Clock ticks a second: 100 on every Linux of today. */
const TICKS = 100;

/** A process that began later has only taken over the number. Nobody can tell but on Linux. */
async function beganAfter(pid: number, millis: number): Promise<boolean> {
  try {
    const [process, system] = await Promise.all([
      readFile(`/proc/${String(pid)}/stat`, 'utf8'),
      readFile('/proc/stat', 'utf8'),
    ]);
    const bootSecs = Number(/^btime (\d+)$/m.exec(system)?.[1]);
    // The second field is the program's name, in brackets that it may contain, too.
    const ticks = Number(process.slice(process.lastIndexOf(')') + 2).split(' ')[19]);
    // To the second, since the clock of the boot is no better.
    return (bootSecs + ticks / TICKS - 1) * 1000 > millis;
  } catch {
    return false;
  }
}
