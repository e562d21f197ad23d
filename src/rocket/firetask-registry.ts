/** The Firetasks that a rocket can run, by name. */
import { isObject, type Value, type ValueObject } from '../domain/model';
import { LpadError, messageOf } from '../errors';
import {
  dupeFinderExact,
  dupeFinderNames,
  findDupeFinder,
  type DupeFinder,
} from '../launchpad/launches/dupe-finders';
import { compileParameters, type ParameterChecks } from '../specs/parameter-schema';
import type { Problem } from '../specs/problems';
import type { Firetask } from './define-firetask';
import { BUILT_IN_FIRETASKS } from './firetasks/built-in-firetasks';

export interface FiretaskRegistry {
  /** Every name, aliases included. */
  readonly names: readonly string[];
  readonly find: (name: Value) => Firetask | undefined;
  /** What is wrong with the parameters of a Firetask, in words. */
  readonly check: (firetask: Firetask, parameters: ValueObject) => string | undefined;
  /** The same of an object with `_fw_name`, place by place; nothing for one that it does not know. */
  readonly problemsOf: (task: ValueObject) => readonly Problem[];
  /** The names in a spec that it does not have. */
  readonly unknownIn: (spec: ValueObject) => readonly string[];
  readonly dupeFinders: readonly DupeFinder[];
}

export function createFiretaskRegistry(
  own: readonly Firetask[] = [],
  ownFinders: readonly DupeFinder[] = [],
  /** FW_NAME_UPDATES: names of now by names that stand in old specs. */
  nameUpdates: Readonly<Record<string, string>> = {},
): FiretaskRegistry {
  const byName = new Map<string, Firetask>();
  const dupeFinders = [dupeFinderExact, ...ownFinders];
  assertOneOfEach(dupeFinders);
  for (const firetask of [...BUILT_IN_FIRETASKS, ...own]) {
    for (const name of [firetask.name, ...(firetask.aliases ?? [])]) {
      if (byName.has(name)) throw new LpadError('BAD_CONFIG', `two Firetasks are called ${name}`);
      byName.set(name, firetask);
    }
  }
  for (const [old, name] of Object.entries(nameUpdates)) {
    const firetask = byName.get(name);
    if (firetask && !byName.has(old)) byName.set(old, firetask);
  }
  const find = (name: Value): Firetask | undefined =>
    typeof name === 'string' ? byName.get(name) : undefined;
  const checksOf = parameterChecks();
  return {
    names: [...byName.keys()],
    find,
    check: (firetask, parameters) => checksOf(firetask)?.complaint(parameters),
    problemsOf: ({ _fw_name: name, ...parameters }) => {
      const firetask = find(name);
      return firetask ? (checksOf(firetask)?.problems(parameters) ?? []) : [];
    },
    unknownIn: (spec) => {
      const named = [...tasksOf(spec), ...backgroundTasksOf(spec)].map((task) => task['_fw_name']);
      const finder = isObject(spec['_dupefinder']) ? spec['_dupefinder']['_fw_name'] : undefined;
      const isKnown = finder === undefined || findDupeFinder(dupeFinders, finder) !== undefined;
      const unknown = named.filter((name) => !find(name)).concat(isKnown ? [] : [finder]);
      return [...new Set(unknown.map(String))];
    },
    dupeFinders,
  };
}

/** Compiled at first use, each once. */
function parameterChecks(): (firetask: Firetask) => ParameterChecks | undefined {
  const compiled = new Map<Firetask, ParameterChecks>();
  return (firetask) => {
    if (!firetask.parameters) return undefined;
    const known = compiled.get(firetask);
    if (known) return known;
    try {
      const checks = compileParameters(firetask.parameters);
      compiled.set(firetask, checks);
      return checks;
    } catch (error) {
      throw new LpadError(
        'BAD_CONFIG',
        `the parameters of the Firetask ${firetask.name} are no JSON Schema: ${messageOf(error)}`,
        { cause: error },
      );
    }
  };
}

function assertOneOfEach(finders: readonly DupeFinder[]): void {
  const names = dupeFinderNames(finders);
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice !== undefined) throw new LpadError('BAD_CONFIG', `two duplicate finders are called ${twice}`);
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
