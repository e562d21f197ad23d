/**
 * JSON that brings back what it was made of. Numbers are as people write them (`1` an integer, `1.0` a double); what JSON has
 * no words for is Extended JSON: dates, ids, a 64-bit integer that is small, NaN.
 */
import { isObject, type Value, type ValueObject } from '../../domain/model';
import { lazyBson } from '../lazy-modules';
import { bsonTypeOf } from '../plain-values';
import { fromExtendedJson } from '../reading/extended-json';
import { looksLikeWrapper, PLAIN_OBJECT } from '../transfer/wrappers';
import { toJsonText } from './print-json';

const INT32_MAX = 2_147_483_647;
const INT32_MIN = -2_147_483_648;

export function toLosslessJson(value: Value): string {
  return `${toJsonText(extended(value))}\n`;
}

/** What is nothing but JSON is not copied. */
function extended(value: Value): Value {
  if (typeof value === 'number') return extendedNumber(value);
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) {
    const items = (value as readonly Value[]).map(extended);
    return items.some((item, index) => !Object.is(item, value[index])) ? items : value;
  }
  return isObject(value) ? extendedObject(value) : extendedSpecial(value);
}

/** Of JavaScript's numbers those that are no int32 are doubles (see Value). */
function extendedNumber(number: number): Value {
  if (!Number.isFinite(number)) return { $numberDouble: String(number) };
  const isDouble = Number.isInteger(number) && (number > INT32_MAX || number < INT32_MIN);
  return isDouble ? new (lazyBson().Double)(number) : number;
}

function extendedObject(object: ValueObject): Value {
  const entries = Object.entries(object);
  if (looksLikeWrapper(Object.keys(object)))
    return { [PLAIN_OBJECT]: entries.map(([key, value]) => [key, extended(value)]) };
  let changed = false;
  for (const entry of entries) {
    const value = extended(entry[1]);
    changed ||= !Object.is(value, entry[1]);
    entry[1] = value;
  }
  return changed ? Object.fromEntries(entries) : object;
}

function extendedSpecial(value: object): Value {
  const type = bsonTypeOf(value);
  if (type === 'Int32') return value;
  if (type === 'Double') return Number.isFinite(Number(value)) ? value : extendedNumber(Number(value));
  if (type === 'Long') {
    const number = Number(value);
    return number > INT32_MAX || number < INT32_MIN ? value : { $numberLong: String(number) };
  }
  if (value instanceof Date) return { $date: value.toISOString() };
  return lazyBson().EJSON.serialize(value, { relaxed: false });
}

/** What `readJson` made of such a text, with the Extended JSON in it as what it stands for. Throws Error with a reason. */
export function fromLosslessJson(value: Value): Value {
  if (Array.isArray(value)) return (value as readonly Value[]).map(fromLosslessJson);
  if (!isObject(value)) return value;
  const keys = Object.keys(value);
  const pairs = value[PLAIN_OBJECT];
  if (keys.length === 1 && Array.isArray(pairs)) {
    return Object.fromEntries(
      (pairs as readonly [string, Value][]).map(([key, part]) => [key, fromLosslessJson(part)]),
    );
  }
  if (looksLikeWrapper(keys)) return fromExtendedJson(value);
  return Object.fromEntries(keys.map((key) => [key, fromLosslessJson(value[key])]));
}
