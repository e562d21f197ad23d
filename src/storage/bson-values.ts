/**
 * Numbers as they come from the database. Documents are read without promoting values, so that a whole double stays a
 * double; what a JavaScript number can carry without losing its BSON type becomes one (see `Value` in domain/model.ts).
 */
import { Double, Int32, Long } from 'bson';
import type { Value } from '../domain/model';

/** How both stores read documents: every number with its BSON type. */
export const READ_OPTIONS = { promoteValues: false } as const;

const MAX_INT32 = 2 ** 31 - 1;

/** A JavaScript number is written as int32 when it fits: only other doubles may lose their wrapper. */
function wouldBecomeInt32(value: number): boolean {
  return Number.isInteger(value) && !Object.is(value, -0) && value <= MAX_INT32 && value >= -MAX_INT32 - 1;
}

/** Replaces the wrappers that a JavaScript number can stand for, in place: the documents are fresh from the wire. */
export function fromBson(value: Value): Value {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) {
    const list = value as Value[];
    for (let index = 0; index < list.length; index += 1) {
      if (typeof list[index] === 'object') list[index] = fromBson(list[index]);
    }
    return list;
  }
  if (value instanceof Int32) return value.value;
  if (value instanceof Double) return wouldBecomeInt32(value.value) ? value : value.value;
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype !== Object.prototype && prototype !== null) return value;
  const object = value as Record<string, Value>;
  for (const key of Object.keys(object)) {
    if (typeof object[key] === 'object') object[key] = fromBson(object[key]);
  }
  return object;
}

/** A number of a known field, whatever its BSON type. */
export function toNumber(value: Value): number {
  if (typeof value === 'number') return value;
  if (value instanceof Long) return value.toNumber();
  if (value instanceof Int32 || value instanceof Double) return value.value;
  return Number(value);
}

export function toNumbers(value: Value): readonly number[] {
  return Array.isArray(value) ? value.map(toNumber) : [];
}
