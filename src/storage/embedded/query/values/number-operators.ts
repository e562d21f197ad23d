/** $mod and the bit tests on single values. Only numbers that are whole 64-bit integers count, cut off for $mod. */
import { Binary, Decimal128 } from 'bson';
import type { Value } from '../../../../domain/model';
import { numericValue, TYPE, typeOf } from './bson-order';
import type { ElementTest } from '../element-path';
import { cannotDo } from '../refusal';

const LONG_LIMIT = 2n ** 63n;

export function modulo(divisor: bigint, remainder: bigint): ElementTest {
  return (element) => {
    const value = asInteger(element, true);
    return value !== undefined && value % divisor === remainder;
  };
}

export type BitTest = '$bitsAllSet' | '$bitsAllClear' | '$bitsAnySet' | '$bitsAnyClear';

export function bits(operator: BitTest, positions: readonly number[]): ElementTest {
  const wantSet = operator === '$bitsAllSet' || operator === '$bitsAnySet';
  const all = operator === '$bitsAllSet' || operator === '$bitsAllClear';
  return (element) => {
    if (element instanceof Binary) throw cannotDo(`${operator} on binary data`);
    const value = asInteger(element, false);
    if (value === undefined) return false;
    const fits = (position: number): boolean => isSet(value, position) === wantSet;
    return all ? positions.every(fits) : positions.some(fits);
  };
}

/** Bits past the 64th are copies of the sign. */
function isSet(value: bigint, position: number): boolean {
  return ((value >> BigInt(Math.min(position, 63))) & 1n) === 1n;
}

function asInteger(element: Value, cutOff: boolean): bigint | undefined {
  if (element instanceof Decimal128) throw cannotDo('comparisons of decimal numbers');
  if (typeOf(element) !== TYPE.number) return undefined;
  const value = numericValue(element);
  if (typeof value === 'bigint') return value;
  if (!Number.isFinite(value) || !(cutOff || Number.isInteger(value))) return undefined;
  const whole = BigInt(Math.trunc(value));
  return whole >= -LONG_LIMIT && whole < LONG_LIMIT ? whole : undefined;
}
