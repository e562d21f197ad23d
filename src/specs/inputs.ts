/**
 * Inputs of a Firework: the keys of its spec that do not begin with `_`. `spec._input_schema` is a JSON Schema of them, an
 * object with `properties`; without it each is of the type that its value has.
 */
import { isObject, type Firework, type Value, type ValueObject } from '../domain/model';
import { LpadError } from '../errors';
import { storedDouble } from './dict-mods/dict-mods-values';
import { lazyAjv } from './lazy-modules';
import { nearName } from './near-name';
import { bsonTypeOf, plain } from './plain-values';
import { pathText } from './problems';
import { describeProblem } from './validate';

/** New values by name. */
export type Inputs = ValueObject;

type Node = Firework;

/**
 * The Fireworks with these inputs, each in every Firework that has one of its name, converted to what the schema asks for
 * ("600" becomes 600). Throws BAD_INPUTS for one that nobody has, or that does not fit, and for any spec that does not fit
 * its own schema.
 */
export function withCheckedInputs(fireworks: readonly Node[], inputs: Inputs = {}): readonly Node[] {
  const known = new Set(fireworks.flatMap(({ spec }) => inputNames(spec)));
  const unknown = Object.keys(inputs).find((name) => !known.has(name));
  if (unknown !== undefined) throw unknownInput(unknown, [...known]);
  return fireworks.map((one) => {
    const names = new Set(inputNames(one.spec));
    const given = Object.fromEntries(Object.entries(inputs).filter(([name]) => names.has(name)));
    const spec = withInputs(one, given);
    return spec === one.spec ? one : { ...one, spec };
  });
}

/** Names of what the spec has, and of what its schema knows. */
function inputNames(spec: ValueObject): readonly string[] {
  const { properties } = schemaOf(spec) ?? {};
  const declared = isObject(properties) ? Object.keys(properties) : [];
  return [...new Set([...Object.keys(inputsOf(spec)), ...declared])];
}

/** Keys of a spec that are no settings. */
export function inputsOf(spec: ValueObject): ValueObject {
  return Object.fromEntries(Object.entries(spec).filter(([key]) => !key.startsWith('_')));
}

function schemaOf(spec: ValueObject): ValueObject | undefined {
  const schema = spec['_input_schema'];
  return isObject(schema) ? schema : undefined;
}

function withInputs({ fwId, name, spec }: Node, given: Inputs): ValueObject {
  const schema = schemaOf(spec);
  if (!schema && Object.keys(given).length === 0) return spec;
  const before = inputsOf(spec);
  const wanted = structuredClone(plain({ ...before, ...given })) as Record<string, Value>;
  const problems = coerce(schema ?? schemaOfValues(before, given), wanted);
  if (problems.length > 0) {
    throw new LpadError('BAD_INPUTS', `inputs of ${String(fwId)} ${name}: ${problems.join('; ')}`);
  }
  const changed = Object.entries(wanted).flatMap(([key, value]): [string, Value][] => {
    const was = before[key];
    if (!Object.hasOwn(given, key) && sameJson(plain(was), value)) return [];
    return [[key, bsonTypeOf(was) === 'Double' && typeof value === 'number' ? storedDouble(value) : value]];
  });
  return changed.length === 0 ? spec : { ...spec, ...Object.fromEntries(changed) };
}

function sameJson(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}

/** Of what is given alone; null could become anything. */
function schemaOfValues(values: ValueObject, given: Inputs): ValueObject {
  const properties = Object.keys(given).flatMap((key): [string, Value][] => {
    const type = typeOf(plain(values[key]));
    return type === undefined ? [] : [[key, { type }]];
  });
  return { type: 'object', properties: Object.fromEntries(properties) };
}

function typeOf(value: unknown): string | undefined {
  if (Array.isArray(value)) return 'array';
  if (isObject(value)) return 'object';
  const type = typeof value;
  return ['number', 'string', 'boolean'].includes(type) ? type : undefined;
}

/** Converts the values in place; what does not fit, in words. */
function coerce(schema: ValueObject, values: Record<string, Value>): readonly string[] {
  const Ajv = lazyAjv();
  const ajv = new Ajv({
    allErrors: true,
    verbose: true,
    allowUnionTypes: true,
    strict: false,
    coerceTypes: true,
  });
  let validate;
  try {
    validate = ajv.compile(schema);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    return [`_input_schema is no JSON Schema: ${why}`];
  }
  if (validate(values)) return [];
  const { properties } = schema;
  const known = isObject(properties) ? Object.keys(properties) : [];
  return (validate.errors ?? []).map((error) => {
    const { path, what } = describeProblem(error, values, () => known);
    return `${pathText(path)} ${what}`.trim();
  });
}

function unknownInput(name: string, known: readonly string[]): LpadError {
  const meant = nearName(name, known);
  const there = known.length === 0 ? 'it has none' : `it has ${known.slice(0, 10).join(', ')}`;
  const question = meant === undefined ? '' : `; did you mean ${meant}?`;
  return new LpadError('BAD_INPUTS', `the run has no input ${name}${question}`, { hint: there });
}
