/** What is wrong with the Firetasks of a file: FireWorks, too, looks at every object of a spec that has `_fw_name`. */
import { isObject, type Value, type ValueObject } from '../../domain/model';
import type { Problem } from '../problems';
import type { Path } from './located-document';

/** What is wrong with an object that has `_fw_name`, by places in it. */
export type CheckTask = (task: ValueObject) => readonly Problem[];

export function taskProblems(value: Value, at: Path, check: CheckTask): readonly Problem[] {
  if (Array.isArray(value)) {
    return (value as readonly Value[]).flatMap((item, index) => taskProblems(item, [...at, index], check));
  }
  if (!isObject(value)) return [];
  const own = typeof value['_fw_name'] === 'string' ? check(value) : [];
  return [
    ...own.map(({ path, what }) => ({ path: [...at, ...path], what })),
    ...Object.entries(value).flatMap(([key, item]) => taskProblems(item, [...at, key], check)),
  ];
}
