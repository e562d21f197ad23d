/** Parts of a policy file, each with what is wrong in it at its place. The schema has checked types and names. */
import { isObject, type Value, type ValueObject } from '../../domain/model';
import type { Backoff, Breaker, Budget, Range, TimeWindow } from '../../domain/recovery/policy';
import { POLICY_DEFAULTS } from '../../domain/recovery/policy';
import { LpadError } from '../../errors';
import { plain } from '../plain-values';
import type { Problem } from '../problems';
import { parseAge } from '../typed/parse-age';
import type { Path } from '../workflow-files/located-document';

/** What is wrong, gathered while the rest is read on. */
export class Problems {
  readonly found: Problem[] = [];

  add(path: Path, what: string): void {
    this.found.push({ path, what });
  }

  /** What `read` says, or, when it says what is wrong, `instead`. */
  attempt<Result>(path: Path, instead: Result, read: () => Result): Result {
    try {
      return read();
    } catch (error) {
      if (!(error instanceof LpadError)) throw error;
      // The option that it was read for is not there, and the place is named anyway.
      this.add(path, error.message.replace(/^\S+: /, ''));
      return instead;
    }
  }
}

export interface Place {
  readonly problems: Problems;
  readonly path: Path;
}

export function below({ problems, path }: Place, key: string | number): Place {
  return { problems, path: [...path, key] };
}

/** A value that may be absent, or empty in YAML. */
export function isGiven(value: Value): boolean {
  return value !== undefined && value !== null;
}

/** Milliseconds. */
export function readDuration(value: Value, { problems, path }: Place): number {
  return problems.attempt(path, 0, () => parseAge(String(plain(value)), 'time'));
}

export function readBackoff(value: Value, place: Place): Backoff | undefined {
  if (!isGiven(value)) return undefined;
  if (!isObject(value)) {
    const first = readDuration(value, place);
    return { first, factor: 1, longest: first };
  }
  const { first, factor, longest } = value;
  return {
    first: readDuration(first, below(place, 'first')),
    factor: isGiven(factor) ? Number(plain(factor)) : 2,
    longest: isGiven(longest) ? readDuration(longest, below(place, 'longest')) : Infinity,
  };
}

const DAYS = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'];

export function readWindow(value: Value, place: Place): TimeWindow | undefined {
  if (!isObject(value)) return undefined;
  const days = value['days'];
  return {
    from: readClock(value['from'], below(place, 'from')),
    to: readClock(value['to'], below(place, 'to')),
    days: Array.isArray(days) ? new Set(days.map((day) => DAYS.indexOf(String(day)))) : undefined,
  };
}

/** Minutes since midnight. */
function readClock(value: Value, { problems, path }: Place): number {
  const [, hours, minutes] = /^([01]?\d|2[0-3]):([0-5]\d)$/.exec(String(value)) ?? [];
  if (hours === undefined) problems.add(path, `must be a time like "06:30", is '${String(value)}'`);
  return 60 * Number(hours ?? 0) + Number(minutes ?? 0);
}

export function readBudget(value: Value): Budget {
  const { fireworks, core_hours: coreHours }: ValueObject = isObject(value) ? value : {};
  return {
    fireworks: isGiven(fireworks) ? Number(plain(fireworks)) : undefined,
    coreHours: isGiven(coreHours) ? Number(plain(coreHours)) : undefined,
  };
}

export function readBreaker(value: Value, place: Place): Breaker | undefined {
  if (!isObject(value)) return undefined;
  const { failures, rest } = value;
  return {
    failures: isGiven(failures) ? Number(plain(failures)) : POLICY_DEFAULTS.breaker.failures,
    rest: isGiven(rest) ? readDuration(rest, below(place, 'rest')) : POLICY_DEFAULTS.breaker.rest,
  };
}

/** A number, or `min` and `max`, read by `read`. */
export function readRange(
  value: Value,
  place: Place,
  read: (value: Value, place: Place) => number,
): Range | undefined {
  if (!isGiven(value)) return undefined;
  if (!isObject(value)) {
    const exactly = read(value, place);
    return { min: exactly, max: exactly };
  }
  const { min: least, max: most } = value;
  const min = isGiven(least) ? read(least, below(place, 'min')) : 0;
  const max = isGiven(most) ? read(most, below(place, 'max')) : Infinity;
  if (min > max) place.problems.add(place.path, 'has a min that is more than its max');
  return { min, max };
}

/** One text or several. */
export function readTexts(value: Value): readonly string[] | undefined {
  if (!isGiven(value)) return undefined;
  return (Array.isArray(value) ? value : [value]).map((one) => String(plain(one)));
}
