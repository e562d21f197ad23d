/**
 * Free data as a text that is the same for the same data: keys in order, and numbers by their value, so that 1 and 1.0, or a
 * 32-bit and a 64-bit integer, make no difference. It is for comparing and hashing, and is read by nobody.
 */
import { isObject, type Value } from '../../domain/model';
import { bsonTypeOf, textOfWrapper } from '../plain-values';

export function canonicalText(value: Value): string {
  switch (typeof value) {
    case 'string':
      return JSON.stringify(value);
    case 'number':
      return numberText(value);
    case 'bigint':
    case 'boolean':
      return String(value);
    case 'object':
      return value === null ? 'null' : objectText(value);
    default:
      return 'null';
  }
}

function objectText(value: object): string {
  if (Array.isArray(value)) return `[${value.map(canonicalText).join(',')}]`;
  if (value instanceof Date) return `Date(${String(value.getTime())})`;
  if (isObject(value)) return keysInOrder(value);
  const type = bsonTypeOf(value);
  switch (type) {
    case 'Double':
    case 'Int32':
      return numberText(Number(value));
    case 'Long':
      return textOfWrapper(value);
    case undefined:
      return `Object${keysInOrder({ ...value })}`;
    default:
      // As Extended JSON has it: no two values of a type look alike.
      return `${type}${JSON.stringify(value)}`;
  }
}

function keysInOrder(object: Readonly<Record<string, Value>>): string {
  const keys = Object.keys(object).filter((key) => object[key] !== undefined);
  const pairs = keys.sort().map((key) => `${JSON.stringify(key)}:${canonicalText(object[key])}`);
  return `{${pairs.join(',')}}`;
}

/** Whole ones with all their digits, as integers of 64 bits have them. */
function numberText(number: number): string {
  return Number.isInteger(number) ? BigInt(number).toString() : String(number);
}
