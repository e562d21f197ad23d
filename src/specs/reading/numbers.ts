/**
 * Numbers as they were written: FireWorks stores `1` as an integer and `1.0` as a double, and queries, duplicate finders
 * and Python tasks can tell them apart.
 */
import type { Value } from '../../domain/model';
import { lazyBson } from '../lazy-modules';

const INT32_MAX = 2_147_483_647;
const INT32_MIN = -2_147_483_648;
const INT64_MAX = 9_223_372_036_854_775_807n;
const INT64_MIN = -9_223_372_036_854_775_808n;

export const TOO_LARGE = 'does not fit into a 64-bit integer, the largest that a database holds';

/** An integer as a Value; undefined beyond int64. */
export function integerValue(integer: bigint): Value | undefined {
  if (integer >= INT32_MIN && integer <= INT32_MAX) return Number(integer);
  if (integer < INT64_MIN || integer > INT64_MAX) return undefined;
  return lazyBson().Long.fromBigInt(integer);
}

/** A floating-point number as a Value: a whole one is wrapped, or it would be stored as an integer. */
export function floatValue(number: number): Value {
  return Number.isInteger(number) ? new (lazyBson().Double)(number) : number;
}

/** A decimal number (`-12`, `1.50`, `1e3`) as a Value; undefined for an integer beyond int64. */
export function numberFromText(text: string): Value | undefined {
  if (/[.eE]/.test(text)) return floatValue(Number(text));
  // Nine digits always fit; `-0` is the integer 0.
  if (text.length <= 9) return Number(text) + 0;
  return integerValue(BigInt(text));
}
