/** What the program says while it works. Data goes to stdout, this goes to stderr and into log files. */
export interface Logger {
  debug(message: string): void;
  info(message: string): void;
  warn(message: string): void;
  error(message: string): void;
}

/** A logger that may hold files open. */
export interface ClosableLogger extends Logger {
  /** Resolves when everything is written. */
  close(): Promise<void>;
}

export const LOG_LEVELS = ['DEBUG', 'INFO', 'WARNING', 'ERROR', 'CRITICAL'] as const;

/** FireWorks' names; CRITICAL is silence, since nothing is logged as critical. */
export type LogLevel = (typeof LOG_LEVELS)[number];

/** A level in any case of letters; undefined for a word that is none. */
export function parseLogLevel(text: string): LogLevel | undefined {
  const upper = text.toUpperCase();
  return LOG_LEVELS.find((level) => level === upper);
}
