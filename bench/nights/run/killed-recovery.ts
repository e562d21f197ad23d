/** `lpad recover` as a process of its own, which is killed with SIGKILL at random; the next call comes when cron makes it. */
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { between, type Draw } from '../model/draw';
import type { Arm } from './arm';
import type { SimulatedClock } from './clock';
import { nightHours, nightKey } from './night-times';

export interface KilledParts {
  readonly clock: SimulatedClock;
  readonly draw: Draw;
  /** With my_launchpad.yaml and the policy. */
  readonly folder: string;
  readonly kind: 'mongodb' | 'embedded';
  /** The built `bin/lpad.js`. */
  readonly lpad: string;
  /** Hours between two calls. */
  readonly every: number;
  readonly onCall: (killed: boolean) => void;
}

/** How many of the calls are to be killed; some of these end before. */
const KILLED_SHARE = 0.5;
/** Before one of so many writes of documents, the first ones more often: most calls write little. */
const MOST_WRITES = 400;
/** Or after so many milliseconds: also between writes, and before the first. */
const MOST_MS = 700;

export function killedRecovery(parts: KilledParts): Arm {
  let calls = 0;
  return {
    hours: nightHours(parts.every),
    act: async (night) => {
      calls += 1;
      const { code, killed, stderr } = await callRecover(parts, night, planKill(parts.draw, calls));
      parts.onCall(killed);
      // 6: something waits.
      if (!killed && code !== 0 && code !== 6)
        throw new Error(`lpad recover ended with ${String(code)}: ${stderr}`);
    },
  };
}

/** At which write, or after how many milliseconds, if at all. */
export interface Kill {
  readonly atWrite?: number;
  readonly afterMs?: number;
}

export function planKill(draw: Draw, call: number): Kill {
  if (draw('kill', call) >= KILLED_SHARE) return {};
  const drawn = draw('kill when', call);
  return draw('kill how', call) < 0.7
    ? { atWrite: Math.floor(Math.exp(between(0, Math.log(MOST_WRITES), drawn))) - 1 }
    : { afterMs: between(0, MOST_MS, drawn) };
}

interface Ended {
  readonly killed: boolean;
  readonly code: number | null;
  readonly stderr: string;
}

function callRecover(
  { clock, folder, kind, lpad }: KilledParts,
  night: number,
  { atWrite, afterMs }: Kill,
): Promise<Ended> {
  const preloads = [
    join(__dirname, 'simulated-clock.mjs'),
    ...(atWrite === undefined ? [] : [join(__dirname, '../../../test/chaos/kill-at.mjs')]),
  ];
  const program = [...preloads.flatMap((file) => ['--import', file]), lpad];
  const command = ['recover', '--policy', 'recovery.yaml', '--key', nightKey(night), '-o', 'ids'];
  const env = {
    ...process.env,
    NIGHTS_NOW: String(clock.now().getTime()),
    CHAOS_STORE: kind,
    ...(atWrite === undefined ? {} : { CHAOS_KILL_AT: String(atWrite) }),
  };
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [...program, '-l', 'my_launchpad.yaml', ...command], {
      cwd: folder,
      env,
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    let stderr = '';
    child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
    const timer = afterMs === undefined ? undefined : setTimeout(() => child.kill('SIGKILL'), afterMs);
    child.on('error', reject);
    child.on('close', (code, signal) => {
      clearTimeout(timer);
      resolve({ killed: signal === 'SIGKILL', code, stderr });
    });
  });
}
