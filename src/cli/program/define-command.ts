/**
 * A command is data: its words, what it says of itself, and where its handler is. The handler is imported when the command
 * runs, so a definition may import nothing that is slow to load.
 */
import type { ExitStatus } from '../../errors';
import type { LaunchPadStore } from '../../storage/launchpad-store';
import type { Io } from '../io';
import type { GlobalArgs, OutputFormat } from '../options/option-groups';
import type { ArgsOf, NoSpecs, OptionSpecs, PositionalSpecs } from '../options/option-spec';

/** Where `lpad --help` lists it. A query ends at once on a signal or a closed pipe; a change finishes what it has begun. */
export type CommandGroup = 'query' | 'change' | 'database';

/** What a handler gets besides its arguments. */
export interface CommandContext {
  readonly io: Io;
  readonly globals: GlobalArgs;
  /** The program's name and the words of the command line, without secrets: for the journal. */
  readonly commandLine: readonly string[];
  /** The store that the configuration names, opened; the program closes it after the handler. */
  readonly openStore: () => Promise<LaunchPadStore>;
  /** A line for people on stderr; not with --silencer. */
  readonly say: (line: string) => void;
  /** A line on stderr that begins with `warning:`. */
  readonly warn: (line: string) => void;
}

export interface CommandExample {
  /** The whole command line. */
  readonly command: string;
  /** What it does, in a few words. */
  readonly says: string;
}

interface CommandHandler<Args> {
  readonly run: (args: Args, context: CommandContext) => Promise<ExitStatus>;
}

interface CommandShape<Options, Positionals, Args> {
  /** FireWorks' own; `admin tuneup` is a command of two words. */
  readonly name: string;
  readonly aliases?: readonly string[];
  readonly group: CommandGroup;
  /** One line, an imperative: "Rerun Fireworks and reset what depends on them". */
  readonly summary: string;
  /** Shown below the options. */
  readonly notes?: string;
  readonly examples: readonly CommandExample[];
  /** In order. */
  readonly positionals?: Positionals;
  readonly options?: Options;
  /** What `-o` may ask for, the default first; without it json and yaml. */
  readonly outputs?: readonly OutputFormat[];
  readonly handler: () => Promise<CommandHandler<Args>>;
}

/** A command of any arguments: what a registry holds. */
export type Command = CommandShape<OptionSpecs, PositionalSpecs, never>;

/** The values that a command's definition yields. */
export type CommandArgs<Options, Positionals = NoSpecs> = ArgsOf<Options> & ArgsOf<Positionals>;

export function defineCommand<
  const Options extends OptionSpecs = NoSpecs,
  const Positionals extends PositionalSpecs = NoSpecs,
>(command: CommandShape<Options, Positionals, CommandArgs<Options, Positionals>>): Command {
  return command;
}

/** A program is its commands and its global options. */
export interface Program {
  readonly name: string;
  readonly summary: string;
  readonly commands: readonly Command[];
  readonly globals: OptionSpecs;
  /** Opens the store that the configuration names. */
  readonly openStore: (globals: GlobalArgs, io: Io) => Promise<LaunchPadStore>;
}
