/** MongoDB filters on documents in memory, as far as the commit protocol asks; anything else fails loudly. */
import { ObjectId } from 'mongodb';
import { evaluate } from './memory-store-expression';

export type MemoryDocument = Record<string, unknown>;

const MISSING = Symbol('missing');

export function matches(doc: MemoryDocument, filter: object): boolean {
  return Object.entries(filter).every(([key, condition]) => {
    if (key === '$and') return (condition as object[]).every((one) => matches(doc, one));
    if (key === '$or') return (condition as object[]).some((one) => matches(doc, one));
    if (key === '$expr') return Boolean(evaluate(doc, condition));
    const operators = operatorsOf(condition);
    if (!operators) return equalsOrHolds(valueAt(doc, key), condition);
    return operators.every(([operator, operand]) => test(doc, key, operator, operand));
  });
}

function test(doc: MemoryDocument, key: string, operator: string, operand: unknown): boolean {
  const value = valueAt(doc, key);
  switch (operator) {
    case '$exists':
      return (value !== MISSING) === Boolean(operand);
    case '$in':
      return (operand as unknown[]).some((one) => equalsOrHolds(value, one));
    case '$ne':
      return !equalsOrHolds(value, operand);
    default:
      throw new Error(`the memory store does not know ${operator}`);
  }
}

function operatorsOf(condition: unknown): [string, unknown][] | undefined {
  if (!isPlain(condition)) return undefined;
  const entries = Object.entries(condition);
  return entries[0]?.[0].startsWith('$') ? entries : undefined;
}

function valueAt(doc: MemoryDocument, path: string): unknown {
  let value: unknown = doc;
  for (const key of path.split('.')) {
    if (!isPlain(value) || !Object.hasOwn(value, key)) return MISSING;
    value = value[key];
  }
  return value;
}

/** As MongoDB: null is also a missing field, and a list matches by one of its elements. */
function equalsOrHolds(value: unknown, wanted: unknown): boolean {
  if (value === MISSING) return wanted === null;
  if (equals(value, wanted)) return true;
  return Array.isArray(value) && value.some((one) => equals(one, wanted));
}

export function equals(one: unknown, other: unknown): boolean {
  if (Object.is(one, other)) return true;
  if (typeof one !== 'object' || typeof other !== 'object' || one === null || other === null) return false;
  if (one instanceof Date) return other instanceof Date && one.getTime() === other.getTime();
  if (one instanceof ObjectId) return one.equals(other as ObjectId);
  if (Array.isArray(one) !== Array.isArray(other)) return false;
  const entries = Object.entries(one);
  const others = Object.entries(other);
  return (
    entries.length === others.length &&
    entries.every(([key, value], at) => others[at]?.[0] === key && equals(value, others[at][1]))
  );
}

export function isPlain(value: unknown): value is MemoryDocument {
  return typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype;
}
