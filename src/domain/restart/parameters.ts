/**
 * The parameters of a Firework: the keys of its spec that are its own, and not FireWorks' (those that begin with `_`). Guild
 * AI calls them flags.
 */
import { isObject, type Value, type ValueObject } from '../model';
import { withValue } from '../spec-draft';
import { ABSENT } from '../patch';
import type { SpecEdit } from '../rerun/spec-edit';

export function parametersOf(spec: ValueObject): ValueObject {
  return Object.fromEntries(Object.entries(spec).filter(([key]) => !isReserved(key)));
}

function isReserved(key: string): boolean {
  return key.startsWith('_');
}

/** Those that a rerun with these edits (`--set`, `--unset`) would have. The edits fit the spec. */
export function parametersAfter(spec: ValueObject, edits: readonly SpecEdit[]): ValueObject {
  const own = edits.filter(({ path: [first] }) => !isReserved(first));
  return parametersOf(
    own.reduce(
      (edited, { path, action, value }) => withValue(edited, path, action === 'unset' ? ABSENT : value),
      spec,
    ),
  );
}

/** Whether they are the same set: every key of the one is in the other, with the same value. */
export function sameParameters(one: ValueObject, other: ValueObject): boolean {
  return parametersKey(one) === parametersKey(other);
}

/**
 * A text that is the same for the same parameters. As in Python, which Guild compares in, 1 is 1.0 and the order of keys in
 * an object does not count; that of a list does.
 */
export function parametersKey(value: Value): string {
  if (value === undefined || value === null) return 'null';
  if (typeof value === 'number' || typeof value === 'bigint') return numberKey(value);
  if (typeof value !== 'object') return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map(parametersKey).join(',')}]`;
  if (isObject(value)) {
    const entries = Object.entries(value).map(
      ([key, inner]) => `${JSON.stringify(key)}:${parametersKey(inner)}`,
    );
    return `{${entries.sort().join(',')}}`;
  }
  if (value instanceof Date) return `date ${String(value.getTime())}`;
  if (value instanceof Uint8Array) return `bytes ${[...value].join(' ')}`;
  return numberIn(value) ?? otherKey(value);
}

function numberKey(value: number | bigint): string {
  // What a bigint holds exactly and a number does not stays apart: 2^53 + 1 is not 2^53.
  return Object.is(value, -0) ? '0' : String(value);
}

/** Numbers that keep their BSON type: Int32 and Double have a number as their value, a Long its digits. */
function numberIn(value: object): string | undefined {
  if ('toBigInt' in value) return numberKey((value as { toBigInt(): bigint }).toBigInt());
  const inner: unknown = value.valueOf();
  return typeof inner === 'number' ? numberKey(inner) : undefined;
}

/** Ids, decimals, regular expressions: by their type and their own text. */
function otherKey(value: object): string {
  const text =
    value instanceof Map ? JSON.stringify([...(value as ReadonlyMap<unknown, unknown>)]) : textOf(value);
  return `${value.constructor.name} ${text}`;
}

function textOf(value: object): string {
  // eslint-disable-next-line @typescript-eslint/no-base-to-string -- wrappers of `bson` have a text of their own
  const text = String(value);
  return text.startsWith('[object ') ? JSON.stringify(value) : text;
}
