/** Python's `strftime`, in English and with microseconds: FW_BLOCK_FORMAT names directories by it. */

export interface Moment {
  /** Since 1970, in UTC. */
  readonly microseconds: number;
  /** Of the clock that is shown, east of Greenwich; without it, UTC. */
  readonly offsetMinutes?: number;
}

const DAYS = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'];
const MONTHS = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
];

/** The date's UTC fields are those of the clock that is shown. */
type Directive = (date: Date, microseconds: number, offsetMinutes: number) => string;

const two = (value: number): string => String(value).padStart(2, '0');

const DIRECTIVES: Readonly<Record<string, Directive>> = {
  '%': () => '%',
  Y: (date) => String(date.getUTCFullYear()).padStart(4, '0'),
  y: (date) => two(date.getUTCFullYear() % 100),
  m: (date) => two(date.getUTCMonth() + 1),
  d: (date) => two(date.getUTCDate()),
  e: (date) => String(date.getUTCDate()).padStart(2),
  H: (date) => two(date.getUTCHours()),
  I: (date) => two(date.getUTCHours() % 12 || 12),
  p: (date) => (date.getUTCHours() < 12 ? 'AM' : 'PM'),
  M: (date) => two(date.getUTCMinutes()),
  S: (date) => two(date.getUTCSeconds()),
  f: (_, microseconds) => String(Math.floor(microseconds % 1_000_000)).padStart(6, '0'),
  j: (date) => String(dayOfYear(date)).padStart(3, '0'),
  a: (date) => (DAYS[date.getUTCDay()] ?? '').slice(0, 3),
  A: (date) => DAYS[date.getUTCDay()] ?? '',
  b: (date) => (MONTHS[date.getUTCMonth()] ?? '').slice(0, 3),
  B: (date) => MONTHS[date.getUTCMonth()] ?? '',
  w: (date) => String(date.getUTCDay()),
  s: (_, microseconds) => String(Math.floor(microseconds / 1_000_000)),
  F: (date) => date.toISOString().slice(0, 10),
  T: (date) => date.toISOString().slice(11, 19),
  Z: (_date, _microseconds, offset) => (offset === 0 ? 'UTC' : `UTC${offsetText(offset).replace(/00$/, '')}`),
  z: (_date, _microseconds, offset) => offsetText(offset),
};

/** Directives of a format that this does not know, such as `%U`. */
export function unknownDirectives(format: string): readonly string[] {
  return (format.match(/%[^]?/g) ?? []).filter((one) => !Object.hasOwn(DIRECTIVES, one.slice(1)));
}

/** What it does not know stays as it is written. */
export function strftime(format: string, { microseconds, offsetMinutes = 0 }: Moment): string {
  const date = new Date(Math.floor(microseconds / 1000) + offsetMinutes * 60_000);
  return format.replace(/%([^])/g, (written, name: string) =>
    Object.hasOwn(DIRECTIVES, name)
      ? (DIRECTIVES[name]?.(date, microseconds, offsetMinutes) ?? written)
      : written,
  );
}

/** `+0530` */
function offsetText(minutes: number): string {
  const size = Math.abs(minutes);
  return `${minutes < 0 ? '-' : '+'}${two(Math.floor(size / 60))}${two(size % 60)}`;
}

function dayOfYear(date: Date): number {
  const start = Date.UTC(date.getUTCFullYear(), 0, 1);
  return Math.floor((date.getTime() - start) / 86_400_000) + 1;
}
