/** What of a spec tells of an earlier run of the same Firework. */
import { isObject, type ValueObject } from '../model';

const PAST_OF_SPEC = ['_recovery', '_exception_details', '_fizzled_parents', '_use_cache'];

/**
 * A spec without it. A recovery must go too: a new Firework that resumed from another's checkpoint would leave out work
 * that it never did.
 */
export function specWithoutPast(spec: ValueObject): ValueObject {
  const recovery = spec['_recovery'];
  const inOldDirectory = isObject(recovery) && spec['_launch_dir'] === recovery['_prev_dir'];
  return without(spec, [...PAST_OF_SPEC, ...(inOldDirectory ? ['_launch_dir'] : [])]);
}

export function without(object: ValueObject, keys: readonly string[]): ValueObject {
  return Object.fromEntries(Object.entries(object).filter(([key]) => !keys.includes(key)));
}
