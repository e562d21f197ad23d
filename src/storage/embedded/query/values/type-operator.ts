/** $type on single values: the documents are read with their BSON types, so that int, long and double differ. */
import {
  Binary,
  BSONRegExp,
  Code,
  Decimal128,
  Double,
  Int32,
  Long,
  MaxKey,
  MinKey,
  ObjectId,
  Timestamp,
} from 'bson';
import type { Value } from '../../../../domain/model';
import { isObject, MISSING, TYPE, typeOf } from './bson-order';
import type { ElementTest } from '../element-path';
import { malformed } from '../refusal';

const TESTS: Readonly<Record<string, ElementTest>> = {
  double: (value) => value instanceof Double || typeof value === 'number',
  string: (value) => typeof value === 'string',
  object: isObject,
  array: (value) => Array.isArray(value),
  binData: (value) => value instanceof Binary,
  undefined: (value) => value === undefined,
  objectId: (value) => value instanceof ObjectId,
  bool: (value) => typeof value === 'boolean',
  date: (value) => value instanceof Date,
  null: (value) => value === null,
  regex: (value) => value instanceof BSONRegExp || value instanceof RegExp,
  javascript: (value) => value instanceof Code && value.scope === null,
  javascriptWithScope: (value) => value instanceof Code && value.scope !== null,
  int: (value) => value instanceof Int32,
  timestamp: (value) => value instanceof Timestamp,
  long: (value) => value instanceof Long && !(value instanceof Timestamp),
  decimal: (value) => value instanceof Decimal128,
  minKey: (value) => value instanceof MinKey,
  maxKey: (value) => value instanceof MaxKey,
  number: (value) => typeOf(value) === TYPE.number,
};

const NAMES: Readonly<Record<number, string>> = {
  [-1]: 'minKey',
  1: 'double',
  2: 'string',
  3: 'object',
  4: 'array',
  5: 'binData',
  6: 'undefined',
  7: 'objectId',
  8: 'bool',
  9: 'date',
  10: 'null',
  11: 'regex',
  13: 'javascript',
  15: 'javascriptWithScope',
  16: 'int',
  17: 'timestamp',
  18: 'long',
  19: 'decimal',
  127: 'maxKey',
};

/** `types` are names or numbers of BSON types. */
export function hasType(types: readonly Value[]): ElementTest {
  const tests = types.map((type) => {
    const name = typeof type === 'string' ? type : NAMES[Number(type)];
    const test = name !== undefined && Object.hasOwn(TESTS, name) ? TESTS[name] : undefined;
    if (!test) throw malformed(`$type has no type ${String(type)}`);
    return test;
  });
  return (element) => element !== MISSING && tests.some((test) => test(element));
}
