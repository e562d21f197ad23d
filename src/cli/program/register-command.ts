/** The only file that knows yargs: it lays out the help of programs and commands. read-values.ts says why it reads nothing. */
import type { Argv, Options } from 'yargs';
import yargs from 'yargs/yargs';
import { outputsOf, type Command, type CommandGroup, type Program } from './define-command';
import type { OptionSpec, OptionSpecs } from '../options/option-spec';

const MAX_WIDTH = 100;

const GROUP_TITLES: Readonly<Record<CommandGroup, string>> = {
  query: 'Look',
  change: 'Change',
  database: 'Database and configuration',
};

function helpParser(columns: number): Argv {
  // Its own help and version would print, or end the process, at a time of their choosing.
  return yargs([])
    .locale('en')
    .exitProcess(false)
    .help(false)
    .version(false)
    .wrap(Math.min(columns, MAX_WIDTH));
}

export async function commandHelp(command: Command, program: Program, columns: number): Promise<string> {
  const parser = helpParser(columns).usage(`${usageLine(command, program)}\n\n${command.summary}.`);
  for (const [name, spec] of Object.entries(command.positionals ?? {})) {
    parser.positional(spec.placeholder ?? name, { describe: spec.describe });
  }
  addOptions(parser, command.options ?? {}, new Set());
  addOptions(parser, globalsOf(command, program), shortsOf(command.options ?? {}));
  for (const { command: line, says } of command.examples) parser.example(line, says);
  parser.epilogue([command.notes, aliasesLine(command)].filter((line) => line !== undefined).join('\n\n'));
  return tidy(await parser.getHelp());
}

export async function programHelp(program: Program, columns: number): Promise<string> {
  const parser = helpParser(columns).usage(`${program.name} [options] command …\n\n${program.summary}.`);
  addOptions(parser, program.globals, new Set());
  parser.epilogue(`${program.name} COMMAND --help explains a command and shows examples.`);
  const [usage = '', ...rest] = tidy(await parser.getHelp()).split(/\n(?=Global\b)/);
  return [usage.trimEnd(), '', commandList(program), '', ...rest].join('\n');
}

function commandList({ commands }: Program): string {
  const width = Math.max(...commands.map(({ name }) => name.length));
  const groups = (Object.keys(GROUP_TITLES) as CommandGroup[]).map((group) => {
    const lines = commands
      .filter((one) => one.group === group)
      .map(({ name, summary }) => `  ${name.padEnd(width)}  ${summary}`);
    return lines.length === 0 ? [] : [`${GROUP_TITLES[group]}:`, ...lines].join('\n');
  });
  return groups.flat().join('\n\n');
}

/** With the formats that the command has. */
function globalsOf(command: Command, { globals }: Program): OptionSpecs {
  const choices = outputsOf(command);
  const { output, ...others } = globals;
  if (output?.type !== 'string') return globals;
  if (choices.length === 0) return others;
  return Object.fromEntries(
    Object.entries(globals).map(([name, spec]) => [name, name === 'output' ? { ...output, choices } : spec]),
  );
}

/** The short flags of a command: behind it, they are not the program's. */
function shortsOf(specs: OptionSpecs): ReadonlySet<string> {
  return new Set(Object.values(specs).flatMap(({ short }) => short ?? []));
}

function addOptions(parser: Argv, specs: OptionSpecs, taken: ReadonlySet<string>): void {
  for (const [name, spec] of Object.entries(specs)) {
    if (spec.ignored) continue;
    const short = spec.short === undefined || taken.has(spec.short) ? {} : { alias: spec.short };
    const described: Options = { describe: describe(spec), group: `${spec.group ?? 'Options'}:`, ...short };
    parser.option([name, spec.placeholder].join(' ').trimEnd(), described);
  }
}

function describe(spec: OptionSpec): string {
  const choices = spec.choices === undefined ? [] : [spec.choices.join(', ')];
  const fallback = spec.default === undefined ? [] : [`default ${spec.default}`];
  const details = [...choices, ...fallback].join('; ');
  const text = details === '' ? spec.describe : `${spec.describe} (${details})`;
  return spec.multiShort === undefined ? text : `${MULTI_SHORT}${spec.multiShort} ${text}`;
}

/** yargs has no place for `-lm`: it travels at the head of the description, and tidy() moves it to the margin. */
const MULTI_SHORT = '\u0000';

function tidy(help: string): string {
  const lines = help.split('\n').map((line) => {
    const marked = new RegExp(`^ {6}(--.*?)${MULTI_SHORT}(\\S+) (.*)$`).exec(line);
    return marked === null ? line : `${`-${marked[2]}, `.padStart(6)}${marked[1]}${marked[3]}`;
  });
  return `${lines.join('\n').trimEnd()}\n`;
}

function usageLine({ name, positionals = {} }: Command, program: Program): string {
  const words = Object.entries(positionals).map(([key, spec]) => {
    const word = `${spec.placeholder ?? key}${spec.type === 'array' ? '…' : ''}`;
    return spec.required ? word : `[${word}]`;
  });
  return [program.name, name, ...words, '[options]'].join(' ');
}

function aliasesLine({ aliases = [] }: Command): string | undefined {
  return aliases.length === 0 ? undefined : `Also called ${aliases.join(', ')}.`;
}
