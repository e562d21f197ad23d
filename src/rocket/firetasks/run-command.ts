/** Runs one program of a Firetask in a process group of its own, so that all of it can be ended. */
import { spawn, type ChildProcess, type StdioOptions } from 'node:child_process';
import { constants } from 'node:os';
import type { TaskOutput } from '../define-firetask';

export interface Command {
  /** For a shell, or the words of a program without one. */
  readonly command: string | readonly string[];
  /** A shell instead of /bin/sh. */
  readonly shell: string | undefined;
  readonly cwd: string;
  /** A file descriptor, or what is written to the program; inherited otherwise. */
  readonly stdin: number | string | undefined;
  readonly captureStdout: boolean;
  readonly output: TaskOutput;
  /** Every piece of stderr; it is also shown unless it is captured. */
  readonly onStderr: (chunk: Uint8Array) => void;
  readonly captureStderr: boolean;
  readonly signal: AbortSignal;
  /** Between SIGTERM and SIGKILL. */
  readonly graceMs?: number;
}

export interface CommandResult {
  /** Negative for a signal, as in Python. */
  readonly returnCode: number;
  /** Empty unless captured. */
  readonly stdout: Buffer;
}

const GRACE_MS = 5000;
/** How long a pipe that nobody reads for its content is waited for: a daemon may hold it open. */
const DRAIN_MS = 500;

export async function runCommand(command: Command): Promise<CommandResult> {
  const child = start(command);
  const release = endOnAbort(child, command);
  try {
    return await follow(child, command);
  } finally {
    release();
  }
}

function start({ command, shell, cwd, stdin, captureStdout, output }: Command): ChildProcess {
  const stdio: StdioOptions = [
    typeof stdin === 'string' ? 'pipe' : (stdin ?? 'inherit'),
    captureStdout ? 'pipe' : output.stdout,
    'pipe',
  ];
  if (typeof command === 'string')
    return spawn(command, { cwd, stdio, shell: shell ?? true, detached: true });
  const [program = '', ...args] = command;
  const executable = shell === undefined ? {} : { argv0: program };
  return spawn(shell ?? program, args, { cwd, stdio, ...executable, detached: true });
}

function follow(child: ChildProcess, command: Command): Promise<CommandResult> {
  const { stdin, captureStderr, onStderr, output } = command;
  const stdout: Buffer[] = [];
  child.stdout?.on('data', (chunk: Buffer) => stdout.push(chunk));
  child.stderr?.on('data', (chunk: Buffer) => {
    onStderr(chunk);
    if (!captureStderr) output.writeStderr(chunk);
  });
  if (typeof stdin === 'string') {
    // A program need not read what it is given.
    child.stdin?.on('error', () => undefined);
    child.stdin?.end(stdin);
  }
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    const settle = (code: number | null, signal: NodeJS.Signals | null): void =>
      resolve({
        returnCode: code ?? -(signal === null ? 1 : constants.signals[signal]),
        stdout: Buffer.concat(stdout),
      });
    child.once('close', settle);
    if (command.captureStdout || captureStderr) return;
    child.once('exit', (code, signal) => {
      const timer = setTimeout(() => {
        child.stderr?.destroy();
        settle(code, signal);
      }, DRAIN_MS);
      child.once('close', () => clearTimeout(timer));
    });
  });
}

/** SIGTERM to the whole group, SIGKILL to what is left of it, and no orphan when this process ends first. */
function endOnAbort(child: ChildProcess, { signal, graceMs = GRACE_MS }: Command): () => void {
  let timer: NodeJS.Timeout | undefined;
  const end = (): void => {
    signalGroup(child, 'SIGTERM');
    timer = setTimeout(() => signalGroup(child, 'SIGKILL'), graceMs);
  };
  const killNow = (): void => signalGroup(child, 'SIGKILL');
  if (signal.aborted) end();
  else signal.addEventListener('abort', end, { once: true });
  process.once('exit', killNow);
  return () => {
    signal.removeEventListener('abort', end);
    process.removeListener('exit', killNow);
    if (timer === undefined) return;
    clearTimeout(timer);
    // The leader ended in time; what it started may not have.
    killNow();
  };
}

function signalGroup({ pid }: ChildProcess, name: NodeJS.Signals): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, name);
  } catch {
    // It has ended already.
  }
}
