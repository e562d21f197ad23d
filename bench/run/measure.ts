/** Runs a program as a whole process, its start included: how long it took, and the most memory that it held. */
import { spawn } from 'node:child_process';
import { closeSync, existsSync, openSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

export interface Measurement {
  readonly seconds: number;
  /** Of the process itself, user and system; undefined without /usr/bin/time. */
  readonly cpuSeconds: number | undefined;
  readonly megabytes: number | undefined;
  /** Whether it was ended before it was done. */
  readonly cutShort: boolean;
  readonly stdout: string;
}

export interface Invocation {
  readonly command: string;
  readonly args: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  /** An empty folder: the working directory, and where the output goes. */
  readonly folder: string;
  readonly limitSeconds?: number;
}

const TIME = '/usr/bin/time';

export async function measure({
  command,
  args,
  env,
  folder,
  limitSeconds,
}: Invocation): Promise<Measurement> {
  const [out, err, usage] = ['stdout', 'stderr', 'usage'].map((name) => join(folder, name)) as [
    string,
    string,
    string,
  ];
  // Inside of `time`, which counts what its child has waited for.
  const limit = limitSeconds === undefined ? [] : ['timeout', String(limitSeconds)];
  const timed = existsSync(TIME) ? [TIME, '--quiet', '-f', '%U %S %M', '-o', usage] : [];
  const [first = command, ...rest] = [...timed, ...limit, command, ...args];
  const files = [openSync(out, 'w'), openSync(err, 'w')];
  const started = performance.now();
  const status = await endOf(first, rest, files, { ...process.env, ...env }, folder);
  const seconds = (performance.now() - started) / 1000;
  for (const file of files) closeSync(file);
  const cutShort = limitSeconds !== undefined && seconds >= limitSeconds;
  if (status !== 0 && !cutShort) {
    throw new Error(
      `${command} ${args.join(' ')} ended with ${status}: ${readFileSync(err, 'utf8').slice(-2000)}`,
    );
  }
  return { seconds, cutShort, ...readUsage(usage), stdout: readFileSync(out, 'utf8') };
}

function endOf(
  command: string,
  args: readonly string[],
  [out, err]: readonly number[],
  env: NodeJS.ProcessEnv,
  cwd: string,
): Promise<number> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd, env, stdio: ['ignore', out, err] });
    child.on('error', reject);
    child.on('close', (code) => {
      resolve(code ?? -1);
    });
  });
}

function readUsage(file: string): Pick<Measurement, 'cpuSeconds' | 'megabytes'> {
  if (!existsSync(file)) return { cpuSeconds: undefined, megabytes: undefined };
  const [user = 0, system = 0, kilobytes = 0] = readFileSync(file, 'utf8')
    .trim()
    .split(/\s+/)
    .slice(-3)
    .map(Number);
  return { cpuSeconds: user + system, megabytes: kilobytes / 1024 };
}
