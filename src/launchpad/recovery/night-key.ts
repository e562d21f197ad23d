/** What a night of recovery is called: by its key a second call goes on with it. */
import { LpadError } from '../../errors';
import { localDate } from '../local-date';

const HALF_A_DAY_MS = 12 * 3_600_000;

/** The key that was given, or the date of its evening: a night goes from noon to noon. Throws USAGE. */
export function nightKey(given: string | undefined, now: Date): string {
  const key = given ?? localDate(new Date(now.getTime() - HALF_A_DAY_MS));
  if (/^[\w.:@+-]{1,100}$/.test(key)) return key;
  throw new LpadError('USAGE', `the key "${key}" is no name for a night`, {
    hint: 'letters, digits and . : @ + - _, as in 2026-11-21',
  });
}
