/**
 * A command is data: its row in the registry, its definition (options and what help says), and its handler. The registry is
 * all that `lpad --help` loads; a definition is loaded for its command, and the handler when it runs, so a definition may
 * import nothing that is slow to load.
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

export interface CommandHandler<Args> {
  readonly run: (args: Args, context: CommandContext) => Promise<ExitStatus>;
}

/** What the program lists and finds a command by: all that `lpad --help` reads. */
export interface CommandRow {
  /** FireWorks' own; `admin tuneup` is a command of two words. */
  readonly name: string;
  readonly aliases?: readonly string[];
  readonly group: CommandGroup;
  /** One line, an imperative: "Rerun Fireworks and reset what depends on them". */
  readonly summary: string;
}

/** The rest, which is loaded for the command that is typed. */
export interface Definition<Options = OptionSpecs, Positionals = PositionalSpecs> {
  /** Shown below the options. */
  readonly notes?: string;
  readonly examples: readonly CommandExample[];
  /** In order. */
  readonly positionals?: Positionals;
  readonly options?: Options;
  /** What `-o` may ask for, the default first; without it json and yaml. */
  readonly outputs?: readonly OutputFormat[];
}

/** A command as it is parsed and run. */
export interface Command extends CommandRow, Definition {
  readonly handler: () => Promise<CommandHandler<never>>;
}

/** A command of which the definition is not loaded yet: what a registry holds. */
export interface CommandEntry extends CommandRow {
  readonly load: () => Promise<Command>;
}

/** The values that a command's definition yields. */
export type CommandArgs<Options, Positionals = NoSpecs> = ArgsOf<Options> & ArgsOf<Positionals>;

/** What `-o` may ask of a command, the default first. */
export function outputsOf({ outputs }: Pick<Definition, 'outputs'>): readonly OutputFormat[] {
  return outputs ?? ['json', 'yaml'];
}

export function defineCommand<
  const Options extends OptionSpecs = NoSpecs,
  const Positionals extends PositionalSpecs = NoSpecs,
>(definition: Definition<Options, Positionals>): Definition<Options, Positionals> {
  return definition;
}

/** Ties a definition to the handler of its values. */
export function commandEntry<Options extends OptionSpecs, Positionals extends PositionalSpecs>(
  row: CommandRow,
  definition: () => Promise<Definition<Options, Positionals>>,
  handler: () => Promise<CommandHandler<CommandArgs<Options, Positionals>>>,
): CommandEntry {
  return { ...row, load: async () => ({ ...(await definition()), ...row, handler }) };
}

/** A program is its commands and its global options. */
export interface Program {
  readonly name: string;
  readonly summary: string;
  readonly commands: readonly CommandEntry[];
  readonly globals: OptionSpecs;
  /** Opens the store that the configuration names. */
  readonly openStore: (globals: GlobalArgs, io: Io) => Promise<LaunchPadStore>;
}
