/**
 * MongoDB's Extended JSON inside a query: `{"$oid": …}`, `{"$date": …}` and the like become what they stand for. Only an
 * object that is wholly such a value is converted: `{"$regex": "x", "$ne": "xy"}` stays the query that it is.
 */
import { isObject, type Value, type ValueObject } from '../../domain/model';
import { lazyBson } from '../lazy-modules';
import { bsonTypeOf, plain } from '../plain-values';
import { floatValue, integerValue } from './numbers';

/** The keys of each kind; `$date` and the others stand alone. */
const KINDS: readonly (readonly string[])[] = [
  ['$oid'],
  ['$date'],
  ['$numberInt'],
  ['$numberLong'],
  ['$numberDouble'],
  ['$numberDecimal'],
  ['$regularExpression'],
  ['$timestamp'],
  ['$uuid'],
  ['$binary'],
  ['$binary', '$type'],
  ['$minKey'],
  ['$maxKey'],
  ['$symbol'],
];

/** The value with its Extended JSON converted; what holds none is not copied. Throws Error with a reason. */
export function fromExtendedJson(value: Value): Value {
  if (Array.isArray(value)) {
    const items = value.map(fromExtendedJson);
    return items.some((item, index) => item !== value[index]) ? items : value;
  }
  if (!isObject(value)) return value;
  const keys = Object.keys(value);
  if (KINDS.some((kind) => kind.length === keys.length && kind.every((key) => Object.hasOwn(value, key)))) {
    return convert(value, keys[0] ?? '');
  }
  const before = Object.entries(value);
  const after = before.map(([key, part]) => [key, fromExtendedJson(part)] as const);
  return after.some(([, part], index) => part !== before[index]?.[1]) ? Object.fromEntries(after) : value;
}

function convert(wrapper: ValueObject, kind: string): Value {
  const text = JSON.stringify(plain(wrapper), (_, part: unknown) =>
    typeof part === 'bigint' ? String(part) : part,
  );
  const wrong = (): Error => new Error(`${text} is no valid ${kind}`);
  if (kind === '$date') return dateOf(wrapper['$date']) ?? fail(wrong());
  let converted: Value;
  try {
    converted = (lazyBson().EJSON.parse(`{"value":${text}}`, { relaxed: false }) as { value: Value }).value;
  } catch {
    throw wrong();
  }
  switch (bsonTypeOf(converted)) {
    case 'Int32':
      return integerValue(BigInt(Number(converted))) ?? fail(wrong());
    case 'Double':
      return floatValue(Number(converted));
    case undefined:
      return isObject(converted) || typeof converted === 'string' ? fail(wrong()) : converted;
    default:
      return converted;
  }
}

/** ISO text, milliseconds, or `{"$numberLong": milliseconds}`. */
function dateOf(written: Value): Date | undefined {
  const inner = isObject(written) ? plain(fromExtendedJson(written)) : plain(written);
  if (typeof inner !== 'string' && typeof inner !== 'number') return undefined;
  const zoned = typeof inner !== 'string' || /(?:Z|[+-]\d\d:?\d\d)$/i.test(inner) || !inner.includes('T');
  const date = new Date(zoned ? inner : `${inner}Z`);
  return Number.isNaN(date.getTime()) ? undefined : date;
}

function fail(error: Error): never {
  throw error;
}
