/** Free data as plain JavaScript: what the program computes with and shows, without the wrappers that keep BSON types. */
import { isObject, type Value, type ValueObject } from '../domain/model';

/** The wrappers of the `bson` package by their mark, so that this file need not load the package. */
interface BsonWrapper {
  readonly _bsontype: string;
  valueOf(): unknown;
}

/** `Long`, `Double`, `ObjectId`, …, or undefined for what is no value of the `bson` package. */
export function bsonTypeOf(value: Value): string | undefined {
  if (typeof value !== 'object' || value === null || !('_bsontype' in value)) return undefined;
  const type = (value as Partial<BsonWrapper>)._bsontype;
  return typeof type === 'string' && !Object.hasOwn(value, '_bsontype') ? type : undefined;
}

/**
 * Double, Int32 and Long become numbers, a Long that a number cannot hold a bigint; all else stays. What holds no wrapper
 * is returned as it is, not copied: specs can be megabytes.
 */
export function plain(value: Value): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return plainList(value as readonly Value[]);
  switch (bsonTypeOf(value)) {
    case undefined:
      return isObject(value) ? plainObject(value) : value;
    case 'Double':
    case 'Int32':
      return Number(value);
    case 'Long':
      return plainLong(BigInt(textOfWrapper(value)));
    default:
      return value;
  }
}

/** A wrapper in its own words: the digits of a Long, the hex of an ObjectId, `1.50` of a Decimal128. */
export function textOfWrapper(value: object | number | bigint | boolean): string {
  return (value as { toString(): string }).toString();
}

function plainLong(integer: bigint): number | bigint {
  const number = Number(integer);
  return Number.isSafeInteger(number) ? number : integer;
}

function plainList(list: readonly Value[]): readonly unknown[] {
  let copy: unknown[] | undefined;
  for (let index = 0; index < list.length; index += 1) {
    const item = plain(list[index]);
    if (item !== list[index]) copy ??= list.slice(0, index);
    copy?.push(item);
  }
  return copy ?? list;
}

function plainObject(object: ValueObject): ValueObject {
  const entries = Object.entries(object);
  let changed = false;
  for (const entry of entries) {
    const value = plain(entry[1]);
    changed ||= value !== entry[1];
    entry[1] = value;
  }
  return changed ? Object.fromEntries(entries) : object;
}
