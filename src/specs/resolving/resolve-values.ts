/**
 * `{"_resolve": "now:%H-%M-%S"}` and `{"_resolve": "env:NAME"}` in a spec: what stands there is found when the job runs. The
 * stored spec keeps the marker; Firetasks get copies with the values.
 */
import type { ResolvedValue } from '../../domain/launch-record';
import { isObject, type Value, type ValueObject } from '../../domain/model';
import { pathText, SECRET_KEY } from '../problems';
import { strftime, unknownDirectives } from '../printing/strftime';
import type { Path } from '../reading/read-json';

/** Where values come from. All of a launch have the same moment. */
export interface ValueSources {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly now: Date;
  /** Values of an earlier run: they are taken, and nothing is looked up. */
  readonly frozen?: readonly ResolvedValue[];
}

export interface Resolution {
  /** The very same object when there is no marker in it. */
  readonly spec: ValueObject;
  readonly resolved: readonly ResolvedValue[];
  /** What could not be resolved, and why; it stands unresolved in the spec. */
  readonly problems: readonly string[];
}

export const RESOLVE = '_resolve';

/** What the rocket itself noted, or took over from other Fireworks: nothing in it is this spec's to resolve. */
const NOT_OWN: ReadonlySet<string> = new Set([
  '_recovery',
  '_fizzled_parents',
  '_exception_details',
  '_job_info',
  '_fw_env',
]);

export function resolveValues(spec: ValueObject, sources: ValueSources): Resolution {
  const resolved: ResolvedValue[] = [];
  const problems: string[] = [];
  const replace = (value: Value, at: Path): Value => {
    if (typeof value !== 'object' || value === null) return value;
    if (Array.isArray(value)) return replacedList(value as readonly Value[], at);
    if (!isObject(value)) return value;
    if (!Object.hasOwn(value, RESOLVE)) return replacedObject(value, at, NOTHING);
    const path = pathText(at);
    const found = valueOf(value, path, sources);
    if ('problem' in found) problems.push(`${path}: ${found.problem}`);
    else resolved.push({ path, resolve: String(value[RESOLVE]), value: found.kept });
    return 'problem' in found ? value : found.value;
  };
  const replacedList = (list: readonly Value[], at: Path): Value => {
    const items = list.map((item, index) => (mayHold(item) ? replace(item, [...at, index]) : item));
    return items.some((item, index) => item !== list[index]) ? items : list;
  };
  const replacedObject = (object: ValueObject, at: Path, without: ReadonlySet<string>): ValueObject => {
    let copy: Record<string, Value> | undefined;
    for (const key of Object.keys(object)) {
      const value = object[key];
      if (!mayHold(value) || without.has(key)) continue;
      const replaced = replace(value, [...at, key]);
      // Assigning to a key that is there keeps its place.
      if (replaced !== value) (copy ??= { ...object })[key] = replaced;
    }
    return copy ?? object;
  };
  return { spec: replacedObject(spec, ['spec'], NOT_OWN), resolved, problems };
}

const NOTHING: ReadonlySet<string> = new Set();

/** Most values are texts and numbers: their paths need not be made. */
function mayHold(value: Value): boolean {
  return typeof value === 'object' && value !== null;
}

type Found = { readonly value: string; readonly kept: string | null } | { readonly problem: string };

function valueOf(marker: ValueObject, path: string, { env, now, frozen }: ValueSources): Found {
  const written = marker[RESOLVE];
  const problem = markerProblem(marker);
  if (problem !== undefined || typeof written !== 'string') return { problem: problem ?? '' };
  const [kind, argument] = partsOf(written);
  const earlier = frozen?.find((one) => one.path === path && one.resolve === written);
  if (frozen && !earlier) return { problem: 'the first run has left no value for it' };
  if (earlier && earlier.value !== null) return { value: earlier.value, kept: earlier.value };
  if (kind === 'now') {
    const offsetMinutes = -now.getTimezoneOffset();
    const value = strftime(argument, { microseconds: now.getTime() * 1000, offsetMinutes });
    return { value, kept: value };
  }
  const value = env[argument];
  if (value === undefined) return { problem: `the environment has no variable ${argument}` };
  return { value, kept: isSecret(argument, value) ? null : value };
}

/** By the name of the variable, or by a password in an address: `mongodb://ada:…@host`. */
function isSecret(name: string, value: string): boolean {
  return SECRET_KEY.test(name) || /:\/\/[^\s/]*:[^\s/]*@/.test(value);
}

/** Why an object with `_resolve` is no marker that can be resolved; undefined when it can. */
export function markerProblem(marker: ValueObject): string | undefined {
  const written = marker[RESOLVE];
  if (Object.keys(marker).length > 1) return `${RESOLVE} stands alone in its object`;
  if (typeof written !== 'string') return `${RESOLVE} must be a text, ${FORMS}`;
  const [kind, argument] = partsOf(written);
  if ((kind !== 'now' && kind !== 'env') || argument === '')
    return `"${written}" cannot be resolved: it is ${FORMS}`;
  const unknown = kind === 'now' ? unknownDirectives(argument) : [];
  return unknown.length === 0 ? undefined : `${unknown.join(', ')} in "${written}" is not known`;
}

const FORMS = 'now:FORMAT such as now:%H-%M-%S, or env:NAME';

function partsOf(written: string): readonly [kind: string, argument: string] {
  const colon = written.indexOf(':');
  return colon < 0 ? [written, ''] : [written.slice(0, colon), written.slice(colon + 1)];
}
