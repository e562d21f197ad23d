/** The operands of operators, checked. */
import { Code, DBRef, Decimal128, Double, Int32, Long, MaxKey, MinKey, Timestamp } from 'bson';
import type { Value } from '../../../domain/model';
import { isObject } from './values/bson-order';
import { cannotDo, malformed } from './refusal';

const UNKNOWN = [
  [Decimal128, 'decimal numbers'],
  [Timestamp, 'timestamps of replication'],
  [MinKey, 'MinKey'],
  [MaxKey, 'MaxKey'],
  [Code, 'JavaScript code'],
  [DBRef, 'references ($ref)'],
] as const;

/** A value to compare with, if it and all in it are of types whose order is known here. */
export function checkOperand(value: Value): Value {
  if (value === undefined) throw cannotDo('the type undefined');
  const unknown = UNKNOWN.find(([type]) => value instanceof type);
  if (unknown) throw cannotDo(unknown[1]);
  if (Array.isArray(value)) value.forEach(checkOperand);
  else if (isObject(value)) Object.values(value).forEach(checkOperand);
  return value;
}

export function listOperand(operator: string, value: Value): readonly Value[] {
  if (!Array.isArray(value)) throw malformed(`${operator} needs a list`);
  return value as Value[];
}

export function objectOperand(operator: string, value: Value): Record<string, Value> {
  if (!isObject(value)) throw malformed(`${operator} needs an object`);
  return value;
}

/** A whole number; a fraction is malformed rather than cut off, whatever the server does. */
export function integerOperand(operator: string, value: Value): bigint {
  if (value instanceof Long && !(value instanceof Timestamp)) return value.toBigInt();
  if (value instanceof Int32) return BigInt(value.value);
  if (value instanceof Double && Number.isSafeInteger(value.value)) return BigInt(value.value);
  throw malformed(`${operator} needs a whole number`);
}

export function numberOperand(value: Value): number | undefined {
  if (value instanceof Int32 || value instanceof Double) return value.value;
  return value instanceof Long && !(value instanceof Timestamp) ? value.toNumber() : undefined;
}
