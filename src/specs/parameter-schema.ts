/** The parameters of a Firetask against the JSON Schema that its definition brings. */
import type { ErrorObject, ValidateFunction } from 'ajv';
import { isObject, type ValueObject } from '../domain/model';
import { lazyAjv } from './lazy-modules';
import { plain } from './plain-values';
import type { Problem } from './problems';
import { isBelowMarker } from './resolving/marker-problems';
import { describeProblem } from './validate';

export interface ParameterChecks {
  /** What is wrong with the parameters, each with its place in them; of what is resolved later nothing is known. */
  readonly problems: (parameters: ValueObject) => readonly Problem[];
  /** The same in one line, in FireWorks' words where it has some; undefined when nothing is wrong. */
  readonly complaint: (parameters: ValueObject) => string | undefined;
}

/** Throws for what is no JSON Schema. */
export function compileParameters(schema: ValueObject): ParameterChecks {
  const validate = compile(schema);
  const errorsOf = (parameters: unknown): readonly ErrorObject[] =>
    validate(parameters) ? [] : (validate.errors ?? []);
  const known = isObject(schema['properties']) ? Object.keys(schema['properties']) : [];
  return {
    problems: (parameters) => {
      const root = plain(parameters);
      const found = errorsOf(root).map((error) => describeProblem(error, root, () => known));
      return found.filter(({ path }) => !isBelowMarker(root, path));
    },
    complaint: (parameters) => {
      const errors = errorsOf(parameters);
      return errors.length === 0 ? undefined : errors.map(inOneLine).join('; ');
    },
  };
}

function compile(schema: ValueObject): ValidateFunction {
  const Ajv = lazyAjv();
  return new Ajv({ allErrors: true, verbose: true, allowUnionTypes: true, strict: false }).compile(schema);
}

function inOneLine({ keyword, params, instancePath, message = 'is not valid' }: ErrorObject): string {
  const name = instancePath.slice(1).replaceAll('/', '.');
  if (keyword !== 'required') return `Parameter ${name || 'list'} ${message}`;
  const missing = String((params as { missingProperty?: unknown }).missingProperty);
  return `Required parameter ${name === '' ? missing : `${name}.${missing}`} not specified!`;
}
