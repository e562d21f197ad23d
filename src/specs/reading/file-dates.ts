/**
 * Dates in files. FireWorks stores a date of a spec as the text that Python makes of it, microseconds and zone kept,
 * which a JavaScript Date cannot hold: the text is remembered beside the Date.
 */
import { isoTimestamp } from '../../domain/timestamps';

const ISO =
  /^(\d{4})-?(\d{2})-?(\d{2})(?:[Tt ]|[ \t]+)(\d{1,2}):?(\d{2})(?::?(\d{2})(?:[.,](\d+))?)?[ \t]*(Z|z|[+-]\d{1,2}(?::?\d{2})?)?$/;
const DAY = /^(\d{4})-(\d{2})-(\d{2})$/;

export interface FileDate {
  readonly date: Date;
  /** Python's `isoformat()`: `2020-01-01T10:00:00.500000+02:00`; a date without time is `2020-01-01`. */
  readonly text: string;
}

const texts = new WeakMap<Date, string>();

/** A date text as Python's ISO parser reads it, without a zone meaning UTC; undefined for any other text. */
export function parseFileDate(text: string): FileDate | undefined {
  const day = DAY.exec(text);
  if (day) return checked({ date: new Date(`${text}T00:00:00Z`), text }, Number(day[3]));
  const found = ISO.exec(text);
  if (!found) return undefined;
  const [, year, month, dayOfMonth, hour = '', minute, second = '00', fraction = '', zone] = found;
  const micros = fraction.slice(0, 6).padEnd(6, '0');
  const local = `${String(year)}-${String(month)}-${String(dayOfMonth)}T${hour.padStart(2, '0')}:${String(minute)}:${second}`;
  const offset = zone === undefined ? '' : zoneText(zone);
  const date = new Date(`${local}.${micros.slice(0, 3)}${offset === '' ? 'Z' : offset}`);
  return checked(
    { date, text: `${local}${micros === '000000' ? '' : `.${micros}`}${offset}` },
    Number(dayOfMonth),
  );
}

/** The same as a Date that remembers its text. */
export function rememberingDate({ date, text }: FileDate): Date {
  texts.set(date, text);
  return date;
}

/** The text that FireWorks stores for a date of a file. */
export function storedDateText(date: Date): string {
  return texts.get(date) ?? isoTimestamp(date);
}

/** JavaScript turns February 30 into March 1. */
function checked(found: FileDate, dayOfMonth: number): FileDate | undefined {
  const millis = found.date.getTime();
  if (Number.isNaN(millis)) return undefined;
  const days = new Date(
    Date.UTC(Number(found.text.slice(0, 4)), Number(found.text.slice(5, 7)), 0),
  ).getUTCDate();
  return dayOfMonth <= days ? found : undefined;
}

/** `Z`, `+2`, `+0200` → `+00:00`, `+02:00`. */
function zoneText(zone: string): string {
  if (zone.toUpperCase() === 'Z') return '+00:00';
  const [, sign = '+', hours = '', minutes = '00'] = /^([+-])(\d{1,2}):?(\d{2})?$/.exec(zone) ?? [];
  return `${sign}${hours.padStart(2, '0')}:${minutes}`;
}
