/** Markers of a workflow file that could not be resolved when the job runs: a person hears of a slip before that. */
import { isObject, type Value } from '../../domain/model';
import type { Problem } from '../problems';
import type { Path } from '../reading/read-json';
import { markerProblem, RESOLVE } from './resolve-values';

export function markerProblems(value: Value, at: Path): readonly Problem[] {
  if (Array.isArray(value)) {
    return (value as readonly Value[]).flatMap((item, index) => markerProblems(item, [...at, index]));
  }
  if (!isObject(value)) return [];
  if (!Object.hasOwn(value, RESOLVE))
    return Object.entries(value).flatMap(([key, item]) => markerProblems(item, [...at, key]));
  const what = markerProblem(value);
  return what === undefined ? [] : [{ path: at, what }];
}

/** Whether a marker stands at this path, or above it: what it will be is not known yet. */
export function isBelowMarker(root: Value, path: Path): boolean {
  let value = root;
  for (const part of [...path, undefined]) {
    if (isObject(value) && Object.hasOwn(value, RESOLVE)) return true;
    if (part === undefined || typeof value !== 'object' || value === null) return false;
    value = (value as Readonly<Record<string, Value>>)[String(part)];
  }
  return false;
}
