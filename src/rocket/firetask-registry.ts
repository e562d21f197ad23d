/** The Firetasks that a rocket can run, by name. */
import { isObject, type Value, type ValueObject } from '../domain/model';
import { LpadError } from '../errors';
import { compileParameters, type CheckParameters } from '../specs/parameter-schema';
import type { Firetask } from './define-firetask';
import { scriptTask } from './firetasks/script-task';

export interface FiretaskRegistry {
  /** Every name, aliases included. */
  readonly names: readonly string[];
  readonly find: (name: Value) => Firetask | undefined;
  /** What is wrong with the parameters of a Firetask, in words. */
  readonly check: (firetask: Firetask, parameters: ValueObject) => string | undefined;
  /** The names in a spec that it does not have. */
  readonly unknownIn: (spec: ValueObject) => readonly string[];
}

export const BUILT_IN_FIRETASKS: readonly Firetask[] = [scriptTask];

export function createFiretaskRegistry(own: readonly Firetask[] = []): FiretaskRegistry {
  const byName = new Map<string, Firetask>();
  for (const firetask of [...BUILT_IN_FIRETASKS, ...own]) {
    for (const name of [firetask.name, ...(firetask.aliases ?? [])]) {
      if (byName.has(name)) throw new LpadError('BAD_CONFIG', `two Firetasks are called ${name}`);
      byName.set(name, firetask);
    }
  }
  const checks = new Map<Firetask, CheckParameters>();
  const find = (name: Value): Firetask | undefined =>
    typeof name === 'string' ? byName.get(name) : undefined;
  return {
    names: [...byName.keys()],
    find,
    check: (firetask, parameters) => {
      if (!firetask.parameters) return undefined;
      const check = checks.get(firetask) ?? compileParameters(firetask.parameters);
      checks.set(firetask, check);
      return check(parameters);
    },
    unknownIn: (spec) => {
      const named = [...tasksOf(spec), ...backgroundTasksOf(spec)].map((task) => task['_fw_name']);
      return [...new Set(named.filter((name) => !find(name)).map(String))];
    },
  };
}

/** The Firetasks of a spec, in order: a list, or a single one. */
export function tasksOf(spec: ValueObject): readonly ValueObject[] {
  return objectsIn(spec['_tasks']);
}

function backgroundTasksOf(spec: ValueObject): readonly ValueObject[] {
  return objectsIn(spec['_background_tasks']).flatMap((background) => objectsIn(background['tasks']));
}

/** The objects of a list, or a single one. */
export function objectsIn(value: Value): readonly ValueObject[] {
  return (Array.isArray(value) ? (value as readonly Value[]) : [value]).filter(isObject);
}
