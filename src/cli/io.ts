/** The world as a command sees it: tests pass another one. */
import { homedir } from 'node:os';

export interface Io {
  readonly stdin: NodeJS.ReadableStream;
  readonly stdout: NodeJS.WritableStream;
  readonly stderr: NodeJS.WritableStream;
  readonly stdinIsTTY: boolean;
  readonly stdoutIsTTY: boolean;
  readonly stderrIsTTY: boolean;
  /** Width of the terminal; 80 without one. */
  readonly columns: number;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly cwd: string;
  readonly home: string;
  readonly now: () => Date;
  /** Aborted by SIGINT and SIGTERM: finish the batch in hand, report the rest as not done. */
  readonly signal: AbortSignal;
  /**
   * Who has something in hand that must not be left lying is told of a second signal, which else ends the process at once;
   * a third one ends it in any case. What it returns takes this away.
   */
  readonly onSecondSignal: (hurry: () => void) => () => void;
  /** What happens when the reader of stdout goes away: a query has nothing left to do, a change goes on unseen. */
  readonly whenOutputCloses: 'end' | 'go on';
}

/** The reader of stdout has gone (`lpad get_fws | head`): not a failure. */
export class OutputClosed extends Error {
  constructor() {
    super('the reader of the output has gone');
    this.name = 'OutputClosed';
  }
}

/** Streams whose reader has gone. Kept aside because a stream reports EPIPE once, to whoever listens just then. */
const closedStreams = new WeakSet<NodeJS.WritableStream>();

/** Keeps a broken pipe from becoming an uncaught exception; `writeOut` finds out at its next write. */
export function watchPipe(stream: NodeJS.WritableStream): void {
  stream.on('error', () => closedStreams.add(stream));
}

/** Writes to stdout, and waits while its reader is slower than we are. */
export async function writeOut(io: Io, text: string | Uint8Array): Promise<void> {
  const { stdout } = io;
  // An interrupted query is abandoned where it is: what it still finds must not follow the message.
  if (io.signal.aborted && io.whenOutputCloses === 'end') throw new OutputClosed();
  if (!closedStreams.has(stdout) && text.length > 0) await writeAndWait(stdout, text);
  if (closedStreams.has(stdout) && io.whenOutputCloses === 'end') throw new OutputClosed();
}

/** A system call for every hit would cost more than finding it. */
const CHUNK_LENGTH = 1 << 16;

/** Gathers what is written into larger pieces. */
export function bufferedOut(writeText: (text: string) => Promise<void>): {
  readonly write: (text: string) => Promise<void>;
  readonly flush: () => Promise<void>;
} {
  let held = '';
  const flush = async (): Promise<void> => {
    const text = held;
    held = '';
    await writeText(text);
  };
  return {
    flush,
    write: async (text) => {
      held += text;
      if (held.length >= CHUNK_LENGTH) await flush();
    },
  };
}

function writeAndWait(stream: NodeJS.WritableStream, text: string | Uint8Array): Promise<void> {
  return new Promise((resolve) => {
    const settle = (): void => {
      stream.removeListener('drain', settle);
      stream.removeListener('error', broken);
      stream.removeListener('close', broken);
      resolve();
    };
    const broken = (): void => {
      closedStreams.add(stream);
      settle();
    };
    stream.once('error', broken);
    stream.once('close', broken);
    if (stream.write(text)) setImmediate(settle);
    else stream.once('drain', settle);
  });
}

/** The process itself. The first signal asks for an orderly end, the second one ends it at once. */
export function processIo(): Io {
  const { stdout, stderr } = process;
  const signals = signalsOfProcess();
  watchPipe(stdout);
  watchPipe(stderr);
  return {
    // Node makes its stdin, with what that loads, when somebody looks at it.
    get stdin() {
      return process.stdin;
    },
    get stdinIsTTY() {
      return isTerminal(process.stdin);
    },
    stdout,
    stderr,
    stdoutIsTTY: isTerminal(stdout),
    stderrIsTTY: isTerminal(stderr),
    columns: stdout.columns || stderr.columns || 80,
    env: process.env,
    cwd: process.cwd(),
    home: homedir(),
    now: () => new Date(),
    ...signals,
    whenOutputCloses: 'end',
  };
}

/** Not isatty() of node:tty, which loads the network. A stream that is no terminal has no isTTY at all, whatever its type says. */
function isTerminal({ isTTY }: { readonly isTTY?: boolean }): boolean {
  return isTTY === true;
}

function signalsOfProcess(): Pick<Io, 'signal' | 'onSecondSignal'> {
  const controller = new AbortController();
  const hurries = new Set<() => void>();
  let count = 0;
  const end = (): void => {
    count += 1;
    if (count === 1) controller.abort();
    else if (count === 2 && hurries.size > 0) for (const hurry of hurries) hurry();
    else process.exit(130);
  };
  process.on('SIGINT', end);
  process.on('SIGTERM', end);
  const onSecondSignal = (hurry: () => void): (() => void) => {
    hurries.add(hurry);
    return () => hurries.delete(hurry);
  };
  return { signal: controller.signal, onSecondSignal };
}
