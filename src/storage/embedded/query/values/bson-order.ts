/** The order of BSON values, as MongoDB compares and sorts them: by type first, then by value, numbers across types. */
import {
  Binary,
  BSONRegExp,
  Code,
  DBRef,
  Decimal128,
  Double,
  Int32,
  Long,
  MaxKey,
  MinKey,
  ObjectId,
  Timestamp,
} from 'bson';
import type { Value } from '../../../../domain/model';
import { cannotDo } from '../refusal';

/** Stands for a field that is not there; sorts before null. */
export const MISSING: unique symbol = Symbol('missing');

/** The places of the types, named and numbered as in MongoDB's source. */
export const TYPE = {
  minKey: -1,
  missing: 0,
  null: 5,
  number: 10,
  string: 15,
  object: 20,
  array: 25,
  binary: 30,
  objectId: 35,
  boolean: 40,
  date: 45,
  timestamp: 47,
  regex: 50,
  code: 60,
  maxKey: 127,
} as const;

export function typeOf(value: Value): number {
  switch (typeof value) {
    case 'number':
      return TYPE.number;
    case 'string':
      return TYPE.string;
    case 'boolean':
      return TYPE.boolean;
    case 'undefined':
    case 'symbol':
      return TYPE.missing;
    default:
      return value === null ? TYPE.null : typeOfObject(value);
  }
}

function typeOfObject(value: Value): number {
  if (Array.isArray(value)) return TYPE.array;
  if (value instanceof Int32 || value instanceof Double || value instanceof Decimal128) return TYPE.number;
  // A Timestamp is a Long to JavaScript.
  if (value instanceof Timestamp) return TYPE.timestamp;
  if (value instanceof Long) return TYPE.number;
  if (value instanceof Date) return TYPE.date;
  if (value instanceof ObjectId) return TYPE.objectId;
  if (value instanceof Binary) return TYPE.binary;
  if (value instanceof BSONRegExp || value instanceof RegExp) return TYPE.regex;
  if (value instanceof MinKey) return TYPE.minKey;
  if (value instanceof MaxKey) return TYPE.maxKey;
  if (value instanceof Code) return TYPE.code;
  if (isObject(value)) return TYPE.object;
  throw cannotDo('comparisons of this type of value');
}

/** An object of free data, not one of the bson package's values. */
export function isObject(value: Value): value is Record<string, Value> {
  if (typeof value !== 'object' || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null || value instanceof DBRef;
}

/** The fields of an object; a reference is an object in the database. */
export function fieldsOf(value: Record<string, Value>): Record<string, Value> {
  return value instanceof DBRef ? value.toJSON() : value;
}

/** A number that compares exactly with any other: 64-bit integers beyond 2^53 are BigInt. */
export function numericValue(value: Value): number | bigint {
  if (typeof value === 'number') return value;
  if (value instanceof Int32 || value instanceof Double) return value.value;
  if (value instanceof Long) return value.toBigInt();
  throw cannotDo('comparisons of decimal numbers');
}

/** Negative, zero or positive. NaN is equal to itself and below every other number. */
export function compareBson(one: Value, other: Value): number {
  const type = typeOf(one);
  const byType = type - typeOf(other);
  if (byType !== 0) return byType;
  switch (type) {
    case TYPE.missing:
    case TYPE.null:
    case TYPE.minKey:
    case TYPE.maxKey:
      return 0;
    case TYPE.number:
      return compareNumbers(numericValue(one), numericValue(other));
    case TYPE.string:
      // UTF-8, as stored: JavaScript compares UTF-16 units, which differs above U+FFFF.
      return compareTexts(one as string, other as string);
    case TYPE.boolean:
      return Number(one) - Number(other);
    case TYPE.date:
      return (one as Date).getTime() - (other as Date).getTime();
    case TYPE.objectId:
      return Buffer.compare((one as ObjectId).id, (other as ObjectId).id);
    case TYPE.object:
      return compareObjects(fieldsOf(one as Record<string, Value>), fieldsOf(other as Record<string, Value>));
    case TYPE.array:
      return compareArrays(one as readonly Value[], other as readonly Value[]);
    case TYPE.binary:
      return compareBinaries(one as Binary, other as Binary);
    default:
      throw cannotDo('comparisons of this type of value');
  }
}

function compareNumbers(one: number | bigint, other: number | bigint): number {
  if (one < other) return -1;
  if (one > other) return 1;
  return Number(Number.isNaN(other)) - Number(Number.isNaN(one));
}

function compareTexts(one: string, other: string): number {
  return one === other ? 0 : Buffer.compare(Buffer.from(one), Buffer.from(other));
}

/** Field by field in stored order: the type of the value, the name, the value. */
function compareObjects(one: Record<string, Value>, other: Record<string, Value>): number {
  const names = Object.keys(one);
  const otherNames = Object.keys(other);
  for (const [index, name] of names.entries()) {
    const otherName = otherNames[index];
    if (otherName === undefined) return 1;
    const order =
      typeOf(one[name]) - typeOf(other[otherName]) ||
      compareTexts(name, otherName) ||
      compareBson(one[name], other[otherName]);
    if (order !== 0) return order;
  }
  return names.length - otherNames.length;
}

function compareArrays(one: readonly Value[], other: readonly Value[]): number {
  for (const [index, value] of one.entries()) {
    if (index >= other.length) return 1;
    const order = compareBson(value, other[index]);
    if (order !== 0) return order;
  }
  return one.length - other.length;
}

function compareBinaries(one: Binary, other: Binary): number {
  return (
    one.length() - other.length() ||
    one.sub_type - other.sub_type ||
    Buffer.compare(one.value(), other.value())
  );
}
