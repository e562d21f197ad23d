/** Files against the published JSON Schemas (schemas/), with the complaints of ajv in words a person understands. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { ErrorObject, ValidateFunction } from 'ajv';
import { isObject, type Value } from '../domain/model';
import { lazyAjv } from './lazy-modules';
import type { LocatedDocument, Path } from './workflow-files/located-document';
import { nearName } from './near-name';
import { plain } from './plain-values';
import { type Problem, problemsError, type ProblemSource, shownValue } from './problems';

export type SchemaName =
  'firework' | 'workflow' | 'fworker' | 'launchpad' | 'fw-config' | 'plan' | 'job' | 'recovery';

interface Schema {
  readonly $id: string;
  readonly properties: Readonly<Record<string, unknown>>;
}

/** Two levels up from src/specs as well as from dist/specs. */
const FOLDER = path.join(__dirname, '..', '..', 'schemas');
const schemas = new Map<SchemaName, Schema>();
const validators = new Map<SchemaName, ValidateFunction>();

/** Throws one LpadError with all that is wrong with the document, or with the part of it at `at`. */
export function validate(
  document: LocatedDocument,
  schemaName: SchemaName,
  source: ProblemSource,
  at: Path = [],
): void {
  const problems = findProblems(valueAt(document.value, at), schemaName);
  if (problems.length === 0) return;
  throw problemsError(
    problems.map(({ path: inner, what }) => ({ path: [...at, ...inner], what })),
    document,
    source,
  );
}

export interface UnknownKey {
  readonly key: string;
  readonly meant: string | undefined;
}

/** Keys that the schema does not name, each with the known one that is nearly the same and not there. */
export function findUnknownKeys(value: Value, schemaName: SchemaName): readonly UnknownKey[] {
  if (!isObject(value)) return [];
  const known = Object.keys(loadSchema(schemaName).properties);
  const absent = known.filter((key) => !Object.hasOwn(value, key));
  const unknown = Object.keys(value).filter((key) => !known.includes(key));
  return unknown.map((key) => ({ key, meant: nearName(key, absent) }));
}

function findProblems(value: Value, schemaName: SchemaName): readonly Problem[] {
  const check = loadValidator(schemaName);
  const root = plain(value);
  if (check(root)) return [];
  const problems = new Map<string, Problem>();
  for (const error of check.errors ?? []) {
    if (error.keyword === 'if') continue;
    const problem = describeProblem(error, root, () => Object.keys(loadSchema(schemaName).properties));
    problems.set(JSON.stringify(problem), problem);
  }
  return [...problems.values()];
}

const TYPE_NAMES: Readonly<Record<string, string>> = {
  object: 'an object',
  array: 'a list',
  string: 'a text',
  number: 'a number',
  integer: 'a whole number',
  boolean: 'true or false',
};

/** A complaint of ajv (with `verbose`) in words; `knownKeys` is asked when a key is not known. */
export function describeProblem(
  error: ErrorObject,
  root: unknown,
  knownKeys: () => readonly string[],
): Problem {
  const place = pathOf(error.instancePath, root);
  const params = error.params as Readonly<Record<string, unknown>>;
  const is = `is ${shownValue(error.data, place)}`;
  switch (error.keyword) {
    case 'required':
      return { path: [...place, String(params['missingProperty'])], what: 'is missing' };
    case 'additionalProperties': {
      const key = String(params['additionalProperty']);
      const meant = nearName(key, keysBeside(error) ?? knownKeys());
      return {
        path: [...place, key],
        what: `is no known key${meant === undefined ? '' : `; did you mean ${meant}?`}`,
      };
    }
    case 'type':
      return { path: place, what: `must be ${typeWords(params['type'])}, ${is}` };
    case 'enum': {
      const allowed = (params['allowedValues'] as readonly unknown[]).filter(
        (one) => typeof one === 'string' && one !== '',
      );
      const meant =
        typeof error.data === 'string' ? nearName(error.data, allowed as readonly string[]) : undefined;
      const question = meant === undefined ? '' : `; did you mean ${meant}?`;
      return { path: place, what: `must be one of ${allowed.join(', ')}, ${is}${question}` };
    }
    case 'minItems':
    case 'minLength':
      return { path: place, what: 'must not be empty' };
    case 'minimum':
      return { path: place, what: `must be at least ${String(params['limit'])}, ${is}` };
    case 'maximum':
      return { path: place, what: `must be at most ${String(params['limit'])}, ${is}` };
    default:
      return { path: place, what: error.message ?? error.keyword };
  }
}

/** What the object in question may have, which need not be the root. */
function keysBeside({ parentSchema }: ErrorObject): readonly string[] | undefined {
  const properties: unknown = parentSchema?.['properties'];
  return isObject(properties) ? Object.keys(properties) : undefined;
}

function typeWords(type: unknown): string {
  const types = (Array.isArray(type) ? type : [type]).map(String).filter((one) => one !== 'null');
  return types.map((one) => TYPE_NAMES[one] ?? one).join(' or ');
}

/** A JSON pointer as a path: only the value tells whether `0` is an index or a key. */
function pathOf(pointer: string, root: unknown): Path {
  const parts: (string | number)[] = [];
  let value = root;
  for (const part of pointer.split('/').slice(1)) {
    const key = part.replaceAll('~1', '/').replaceAll('~0', '~');
    parts.push(Array.isArray(value) ? Number(key) : key);
    value = (value as Readonly<Record<string, unknown>>)[key];
  }
  return parts;
}

function valueAt(value: Value, at: Path): Value {
  let found = value;
  for (const part of at) found = (found as Readonly<Record<string, Value>>)[String(part)];
  return found;
}

function loadSchema(name: SchemaName): Schema {
  const known = schemas.get(name);
  if (known) return known;
  const schema = JSON.parse(readFileSync(path.join(FOLDER, `${name}.schema.json`), 'utf8')) as Schema;
  schemas.set(name, schema);
  return schema;
}

function loadValidator(name: SchemaName): ValidateFunction {
  const known = validators.get(name);
  if (known) return known;
  const Ajv = lazyAjv();
  const ajv = new Ajv({
    allErrors: true,
    verbose: true,
    strict: true,
    allowUnionTypes: true,
    strictTypes: false,
  });
  if (name === 'workflow') ajv.addSchema(loadSchema('firework'));
  const validator = ajv.compile(loadSchema(name));
  validators.set(name, validator);
  return validator;
}
