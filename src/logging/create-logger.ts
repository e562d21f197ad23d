/**
 * The program's logger: winston, loaded when the first line is written, because most commands never write one and its
 * loading takes longer than they do.
 */
import { createWriteStream, mkdirSync, type WriteStream } from 'node:fs';
import path from 'node:path';
import type { Logger as WinstonLogger } from 'winston';
import { messageOf } from '../errors';
import { DEFAULT_FORMAT, logLine } from './log-line';
import { type ClosableLogger, LOG_LEVELS, type LogLevel } from './logger';

export interface LoggerOptions {
  /** The least level that is written to the stream. */
  readonly level: LogLevel;
  readonly stream: NodeJS.WritableStream;
  /** With it, all is written to `<logdir>/<name>-debug.log`, and errors to `<name>-error.log`, too. */
  readonly logdir?: string | undefined;
  /** `launchpad`, `rocket_launcher`: FireWorks' names of log files. */
  readonly name: string;
  /** FW_LOGGING_FORMAT. */
  readonly format?: string | undefined;
}

export function createLogger(options: LoggerOptions): ClosableLogger {
  const { level, logdir } = options;
  let log: OpenLog | undefined;
  const write = (as: LogLevel, message: string): void => {
    const isShown = LOG_LEVELS.indexOf(as) >= LOG_LEVELS.indexOf(level);
    if (!isShown && logdir === undefined) return;
    log ??= openLog(options);
    log.winston.log(as, message);
  };
  return {
    debug: (message) => write('DEBUG', message),
    info: (message) => write('INFO', message),
    warn: (message) => write('WARNING', message),
    error: (message) => write('ERROR', message),
    close: () => (log ? closeLog(log) : Promise.resolve()),
  };
}

interface OpenLog {
  readonly winston: WinstonLogger;
  readonly files: readonly WriteStream[];
}

function lazyWinston(): typeof import('winston') {
  // eslint-disable-next-line @typescript-eslint/no-require-imports
  return require('winston') as typeof import('winston');
}

function openLog(options: LoggerOptions): OpenLog {
  const { level, stream, name, format = DEFAULT_FORMAT } = options;
  const { createLogger: create, format: formats, transports } = lazyWinston();
  const files = openFiles(options);
  const winston = create({
    // winston counts from the gravest.
    levels: Object.fromEntries([...LOG_LEVELS].reverse().map((one, rank) => [one, rank])),
    level: 'DEBUG',
    format: formats.printf(({ level: as, message }) =>
      logLine(format, { date: new Date(), level: as as LogLevel, name, message: String(message) }),
    ),
  });
  const toStream = (target: NodeJS.WritableStream, least: LogLevel): void => {
    // winston declares its transports as interfaces, which the rule takes for another class.
    // eslint-disable-next-line @typescript-eslint/no-unsafe-class-instance-assignment
    winston.add(new transports.Stream({ stream: target, level: least, eol: '\n' }));
  };
  toStream(stream, level);
  for (const { file, least } of files) toStream(file, least);
  return { winston, files: files.map(({ file }) => file) };
}

/** A log file that cannot be written is told once, and does not end the command. */
function openFiles({
  stream,
  logdir,
  name,
}: LoggerOptions): readonly { file: WriteStream; least: LogLevel }[] {
  if (logdir === undefined) return [];
  let told = false;
  const tell = (error: unknown): void => {
    if (!told) stream.write(`no log file in ${logdir}: ${messageOf(error)}\n`);
    told = true;
  };
  try {
    mkdirSync(logdir, { recursive: true });
  } catch (error) {
    tell(error);
    return [];
  }
  return (['DEBUG', 'ERROR'] as const).map((least) => {
    const file = createWriteStream(path.join(logdir, `${name}-${least.toLowerCase()}.log`), { flags: 'a' });
    file.on('error', tell);
    return { file, least };
  });
}

async function closeLog({ winston, files }: OpenLog): Promise<void> {
  const finished = winston.transports.map(
    (transport) => new Promise<void>((resolve) => transport.once('finish', resolve)),
  );
  winston.end();
  await Promise.all(finished);
  // The callback comes after the last write, and also when the file has failed.
  await Promise.all(files.map((file) => new Promise<void>((resolve) => file.end(() => resolve()))));
}
