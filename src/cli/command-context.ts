/** What a handler is given, and what must be closed after it. */
import type { LaunchPadStore } from '../storage/launchpad-store';
import type { Command, CommandContext, Program } from './program/define-command';
import type { Io } from './io';
import type { GlobalArgs } from './options/option-groups';

export interface OwnedContext extends CommandContext {
  readonly close: () => Promise<void>;
}

interface Invocation {
  readonly globals: GlobalArgs;
  readonly argv: readonly string[];
  readonly io: Io;
}

export async function createContext(
  program: Program,
  command: Command,
  { globals, argv, io: given }: Invocation,
): Promise<OwnedContext> {
  const { redact } = await import('../logging/redact.js');
  const io: Io = { ...given, whenOutputCloses: command.group === 'query' ? 'end' : 'go on' };
  const line = (text: string): void => {
    io.stderr.write(`${text}\n`);
  };
  const onAbort = (): void => {
    line('finishing what has begun; interrupt again to stop at once');
  };
  if (command.group !== 'query') io.signal.addEventListener('abort', onAbort, { once: true });
  let store: Promise<LaunchPadStore> | undefined;
  return {
    io,
    globals,
    commandLine: [program.name, ...redactedWords(argv, redact)],
    openStore: () => (store ??= program.openStore(globals, io)),
    say: (text) => {
      if (!globals.silencer) line(text);
    },
    warn: (text) => {
      line(`warning: ${text}`);
    },
    close: async () => {
      io.signal.removeEventListener('abort', onAbort);
      const opened = await store?.catch(() => undefined);
      // What the command reported stands, whether or not the connection ends politely.
      await opened?.close().catch(() => undefined);
    },
  };
}

/** A flag and its value are two words, but only together they show that the value is a secret. */
function redactedWords(argv: readonly string[], redact: (text: string) => string): readonly string[] {
  return argv.map((word, index) => {
    const flag = argv[index - 1];
    if (flag?.startsWith('-') !== true) return redact(word);
    const both = redact(`${flag} ${word}`);
    return both.startsWith(`${flag} `) ? both.slice(flag.length + 1) : redact(word);
  });
}
