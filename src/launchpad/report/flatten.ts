/** A spec or metadata as pairs of key and value that can be counted, as FireWorks' introspection makes them. */
import { isObject, type Value } from '../../domain/model';
import { pythonValue } from '../../specs/printing/python-text';

export interface Pair {
  /** `a.b` */
  readonly key: string;
  /** As Python's `str` prints it. */
  readonly value: string;
}

const DEEPEST = 2;

/** Two levels deep. Deeper objects are left out, and so are lists with an object or a list in them. */
export function flatten(value: Value, depth = 1): readonly Pair[] {
  if (Array.isArray(value)) {
    if (value.some((item) => Array.isArray(item) || isObject(item))) return [];
    return value.map((item) => ({ key: '', value: pythonValue(item) }));
  }
  if (!isObject(value)) return [{ key: '', value: pythonValue(value) }];
  if (depth > DEEPEST) return [];
  const dot = depth === 1 ? '' : '.';
  return Object.entries(value).flatMap(([key, inner]) =>
    flatten(inner, depth + 1).map((pair) => ({ key: dot + key + pair.key, value: pair.value })),
  );
}
