import { redact } from './redact';
import type { LogLevel } from './logger';

/** FireWorks' FW_LOGGING_FORMAT. */
export const DEFAULT_FORMAT = '%(asctime)s %(levelname)s %(message)s';

export interface LogRecord {
  readonly date: Date;
  readonly level: LogLevel;
  readonly name: string;
  readonly message: string;
}

/** One entry by a format of Python's logging module, without secrets. Fields that are not known stay as they are. */
export function logLine(format: string, { date, level, name, message }: LogRecord): string {
  const fields: Readonly<Record<string, string>> = {
    asctime: localTime(date),
    levelname: level,
    name,
    message: redact(message),
    process: String(process.pid),
  };
  return format.replace(/%\((\w+)\)(-?\d*)[sd]/g, (whole, field: string, width: string) => {
    const text = fields[field];
    if (text === undefined) return whole;
    return width.startsWith('-') ? text.padEnd(Number(width.slice(1))) : text.padStart(Number(width));
  });
}

/** `2026-11-21 09:01:43,755`: the local time, as Python's logging writes it. */
function localTime(date: Date): string {
  const two = (number: number): string => String(number).padStart(2, '0');
  const day = [String(date.getFullYear()), two(date.getMonth() + 1), two(date.getDate())].join('-');
  const time = [date.getHours(), date.getMinutes(), date.getSeconds()].map(two).join(':');
  return `${day} ${time},${String(date.getMilliseconds()).padStart(3, '0')}`;
}
