/** A world for commands: what they write is text, what they read is given. */
import { PassThrough, Readable, Writable } from 'node:stream';
import type { Io } from '../../src/cli/io';

export interface FakeIo {
  readonly io: Io;
  readonly interrupt: () => void;
  readonly out: () => string;
  readonly err: () => string;
}

export function fakeIo(input = '', changes: Partial<Io> = {}): FakeIo {
  const out: string[] = [];
  const err: string[] = [];
  const controller = new AbortController();
  const io: Io = {
    stdin: input === 'never' ? new PassThrough() : Readable.from([input]),
    stdout: collect(out),
    stderr: collect(err),
    stdinIsTTY: false,
    stdoutIsTTY: false,
    stderrIsTTY: false,
    columns: 100,
    env: {},
    cwd: '/somewhere',
    home: '/home/ada',
    now: () => new Date(2026, 10, 21, 9, 30),
    signal: controller.signal,
    onSecondSignal: () => () => undefined,
    whenOutputCloses: 'end',
    ...changes,
  };
  const interrupt = (): void => {
    controller.abort();
  };
  return { io, interrupt, out: () => out.join(''), err: () => err.join('') };
}

function collect(into: string[]): Writable {
  return new Writable({
    write: (chunk, _encoding, done) => {
      into.push(String(chunk));
      done();
    },
  });
}
