/** From a command line to an exit status, for any program that is a list of commands. */
import { EXIT, LpadError } from '../errors';
import { normalizeArgv } from './program/argv';
import { createContext, type OwnedContext } from './command-context';
import { outputsOf, type Command, type CommandEntry, type Program } from './program/define-command';
import { findCommand, resolveCommand } from './program/find-command';
import { findHelp } from './program/find-help';
import { OutputClosed, writeOut, type Io } from './io';
import type { GlobalArgs, OutputFormat } from './options/option-groups';
import { readValues } from './options/read-values';
import { orList } from './program/suggest';

export async function runProgram(program: Program, argv: readonly string[], io: Io): Promise<number> {
  try {
    return await dispatch(program, argv, io);
  } catch (error) {
    if (error instanceof OutputClosed) return EXIT.ok;
    const { renderError } = await import('./output/error.js');
    const options = {
      program: program.name,
      debug: argv.includes('--debug'),
      helpCommand: helpCommand(program, argv),
    };
    io.stderr.write(await renderError(error, options));
    return error instanceof LpadError ? error.exitStatus : EXIT.someFailed;
  }
}

async function dispatch(program: Program, argv: readonly string[], io: Io): Promise<number> {
  const help = findHelp(argv, program);
  if (help !== undefined) return showHelp(help.program, help.command, io);
  const found = findCommand(argv, program);
  const command = await found.command?.load();
  const { globals: globalWords, args: words } = normalizeArgv(argv, program, found, command);
  // The program's global options are GLOBAL_OPTIONS and perhaps more, so these are GlobalArgs.
  const globals = readValues(globalWords, program.globals) as unknown as GlobalArgs;
  if (globals.version) return showVersion(program, io);
  if (globals.help || command === undefined) return showHelp(program, found.command, io);
  checkOutput(command, globals.output);
  const args = readValues(words, { ...command.positionals, ...command.options });
  return runCommand(command, args, await createContext(program, command, { globals, argv, io }));
}

async function runCommand(command: Command, args: unknown, context: OwnedContext): Promise<number> {
  try {
    const { run } = await command.handler();
    // commandEntry tied the handler to the values of the command's own options; here that type is forgotten.
    const running = run(args as never, context);
    return await (command.group === 'query' ? orInterrupted(running, context.io.signal) : running);
  } finally {
    await context.close();
  }
}

/** A query has nothing to put in order: it ends when it is told to. */
async function orInterrupted<T>(running: Promise<T>, signal: AbortSignal): Promise<T> {
  // Whoever loses the race may fail later, when nobody listens any more.
  running.catch(() => undefined);
  const settled = new AbortController();
  const interrupted = new Promise<never>((_, reject) => {
    const abandon = (): void => {
      reject(new LpadError('INTERRUPTED', 'interrupted'));
    };
    if (signal.aborted) abandon();
    signal.addEventListener('abort', abandon, { once: true, signal: settled.signal });
  });
  try {
    return await Promise.race([running, interrupted]);
  } finally {
    settled.abort();
  }
}

function checkOutput(command: Command, asked: OutputFormat | undefined): void {
  const outputs = outputsOf(command);
  if (asked === undefined || outputs.includes(asked)) return;
  const possible = orList(outputs.map((format) => `-o ${format}`));
  const instead = outputs.length === 0 ? 'it has no formats' : `it can print ${possible}`;
  throw new LpadError('USAGE', `${command.name} cannot print ${asked}; ${instead}`);
}

async function showHelp(program: Program, command: CommandEntry | undefined, io: Io): Promise<number> {
  const { commandHelp, programHelp } = await import('./program/register-command.js');
  const help =
    command === undefined
      ? await programHelp(program, io.columns)
      : await commandHelp(await command.load(), program, io.columns);
  await writeOut(io, help);
  return EXIT.ok;
}

async function showVersion(program: Program, io: Io): Promise<number> {
  const { versionLine } = await import('./handlers/version.js');
  await writeOut(io, `${versionLine(program.name)}\n`);
  return EXIT.ok;
}

function helpCommand(program: Program, argv: readonly string[]): string {
  const found = argv
    .map((_, at) => resolveCommand(argv, at, program)?.command)
    .find((one) => one !== undefined);
  return [program.name, found?.name, '--help'].filter((word) => word !== undefined).join(' ');
}
