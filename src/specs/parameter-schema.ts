/** The parameters of a Firetask against the JSON Schema that its definition brings. */
import type { ErrorObject } from 'ajv';
import type { ValueObject } from '../domain/model';
import { lazyAjv } from './lazy-modules';

/** What is wrong with the parameters in words, or undefined. */
export type CheckParameters = (parameters: ValueObject) => string | undefined;

export function compileParameters(schema: ValueObject): CheckParameters {
  const Ajv = lazyAjv();
  const validate = new Ajv({ allErrors: true, allowUnionTypes: true, strict: false }).compile(schema);
  return (parameters) =>
    validate(parameters) ? undefined : (validate.errors ?? []).map(describe).join('; ');
}

function describe({ keyword, params, instancePath, message = 'is not valid' }: ErrorObject): string {
  const name = instancePath.slice(1).replaceAll('/', '.');
  if (keyword !== 'required') return `Parameter ${name || 'list'} ${message}`;
  const missing = String((params as { missingProperty?: unknown }).missingProperty);
  return `Required parameter ${name === '' ? missing : `${name}.${missing}`} not specified!`;
}
