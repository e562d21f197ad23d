/**
 * The values that a dotted path of a query reaches in a document, by MongoDB's rules: a path goes through the elements
 * of an array, a number in it is also a place in an array, and an array in an array is only entered by its place.
 */
import type { Value } from '../../../domain/model';
import { fieldsOf, isObject, MISSING } from './values/bson-order';

export type ElementTest = (element: Value) => boolean;

/** Whether an array at the end of the path is offered with its elements, or only as a whole. */
export type ArrayOffer = 'elements' | 'whole';

export interface ElementPath {
  readonly parts: readonly string[];
  readonly arrays: ArrayOffer;
}

/** Whether one of the values at the path passes; MISSING is offered where an object lacks the field. */
export function someElement(document: Value, path: ElementPath, test: ElementTest): boolean {
  return someFrom(document, path, 0, test);
}

function someFrom(start: Value, path: ElementPath, from: number, test: ElementTest): boolean {
  const { parts } = path;
  let current = start;
  for (let index = from; index < parts.length; index += 1) {
    if (!isObject(current)) return test(MISSING);
    const fields = fieldsOf(current);
    // Bounds: index < parts.length.
    const name = parts[index] as string;
    if (!Object.hasOwn(fields, name)) return test(MISSING);
    current = fields[name];
    if (Array.isArray(current)) return someInArray(current as Value[], path, index + 1, test);
  }
  return test(current);
}

/** `next` is the part of the path that is to be found in the array. */
function someInArray(array: readonly Value[], path: ElementPath, next: number, test: ElementTest): boolean {
  const part = path.parts[next];
  if (part === undefined) return (path.arrays === 'elements' && array.some(test)) || test(array);
  const isLast = next + 1 === path.parts.length;
  return array.some((element, place) => {
    const isPlace = String(place) === part;
    if (isObject(element)) {
      if (someFrom(element, path, next, test)) return true;
      return isPlace && (isLast ? test(element) : someFrom(element, path, next + 1, test));
    }
    if (!isPlace) return false;
    if (isLast) return test(element);
    return Array.isArray(element) && someInArray(element as Value[], path, next + 1, test);
  });
}
