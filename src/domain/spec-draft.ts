/** A spec as a planner changes it: what it reads is what it has written, and each change knows what was there before. */
import { isObject, type Value, type ValueObject } from './model';
import { ABSENT, change, type Absent, type FieldChange } from './patch';
import { valueAt } from './same-value';

export type SpecPath = readonly [string, ...string[]];

export interface SpecDraft {
  /** What stands at a path as drafted, ABSENT where nothing does. */
  at(path: SpecPath): Value | Absent;
  /** What is missing on the way to a path comes to be with it, as one change: taken back, nothing of it stays. */
  set(path: SpecPath, value: Value | Absent): void;
  /** All of it as drafted. */
  whole(): ValueObject;
  /** Of no two changes is one below the other; the paths begin with `spec`. */
  changes(): readonly FieldChange[];
}

export function createSpecDraft(original: ValueObject): SpecDraft {
  const written = new Map<string, { readonly path: SpecPath; readonly after: Value | Absent }>();
  let drafted = original;
  return {
    at: (path) => valueAt(drafted, path),
    set: (path, value) => {
      const whole = missingFrom(drafted, path);
      drafted = withValue(drafted, path, value);
      const holder = [...written.values()].find((one) => startsWith(path, one.path))?.path;
      const place = holder ?? whole;
      for (const [key, one] of written) if (startsWith(one.path, place)) written.delete(key);
      written.set(JSON.stringify(place), { path: place, after: valueAt(drafted, place) });
    },
    whole: () => drafted,
    changes: () =>
      [...written.values()]
        .map(({ path, after }) => change(['spec', ...path], valueAt(original, path), after))
        .filter(({ before, after }) => before !== after),
  };
}

/** A copy with a value at a path, or without it: a list stays, and so does what is no object, with what is not there. */
export function withValue(object: ValueObject, path: SpecPath, value: Value | Absent): ValueObject {
  const [key, ...rest] = path;
  const [next, ...further] = rest;
  if (next === undefined) {
    if (value !== ABSENT) return { ...object, [key]: value };
    return Object.fromEntries(Object.entries(object).filter(([name]) => name !== key));
  }
  const inner = Object.hasOwn(object, key) ? object[key] : undefined;
  if (!isObject(inner) && value === ABSENT) return object;
  return { ...object, [key]: withValue(isObject(inner) ? inner : {}, [next, ...further], value) };
}

/** The path up to the first object that is not there yet. */
function missingFrom(object: ValueObject, path: SpecPath): SpecPath {
  let holder: Value = object;
  for (const [index, key] of path.entries()) {
    if (!isObject(holder) || !Object.hasOwn(holder, key))
      return path.slice(0, index + 1) as unknown as SpecPath;
    holder = holder[key];
  }
  return path;
}

function startsWith(path: readonly string[], start: readonly string[]): boolean {
  return start.length <= path.length && start.every((key, at) => path[at] === key);
}
