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

/**
 * A copy with a value at a path, or without it. In a list a key is a place, with null in those before it that are missing,
 * as in MongoDB. What is neither list nor object gives way, but for a removal.
 */
export function withValue(object: ValueObject, path: SpecPath, value: Value | Absent): ValueObject {
  return changedAt(object, path, value) as ValueObject;
}

function changedAt(holder: Value, path: SpecPath, value: Value | Absent): Value {
  const [key, next, ...further] = path;
  const inner = valueAt(holder, [key]);
  if (inner === ABSENT && value === ABSENT) return holder;
  const after = next === undefined ? value : changedAt(inner, [next, ...further], value);
  if (Array.isArray(holder)) return withItem(holder, Number(key), after === ABSENT ? null : after);
  if (!isObject(holder)) return value === ABSENT ? holder : { [key]: after };
  if (after !== ABSENT) return { ...holder, [key]: after };
  return Object.fromEntries(Object.entries(holder).filter(([name]) => name !== key));
}

function withItem(list: readonly Value[], place: number, item: Value): readonly Value[] {
  const missing = Array<null>(Math.max(0, place - list.length)).fill(null);
  return [...list.slice(0, place), ...missing, item, ...list.slice(place + 1)];
}

/** The path up to the first object that is not there yet, or the first list: a list changes as a whole. */
function missingFrom(object: ValueObject, path: SpecPath): SpecPath {
  let holder: Value = object;
  for (const [index, key] of path.entries()) {
    if (Array.isArray(holder)) return path.slice(0, index) as unknown as SpecPath;
    if (!isObject(holder) || !Object.hasOwn(holder, key))
      return path.slice(0, index + 1) as unknown as SpecPath;
    holder = holder[key];
  }
  return path;
}

function startsWith(path: readonly string[], start: readonly string[]): boolean {
  return start.length <= path.length && start.every((key, at) => path[at] === key);
}
