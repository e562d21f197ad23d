/** Runs one program of a Firetask in a process group of its own, so that all of it can be ended. */
import { spawn, type ChildProcess, type StdioOptions } from 'node:child_process';
import { constants } from 'node:os';
import { Readable, Writable } from 'node:stream';
import { runVariables } from '../current-run';
import type { TaskOutput } from '../define-firetask';
import { beginGroup, signalGroup } from '../process-groups';

export interface Command {
  /** For a shell, or the words of a program without one. */
  readonly command: string | readonly string[];
  /** A shell instead of /bin/sh. */
  readonly shell: string | undefined;
  readonly cwd: string;
  /** Without it, that of this process. */
  readonly env?: NodeJS.ProcessEnv | undefined;
  /** A file descriptor, or what is written to the program; inherited otherwise. */
  readonly stdin: number | string | undefined;
  readonly captureStdout: boolean;
  readonly output: TaskOutput;
  /** Every piece of stderr; it is also shown unless it is captured. */
  readonly onStderr: (chunk: Uint8Array) => void;
  readonly captureStderr: boolean;
  /** A file descriptor that takes all of stderr instead. */
  readonly stderr?: number;
  /** Written to file descriptor 3 of the program; what it writes to 4 is the reply. */
  readonly request?: string;
  readonly signal: AbortSignal;
  /** Between SIGTERM and SIGKILL. */
  readonly graceMs?: number;
}

export interface CommandResult {
  /** Negative for a signal, as in Python. */
  readonly returnCode: number;
  /** Empty unless captured. */
  readonly stdout: Buffer;
  /** Empty without a request. */
  readonly reply: Buffer;
}

const GRACE_MS = 5000;
/** How long a pipe that nobody reads for its content is waited for: a daemon may hold it open. */
const DRAIN_MS = 500;

export async function runCommand(command: Command): Promise<CommandResult> {
  const child = start(command);
  const ended = beginGroup(child.pid);
  const release = endOnAbort(child, command);
  try {
    return await follow(child, command);
  } finally {
    release();
    ended();
  }
}

function start(given: Command): ChildProcess {
  const { command, shell, cwd, stdin, captureStdout, output, stderr = 'pipe', request, env } = given;
  const stdio: StdioOptions = [
    typeof stdin === 'string' ? 'pipe' : (stdin ?? 'inherit'),
    captureStdout ? 'pipe' : output.stdout,
    stderr,
    ...(request === undefined ? [] : (['pipe', 'pipe'] as const)),
  ];
  const common = { cwd, stdio, env: { ...(env ?? process.env), ...runVariables() }, detached: true };
  if (typeof command === 'string') return spawn(command, { ...common, shell: shell ?? true });
  const [program = '', ...args] = command;
  const executable = shell === undefined ? {} : { argv0: program };
  return spawn(shell ?? program, args, { ...common, ...executable });
}

function follow(child: ChildProcess, command: Command): Promise<CommandResult> {
  const { stdin, captureStderr, onStderr, output } = command;
  const stdout: Buffer[] = [];
  const reply: Buffer[] = [];
  if (command.request !== undefined) exchange(child, command.request, reply);
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
        reply: Buffer.concat(reply),
      });
    child.once('close', settle);
    if (command.captureStdout || captureStderr) return;
    child.once('exit', (code, signal) => {
      const timer = setTimeout(() => {
        for (const stream of child.stdio) stream?.destroy();
        settle(code, signal);
      }, DRAIN_MS);
      child.once('close', () => clearTimeout(timer));
    });
  });
}

/** A program need not read what it is given, nor answer. */
function exchange({ stdio }: ChildProcess, request: string, reply: Buffer[]): void {
  const [, , , to, from] = stdio;
  if (!(to instanceof Writable) || !(from instanceof Readable)) return;
  to.on('error', () => undefined);
  to.end(request);
  from.on('data', (chunk: Buffer) => reply.push(chunk));
}

/** SIGTERM to the whole group, SIGKILL to what is left of it, and no orphan when this process ends first. */
function endOnAbort(child: ChildProcess, { signal, graceMs = GRACE_MS }: Command): () => void {
  let timer: NodeJS.Timeout | undefined;
  const signalAll = (name: NodeJS.Signals): void => {
    if (child.pid !== undefined) signalGroup(child.pid, name);
  };
  const end = (): void => {
    signalAll('SIGTERM');
    timer = setTimeout(() => signalAll('SIGKILL'), graceMs);
  };
  const killNow = (): void => signalAll('SIGKILL');
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
