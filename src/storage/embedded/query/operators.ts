/** MongoDB's operators on a field: how each offers arrays, and what it asks of a value. */
import type { Value } from '../../../domain/model';
import { comparison, oneOf } from './values/compare-operators';
import { someElement, type ArrayOffer, type ElementTest } from './element-path';
import { isObject, MISSING } from './values/bson-order';
import { bits, modulo, type BitTest } from './values/number-operators';
import { matchesPattern } from './regex/translate';
import { hasType } from './values/type-operator';

/** A condition on one field, read and checked: an operator with its operand, or several of them taken back. */
export type FieldCondition =
  | { readonly kind: 'test'; readonly arrays: ArrayOffer; readonly test: ElementTest }
  | { readonly kind: 'not'; readonly all: readonly FieldCondition[] };

function onElements(test: ElementTest): FieldCondition {
  return { kind: 'test', arrays: 'elements', test };
}

function onWhole(test: ElementTest): FieldCondition {
  return { kind: 'test', arrays: 'whole', test };
}

export function not(...all: readonly FieldCondition[]): FieldCondition {
  return { kind: 'not', all };
}

export const CONDITIONS = {
  compare: (operator: '$eq' | '$gt' | '$gte' | '$lt' | '$lte', operand: Value) =>
    onElements(comparison(operator, operand)),
  oneOf: (values: readonly Value[], patterns: readonly ElementTest[]) => onElements(oneOf(values, patterns)),
  pattern: (pattern: string, options: string) => onElements(matchesPattern(pattern, options)),
  exists: () => onElements((element) => element !== MISSING),
  type: (types: readonly Value[]) => onElements(hasType(types)),
  modulo: (divisor: bigint, remainder: bigint) => onElements(modulo(divisor, remainder)),
  bits: (operator: BitTest, positions: readonly number[]) => onElements(bits(operator, positions)),
  size: (size: number) => onWhole((value) => Array.isArray(value) && value.length === size),
  never: () => onElements(() => false),
  /** An element that is a document, or an array taken as one with its places as names. */
  elementDocument: (test: (document: Value) => boolean) =>
    onWhole((value) => Array.isArray(value) && value.some((element) => testDocument(element, test))),
  /** An element that is what all conditions ask, itself: arrays in the array are not entered. */
  elementValue: (all: readonly FieldCondition[]) =>
    onWhole(
      (value) => Array.isArray(value) && value.some((element) => all.every((one) => holdsFor(element, one))),
    ),
} as const;

function testDocument(element: Value, test: (document: Value) => boolean): boolean {
  if (Array.isArray(element)) return test(Object.fromEntries(element.entries()));
  return isObject(element) && test(element);
}

function holdsFor(element: Value, condition: FieldCondition): boolean {
  if (condition.kind === 'test') return condition.test(element);
  return !condition.all.every((one) => holdsFor(element, one));
}

/** Whether a document holds a condition at a path. */
export function holdsAt(document: Value, parts: readonly string[], condition: FieldCondition): boolean {
  if (condition.kind === 'not') return !condition.all.every((one) => holdsAt(document, parts, one));
  return someElement(document, { parts, arrays: condition.arrays }, condition.test);
}
