/** Whether two pieces of free data are the same, types of numbers and order of keys included: 1 is not 1.0. */
import type { Value } from './model';
import { ABSENT, type Absent, type FieldPath } from './patch';

export function sameValue(one: Value | Absent, other: Value | Absent): boolean {
  if (Object.is(one, other)) return true;
  if (typeof one !== 'object' || typeof other !== 'object' || one === null || other === null) return false;
  if (Object.getPrototypeOf(one) !== Object.getPrototypeOf(other)) return false;
  if (one instanceof Date) return one.getTime() === (other as Date).getTime();
  if (one instanceof Uint8Array)
    return (
      one.length === (other as Uint8Array).length &&
      one.every((byte, at) => byte === (other as Uint8Array)[at])
    );
  // Wrappers of numbers and ids know best themselves.
  if (hasEquals(one)) return one.equals(other);
  const entries = Object.entries(one);
  const others = Object.entries(other);
  return (
    entries.length === others.length &&
    entries.every(([key, value], at) => others[at]?.[0] === key && sameValue(value, others[at][1]))
  );
}

function hasEquals(value: object): value is { equals(other: unknown): boolean } {
  return 'equals' in value && typeof value.equals === 'function';
}

/** What stands at a path, ABSENT where nothing does. */
export function valueAt(object: Value, path: FieldPath): Value | Absent {
  let value = object;
  for (const key of path) {
    if (typeof value !== 'object' || value === null) return ABSENT;
    if (value instanceof Map) {
      const map = value as ReadonlyMap<number, Value>;
      // The model keeps states by number, the stored document by text.
      if (!map.has(Number(key))) return ABSENT;
      value = map.get(Number(key));
    } else {
      if (!Object.hasOwn(value, key)) return ABSENT;
      value = (value as Record<string, Value>)[key];
    }
  }
  return value;
}
