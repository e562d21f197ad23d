/** Tells on stderr how far long work has come: a bar on a terminal, a plain line now and then elsewhere. */
import type { SingleBar } from 'cli-progress';
import type { Io } from '../io';

/** Work shorter than this says nothing. */
const QUIET_MS = 2_000;
const LINE_EVERY_MS = 10_000;

export interface Progress {
  /** So many more are done. */
  advance(count: number): void;
  /** Takes the bar away, also after a failure. */
  finish(): void;
}

export interface ProgressOptions {
  readonly io: Io;
  readonly total: number;
  /** What is counted: `workflows`. */
  readonly what: string;
}

export function createProgress(options: ProgressOptions): Progress {
  return options.io.stderrIsTTY ? barProgress(options) : lineProgress(options);
}

function lineProgress({ io, total, what }: ProgressOptions): Progress {
  let done = 0;
  let lineDue = io.now().getTime() + LINE_EVERY_MS;
  return {
    advance: (count) => {
      done += count;
      const now = io.now().getTime();
      if (now < lineDue) return;
      lineDue = now + LINE_EVERY_MS;
      io.stderr.write(`${done} of ${total} ${what}\n`);
    },
    finish: () => undefined,
  };
}

function barProgress({ io, total, what }: ProgressOptions): Progress {
  const quietUntil = io.now().getTime() + QUIET_MS;
  let state: 'quiet' | 'shown' | 'finished' = 'quiet';
  let done = 0;
  let bar: SingleBar | undefined;
  const show = async (): Promise<void> => {
    const { Presets, SingleBar: Bar } = await import('cli-progress');
    if (state === 'finished') return;
    const format = `{bar} {value} of {total} ${what}, {eta_formatted} left`;
    bar = new Bar({ stream: io.stderr, format, clearOnComplete: true, hideCursor: true }, Presets.legacy);
    bar.start(total, done);
  };
  return {
    advance: (count) => {
      done += count;
      bar?.update(done);
      if (state !== 'quiet' || io.now().getTime() < quietUntil) return;
      state = 'shown';
      // A bar that cannot be shown is no reason to stop the work.
      show().catch(() => undefined);
    },
    finish: () => {
      state = 'finished';
      bar?.stop();
    },
  };
}
