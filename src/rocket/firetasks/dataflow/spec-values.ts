/** Values of the spec by key, typed as they are stored: what dataflow Firetasks hand on must not change on the way. */
import { isObject, type Value, type ValueObject } from '../../../domain/model';
import { keyError } from '../python-failures';

export function specValue(spec: ValueObject, key: string): Value {
  if (!Object.hasOwn(spec, key)) throw keyError(key);
  return spec[key];
}

/** An object of the spec, or what a parameter says itself. */
export function objectOrKey(spec: ValueObject, value: Value): Value {
  return typeof value === 'string' ? specValue(spec, value) : value;
}

export function asObject(value: Value): ValueObject {
  return isObject(value) ? value : {};
}
