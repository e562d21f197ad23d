/** `lpad init`: from answers or options to a my_launchpad.yaml that is checked before it is written. */
import { access } from 'node:fs/promises';
import { resolvePath } from '../../config/config-files';
import { EXIT, LpadError, type ExitStatus } from '../../errors';
import { formatOfFile } from '../../specs/workflow-files/located-document';
import type { InitArgs } from '../commands/init';
import type { CommandContext } from '../program/define-command';
import {
  launchPadText,
  writeLaunchPadFile,
  type LaunchPadSettings,
  type SettingsFile,
} from './init/launchpad-file';
import { askSettings } from './init/questions';
import { openTerminal, type Terminal } from './init/terminal';

export async function run(args: InitArgs, context: CommandContext): Promise<ExitStatus> {
  const { io, warn } = context;
  const file = settingsFile(args, context);
  const canAsk = io.stdinIsTTY && io.stderrIsTTY;
  if (!saysWhere(args) && !canAsk) throw nobodyToAsk(args);
  const terminal = openTerminal(io);
  try {
    const mayReplace = await agreeToReplace(file, args, canAsk ? terminal : undefined);
    const settings = saysWhere(args)
      ? await settingsOf(args, terminal, canAsk)
      : await askSettings(args.uriMode, terminal, context);
    await warnOfMissingFile(settings, context);
    await writeLaunchPadFile(file, launchPadText(settings, file, io), mayReplace);
    if (file.shown.endsWith('.yml')) warn('FireWorks reads .yaml and .json only; lpad reads .yml too');
    for (const line of nextSteps(settings, file)) context.say(line);
    return EXIT.ok;
  } finally {
    terminal.close();
  }
}

/** The options that say where the database is; with one of them nothing is asked. */
function saysWhere({ path, host, port, name, username, password, sslCaFile, authsource }: InitArgs): boolean {
  return [path, host, port, name, username, password, sslCaFile, authsource].some(
    (given) => given !== undefined,
  );
}

function settingsFile({ configFile }: InitArgs, { globals, io }: CommandContext): SettingsFile {
  if (globals.launchpadFile !== undefined) {
    throw new LpadError('USAGE', 'init writes a file, and -l names one to read', {
      hint: `lpad init --config-file ${globals.launchpadFile}`,
    });
  }
  const format = formatOfFile(configFile);
  if (format === undefined) {
    throw new LpadError('USAGE', `${configFile}: a configuration file ends in .yaml, .yml or .json`);
  }
  return { shown: configFile, path: resolvePath(configFile, io.cwd, io), format };
}

function nobodyToAsk({ uriMode }: InitArgs): LpadError {
  const hint = uriMode
    ? 'lpad init -u --host mongodb://db.example.org/ --name fireworks'
    : 'lpad init --path FOLDER\nlpad init --host db.example.org --port 27017 --name fireworks';
  return new LpadError('USAGE', 'init asks its questions on a terminal, and there is none', { hint });
}

async function agreeToReplace(
  { shown, path }: SettingsFile,
  { yes }: InitArgs,
  terminal: Terminal | undefined,
): Promise<boolean> {
  if (yes || !(await isThere(path))) return yes;
  if (!terminal)
    throw new LpadError('NOT_CONFIRMED', `${shown} is there already; --yes replaces it; nothing was written`);
  const answer = await terminal.ask(`${shown} is there already. Replace it? (y/N) `);
  if (!/^\s*y(es)?\s*$/i.test(answer)) throw new LpadError('NOT_CONFIRMED', `${shown} was left as it is`);
  return true;
}

async function settingsOf(args: InitArgs, terminal: Terminal, canAsk: boolean): Promise<LaunchPadSettings> {
  const { path, host, port, name, username, sslCaFile, authsource } = args;
  if (path !== undefined) return { kind: 'embedded', folder: path };
  if (args.uriMode && host === undefined) {
    throw new LpadError('USAGE', '-u/--uri_mode needs the URI', {
      hint: 'lpad init -u --host mongodb://db.example.org/ --name fireworks',
    });
  }
  const server = { host: host ?? 'localhost', port, name, username, caFile: sslCaFile, authsource };
  if (args.uriMode) return { kind: 'uri', uri: server.host, name, caFile: sslCaFile };
  return { kind: 'server', ...server, password: await passwordOf(args, terminal, canAsk) };
}

/** A user without a password is asked for it, so that it need not stand on a command line for all to see. */
async function passwordOf(
  { username, password }: InitArgs,
  terminal: Terminal,
  canAsk: boolean,
): Promise<string | undefined> {
  if (password === '-') return terminal.ask('');
  if (password !== undefined || username === undefined || !canAsk) return password;
  const answer = await terminal.askSecret(`Password of ${username} (not shown): `);
  return answer === '' ? undefined : answer;
}

async function warnOfMissingFile(settings: LaunchPadSettings, { io, warn }: CommandContext): Promise<void> {
  if (settings.kind === 'embedded' || settings.caFile === undefined) return;
  const caFile = resolvePath(settings.caFile, io.cwd, io);
  if (!(await isThere(caFile))) warn(`there is no file ${caFile} yet; without it no connection will be made`);
}

async function isThere(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}

/** A FireWorks database is full of somebody's work: `reset` is for a new one only. */
function nextSteps({ kind }: LaunchPadSettings, { shown }: SettingsFile): readonly string[] {
  const written = `Configuration written to ${shown}!`;
  const lpad = `lpad -l ${shown}`;
  if (kind === 'embedded') return [written, `next: ${lpad} add workflow.yaml`];
  return [
    written,
    `next, with a database that FireWorks made: ${lpad} get_fws -s FIZZLED`,
    `next, with a new database: ${lpad} reset`,
  ];
}
