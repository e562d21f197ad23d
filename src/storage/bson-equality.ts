/** Whether two stored values are the same, BSON type and order of keys included: 1 is not 1.0. */
import { serialize } from 'bson';
import type { Value } from '../domain/model';
import { ABSENT, type Absent } from '../domain/patch';

export function sameValue(one: Value | Absent, other: Value | Absent): boolean {
  if (one === other) return true;
  if (one === ABSENT || other === ABSENT) return false;
  if (typeof one !== 'object' && typeof other !== 'object') return Object.is(one, other);
  return Buffer.compare(serialize({ value: one }), serialize({ value: other })) === 0;
}

/** What stands at a path of stored names, ABSENT where nothing does. */
export function valueAt(document: Value, path: readonly string[]): Value | Absent {
  let value = document;
  for (const key of path) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) return ABSENT;
    value = (value as Record<string, Value>)[key];
  }
  return value;
}
