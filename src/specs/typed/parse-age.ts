/** How long ago: `90d`, `12h`, `30m`, or seconds as a bare number, as FireWorks counts them. */
import { LpadError } from '../../errors';

const MILLIS: Readonly<Record<string, number>> = { d: 86_400_000, h: 3_600_000, m: 60_000, s: 1000 };

/** Milliseconds. */
export function parseAge(text: string, option: string): number {
  const [, amount, unit = 's'] = /^\s*(\d+(?:\.\d+)?)\s*([dhms])?\s*$/i.exec(text) ?? [];
  const millis = MILLIS[unit.toLowerCase()];
  if (amount === undefined || millis === undefined) {
    throw new LpadError('USAGE', `${option}: "${text}" is no length of time`, {
      hint: `${option} 90d   (days; or 12h, 30m, and a bare number is seconds)`,
    });
  }
  return Number(amount) * millis;
}
