/** Finds the command that a command line names. */
import { LpadError } from '../../errors';
import type { CommandEntry, Program } from './define-command';
import { looksLikeOption, takeOption, type TakenOption } from '../options/take-option';
import type { Scope } from '../options/option-lookup';
import { didYouMean, orList } from './suggest';

export interface FoundCommand {
  /** Undefined when the command line has no command word. */
  readonly command: CommandEntry | undefined;
  /** The global options before the command. */
  readonly options: readonly TakenOption[];
  /** Where the words after the command begin. */
  readonly next: number;
}

/** The command is the first word that is neither an option nor the value of one. */
export function findCommand(argv: readonly string[], program: Program): FoundCommand {
  const scope: Scope = { of: program.name, command: {}, global: program.globals };
  const options: TakenOption[] = [];
  let at = 0;
  for (let word = argv[at]; word !== undefined; word = argv[at]) {
    if (word === '--') at += 1;
    if (word === '--' || !looksLikeOption(word)) {
      const named = resolveCommand(argv, at, program);
      if (named !== undefined) return { command: named.command, options, next: at + named.words };
      if (argv[at] === undefined) break;
      throw unknownCommand(argv, at, program);
    }
    const taken = takeBeforeCommand(argv, at, scope, program);
    options.push(...taken.options);
    at = taken.next;
  }
  return { command: undefined, options, next: at };
}

/** The command at this place: of two words (`admin tuneup`) or of one. */
export function resolveCommand(
  argv: readonly string[],
  at: number,
  program: Program,
): { readonly command: CommandEntry; readonly words: number } | undefined {
  for (const words of [2, 1]) {
    const name = argv.slice(at, at + words).join(' ');
    const command = program.commands.find((one) => one.name === name || one.aliases?.includes(name));
    if (command !== undefined) return { command, words };
  }
  return undefined;
}

/** Somebody who types `lpad -i 3 rerun_fws` needs to hear about the order, not that -i is unknown. */
function takeBeforeCommand(
  argv: readonly string[],
  at: number,
  scope: Scope,
  program: Program,
): ReturnType<typeof takeOption> {
  try {
    return takeOption(argv, at, scope);
  } catch (error) {
    const later = laterCommand(argv, at, program);
    if (later === undefined || !(error instanceof LpadError)) throw error;
    const option = argv[at] ?? '';
    throw new LpadError(
      'USAGE',
      `${option} stands before the command, where only the options of ${program.name} itself may be`,
      {
        hint: `${program.name} ${later.name} ${option} …`,
      },
    );
  }
}

function laterCommand(argv: readonly string[], at: number, program: Program): CommandEntry | undefined {
  return argv
    .map((_, index) => (index > at ? resolveCommand(argv, index, program)?.command : undefined))
    .find((one) => one !== undefined);
}

function unknownCommand(argv: readonly string[], at: number, program: Program): LpadError {
  const word = argv[at] ?? '';
  const family = program.commands
    .filter(({ name }) => name.startsWith(`${word} `))
    .map(({ name }) => name.slice(word.length + 1));
  if (family.length > 0) return unknownMember(word, argv[at + 1], family, program);
  const names = program.commands.flatMap(({ name, aliases = [] }) => [name, ...aliases]);
  const later = laterCommand(argv, at, program);
  const hint =
    later === undefined
      ? `${program.name} --help`
      : `${program.name} ${later.name} …, with its options behind it`;
  return new LpadError('USAGE', `unknown command ${word}${didYouMean(word, names)}`, { hint });
}

function unknownMember(
  word: string,
  member: string | undefined,
  family: readonly string[],
  program: Program,
): LpadError {
  const hint = `${program.name} ${word} --help`;
  return member === undefined || looksLikeOption(member)
    ? new LpadError('USAGE', `${word} needs one more word: ${orList(family)}`, { hint })
    : new LpadError('USAGE', `unknown command ${word} ${member}${didYouMean(member, family)}`, { hint });
}
