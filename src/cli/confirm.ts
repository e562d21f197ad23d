/** Asks before a large change (rerun.md §4). Returns when it is agreed to; throws NOT_CONFIRMED otherwise. */
import { createInterface } from 'node:readline';
import { LpadError } from '../errors';
import { localDate } from '../launchpad/local-date';
import type { Io } from './io';

export interface Change {
  /** How many documents would change. */
  readonly count: number;
  readonly maxUnasked: number;
  readonly yes: boolean;
  /** FireWorks' way to agree: today's local date. */
  readonly password: string | undefined;
  readonly io: Io;
  /** Goes on from "This will": `rerun 40 Fireworks and reset 12 descendants`. */
  readonly describe: string;
}

export async function confirmChange({
  count,
  maxUnasked,
  yes,
  password,
  io,
  describe,
}: Change): Promise<void> {
  if (count <= maxUnasked || yes) return;
  const today = localDate(io.now());
  if (password === today) return;
  if (password !== undefined)
    throw notConfirmed(`--password is today's date, ${today}, not "${password}"; nothing was changed`);
  if (!io.stdinIsTTY || !io.stderrIsTTY) {
    throw notConfirmed(`this would ${describe}; more than ${maxUnasked} need --yes; nothing was changed`);
  }
  const answer = await ask(`Are you sure? This will ${describe}. (y/N) `, io);
  if (!/^\s*y(es)?\s*$/i.test(answer))
    throw notConfirmed('not confirmed (--yes agrees without a question); nothing was changed');
}

/** One line from a terminal, without its line end; an end of input is an empty answer. The question goes to stderr. */
export async function ask(question: string, io: Io): Promise<string> {
  io.stderr.write(question);
  // Not as a terminal: readline would keep Ctrl-C to itself, and it belongs to io.signal.
  const lines = createInterface({ input: io.stdin, terminal: false, signal: io.signal });
  const answer = await new Promise<string>((resolve) => {
    lines.once('line', resolve);
    lines.once('close', () => {
      resolve('');
    });
  });
  lines.close();
  if (io.signal.aborted) throw new LpadError('INTERRUPTED', 'interrupted; nothing was changed');
  return answer;
}

function notConfirmed(message: string): LpadError {
  return new LpadError('NOT_CONFIRMED', message);
}
