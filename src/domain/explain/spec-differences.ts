/** Where the specs of several attempts differ. */
import { isObject, type Value, type ValueObject } from '../model';
import type { Absent } from '../patch';
import { sameValue, valueAt } from '../same-value';

export interface SpecDifference {
  /** Below `spec`. */
  readonly path: readonly string[];
  /** One for each spec, in their order; undefined for a spec that is not known. */
  readonly values: readonly (Value | Absent)[];
}

/** The smallest parts that are not the same in all specs that are known. */
export function specDifferences(specs: readonly (ValueObject | undefined)[]): readonly SpecDifference[] {
  const known = specs.filter((spec) => spec !== undefined);
  return pathsThatDiffer(known, []).map((path) => ({
    path,
    values: specs.map((spec) => (spec === undefined ? undefined : valueAt(spec, path))),
  }));
}

function pathsThatDiffer(
  specs: readonly ValueObject[],
  above: readonly string[],
): readonly (readonly string[])[] {
  const keys = new Set(specs.flatMap((spec) => Object.keys(spec)));
  return [...keys].flatMap((key) => {
    const values = specs.map((spec) => valueAt(spec, [key]));
    if (values.every((value) => sameValue(value, values[0]))) return [];
    const path = [...above, key];
    return values.every(isObject) ? pathsThatDiffer(values, path) : [path];
  });
}
