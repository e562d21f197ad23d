/** Sums and comparisons of stored values as Python makes them: what DictMods are made of. */
import type { Double, Long } from 'bson';
import { ActionError } from '../../domain/actions/fw-action';
import { isObject, type Value } from '../../domain/model';
import { lazyBson } from '../lazy-modules';
import { bsonTypeOf } from '../plain-values';

const MAX_INT32 = 2 ** 31 - 1;
const MAX_INT64 = 2n ** 63n - 1n;

/** Numbers add up, texts and lists are joined; an int stays an int, and with a double it becomes a double. */
export function sum(one: Value, other: Value, key: string): Value {
  if (typeof one === 'string' && typeof other === 'string') return one + other;
  if (Array.isArray(one) && Array.isArray(other)) return [...(one as Value[]), ...(other as Value[])];
  const left = numberOf(one);
  const right = numberOf(other);
  if (left === undefined || right === undefined) {
    throw new ActionError(`_inc of "${key}": ${typeName(other)} cannot be added to ${typeName(one)}`);
  }
  if (typeof left === 'bigint' && typeof right === 'bigint')
    return storedInteger(left + right, `_inc of "${key}"`);
  return storedDouble(Number(left) + Number(right));
}

/** An integer as a bigint, a double as a number; Python counts true as 1. */
export function numberOf(value: Value): bigint | number | undefined {
  if (typeof value === 'boolean') return value ? 1n : 0n;
  if (typeof value === 'bigint') return value;
  // A number of JavaScript that is whole and beyond 32 bits is stored as a double (see Value).
  if (typeof value === 'number') return Number.isInteger(value) && isInt32(value) ? BigInt(value) : value;
  const type = bsonTypeOf(value);
  if (type === 'Long') return (value as Long).toBigInt();
  if (type === 'Double') return (value as Double).value;
  return undefined;
}

/** Throws ActionError, which begins with `what`, for one that no database can hold. */
export function storedInteger(value: bigint, what: string): Value {
  const number = Number(value);
  if (isInt32(number)) return number;
  if (value > MAX_INT64 || value < -MAX_INT64 - 1n) {
    throw new ActionError(`${what}: ${String(value)} does not fit into 64 bits`);
  }
  return lazyBson().Long.fromBigInt(value);
}

/** A double that stays one where JavaScript's number would be stored as an int. */
export function storedDouble(value: number): Value {
  return Number.isInteger(value) && isInt32(value) ? new (lazyBson().Double)(value) : value;
}

function isInt32(value: number): boolean {
  return value <= MAX_INT32 && value >= -MAX_INT32 - 1 && !Object.is(value, -0);
}

/** Python's `==`: 1, 1.0 and true are equal, and the order of keys does not count. */
export function equalValues(one: Value, other: Value): boolean {
  if (one === other) return true;
  const left = numberOf(one);
  const right = numberOf(other);
  // Neither is above the other: a bigint and a number are never `===`.
  if (left !== undefined && right !== undefined) return left <= right && left >= right;
  if (Array.isArray(one) && Array.isArray(other)) {
    return one.length === other.length && one.every((item, index) => equalValues(item, other[index]));
  }
  if (one instanceof Date && other instanceof Date) return one.getTime() === other.getTime();
  if (isObject(one) && isObject(other)) {
    const keys = Object.keys(one);
    if (keys.length !== Object.keys(other).length) return false;
    return keys.every((key) => Object.hasOwn(other, key) && equalValues(one[key], other[key]));
  }
  return (
    bsonTypeOf(one) !== undefined && bsonTypeOf(one) === bsonTypeOf(other) && String(one) === String(other)
  );
}

export function typeName(value: Value): string {
  if (value === null || value === undefined) return 'null';
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'string') return 'a text';
  if (numberOf(value) !== undefined) return typeof value === 'boolean' ? 'a boolean' : 'a number';
  return 'an object';
}
