/** Finds out whether help is wanted, and on what, before anything else of the command line can be wrong. */
import type { CommandEntry, Program } from './define-command';
import { findCommand } from './find-command';

export interface HelpWanted {
  /** The program, or the family of commands (`lpad admin`) that was asked about. */
  readonly program: Program;
  readonly command: CommandEntry | undefined;
}

/** `--help` or `-h` anywhere, or `help COMMAND`. */
export function findHelp(argv: readonly string[], program: Program): HelpWanted | undefined {
  const end = argv.indexOf('--');
  const words = end < 0 ? argv : argv.slice(0, end);
  const asked = words.some((word) => word === '-h' || word === '--help') || words[0] === 'help';
  if (!asked) return undefined;
  const rest = words.filter(
    (word, index) => word !== '-h' && word !== '--help' && !(index === 0 && word === 'help'),
  );
  const family = familyOf(rest, program);
  if (family !== undefined) return { program: family, command: undefined };
  return { program, command: findCommand(rest, program).command };
}

/** `lpad admin --help` lists the commands that begin with `admin`. */
function familyOf(words: readonly string[], program: Program): Program | undefined {
  const [first, ...more] = words;
  if (first === undefined || more.length > 0) return undefined;
  const commands = program.commands.filter(({ name }) => name.startsWith(`${first} `));
  return commands.length === 0 ? undefined : { ...program, commands };
}
