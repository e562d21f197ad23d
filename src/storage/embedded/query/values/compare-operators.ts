/** $eq, $gt, $gte, $lt, $lte and $in on single values: only values of the same type compare. */
import type { Value } from '../../../../domain/model';
import { compareBson, numericValue, TYPE, typeOf } from './bson-order';
import type { ElementTest } from '../element-path';

export type Comparison = '$eq' | '$gt' | '$gte' | '$lt' | '$lte';

const HOLDS: Readonly<Record<Comparison, (order: number) => boolean>> = {
  $eq: (order) => order === 0,
  $gt: (order) => order > 0,
  $gte: (order) => order >= 0,
  $lt: (order) => order < 0,
  $lte: (order) => order <= 0,
};

export function comparison(operator: Comparison, operand: Value): ElementTest {
  const type = typeOf(operand);
  const holds = HOLDS[operator];
  const whenEqual = holds(0);
  const isNan = isNaNValue(operand);
  return (element) => {
    const elementType = typeOf(element);
    if (elementType !== type) {
      // A field that is not there, or holds the old type `undefined`, is as good as null.
      return (
        elementType + type === TYPE.null &&
        (elementType === TYPE.missing || type === TYPE.missing) &&
        whenEqual
      );
    }
    if (type === TYPE.number && (isNan || isNaNValue(element)))
      return isNan && isNaNValue(element) && whenEqual;
    return holds(compareBson(element, operand));
  };
}

function isNaNValue(value: Value): boolean {
  return typeOf(value) === TYPE.number && Number.isNaN(numericValue(value));
}

/** Lists of thousands of ids are common: numbers and texts are looked up, the rest is compared one by one. */
export function oneOf(values: readonly Value[], patterns: readonly ElementTest[]): ElementTest {
  const known = new Set<Value>();
  const others: ElementTest[] = [...patterns];
  for (const value of values) {
    const simple = lookupKey(value);
    if (simple === undefined) others.push(comparison('$eq', value));
    else known.add(simple);
  }
  return (element) => {
    const simple = lookupKey(element);
    return (simple !== undefined && known.has(simple)) || others.some((test) => test(element));
  };
}

/** 1, Double 1 and Long 1 are one key. NaN is one, too, and -0 is 0, as a Set has it. */
function lookupKey(value: Value): Value {
  if (typeof value === 'string') return value;
  const type = typeOf(value);
  if (type !== TYPE.number) return undefined;
  const number = numericValue(value);
  if (typeof number === 'number' && Number.isInteger(number)) return BigInt(number);
  return number;
}
