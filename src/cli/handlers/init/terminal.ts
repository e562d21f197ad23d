/** Several answers from one terminal, line by line; a secret one is not echoed. Nothing is read before it is asked. */
import { StringDecoder } from 'node:string_decoder';
import type { ReadStream } from 'node:tty';
import { LpadError } from '../../../errors';
import type { Io } from '../../io';

export interface Terminal {
  /** A line, without its end. The question goes to stderr. */
  ask(question: string): Promise<string>;
  askSecret(question: string): Promise<string>;
  close(): void;
}

/** What a terminal says in raw mode for the keys that a line editor knows. */
const CTRL_C = '\u0003';
const CTRL_D = '\u0004';
const ERASE = ['\u007f', '\b'];
const END_OF_LINE = ['\r', '\n'];

export function openTerminal({ stdin, stderr, signal }: Io): Terminal {
  const decoder = new StringDecoder('utf8');
  let pending: readonly string[] = [];
  let ended = false;
  let reading = false;
  let wake = (): void => undefined;
  const onData = (chunk: Buffer | string): void => {
    pending = [...pending, ...Array.from(typeof chunk === 'string' ? chunk : decoder.write(chunk))];
    wake();
  };
  const onEnd = (): void => {
    ended = true;
    wake();
  };
  const onAbort = (): void => {
    wake();
  };

  const startReading = (): void => {
    if (reading) return;
    reading = true;
    stdin.on('data', onData).on('end', onEnd);
    signal.addEventListener('abort', onAbort);
  };

  /** Undefined at the end of the input. */
  const nextCharacter = async (): Promise<string | undefined> => {
    while (pending.length === 0 && !ended && !signal.aborted) {
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
    }
    if (signal.aborted) throw interrupted();
    const [first, ...rest] = pending;
    pending = rest;
    return first;
  };

  const ask = async (question: string): Promise<string> => {
    stderr.write(question);
    startReading();
    let line = '';
    for (;;) {
      const character = await nextCharacter();
      if (character === '\n' || (character === undefined && line !== '')) return line.replace(/\r$/, '');
      if (character === undefined) throw interrupted();
      line += character;
    }
  };

  const askSecret = async (question: string): Promise<string> => {
    const setRawMode = rawModeOf(stdin);
    setRawMode(true);
    try {
      stderr.write(question);
      startReading();
      return await readSecret(nextCharacter);
    } finally {
      setRawMode(false);
      stderr.write('\n');
    }
  };

  const close = (): void => {
    if (!reading) return;
    stdin.removeListener('data', onData).removeListener('end', onEnd);
    signal.removeEventListener('abort', onAbort);
    stdin.pause();
  };

  return { ask, askSecret, close };
}

async function readSecret(nextCharacter: () => Promise<string | undefined>): Promise<string> {
  let typed: readonly string[] = [];
  for (;;) {
    const character = await nextCharacter();
    if (character === CTRL_C || character === CTRL_D || character === undefined) throw interrupted();
    if (END_OF_LINE.includes(character)) return typed.join('');
    if (ERASE.includes(character)) typed = typed.slice(0, -1);
    // Other control characters are keys that were hit by mistake.
    else if (character >= ' ') typed = [...typed, character];
  }
}

/** A stream that is no terminal echoes nothing by itself. */
function rawModeOf(stdin: NodeJS.ReadableStream): (raw: boolean) => void {
  const terminal = stdin as Partial<Pick<ReadStream, 'setRawMode'>>;
  return (raw) => {
    terminal.setRawMode?.(raw);
  };
}

function interrupted(): LpadError {
  return new LpadError('INTERRUPTED', 'interrupted; nothing was written');
}
