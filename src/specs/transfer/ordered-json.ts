/**
 * Extended JSON of one line as the values of the `bson` package, objects as Maps: they keep the order of their keys, also of
 * those that are numbers.
 */
import { isObject, type Value } from '../../domain/model';
import { lazyBson } from '../lazy-modules';
import { MAX_DEPTH, ReadingError } from '../reading/reading-error';
import { looksLikeWrapper, PLAIN_OBJECT } from './wrappers';

export type OrderedDocument = ReadonlyMap<string, Value>;

const SCALAR = /-?\d[\d.eE+-]*|true|false|null/y;

/** Throws ReadingError. The text must be JSON, which JSON.parse tells faster: call it first. */
export function readOrdered(text: string): Value {
  let at = 0;

  const skipBlanks = (): void => {
    while (text.charCodeAt(at) <= 32) at += 1;
  };

  const fail = (): never => {
    throw new ReadingError(at, 'this is no Extended JSON');
  };

  const readText = (): string => {
    const start = at;
    let end = text.indexOf('"', start + 1);
    while (end > 0 && isEscaped(text, end)) end = text.indexOf('"', end + 1);
    if (end < 0) fail();
    at = end + 1;
    const written = text.slice(start, at);
    return written.includes('\\') ? (JSON.parse(written) as string) : written.slice(1, -1);
  };

  const readEntries = (depth: number): Map<string, Value> => {
    const entries = new Map<string, Value>();
    at += 1;
    skipBlanks();
    while (text[at] !== '}') {
      if (text[at] === ',') at += 1;
      skipBlanks();
      if (text[at] !== '"') fail();
      const key = readText();
      if (entries.has(key)) throw new ReadingError(at, `the key ${JSON.stringify(key)} stands here twice`);
      skipBlanks();
      if (text[at] !== ':') fail();
      at += 1;
      entries.set(key, readValue(depth + 1));
      skipBlanks();
    }
    at += 1;
    return entries;
  };

  const readList = (depth: number): Value[] => {
    const list: Value[] = [];
    at += 1;
    skipBlanks();
    while (text[at] !== ']') {
      if (text[at] === ',') at += 1;
      list.push(readValue(depth + 1));
      skipBlanks();
    }
    at += 1;
    return list;
  };

  const readValue = (depth: number): Value => {
    if (depth > MAX_DEPTH) throw new ReadingError(at, 'objects and lists are nested too deep');
    skipBlanks();
    if (text[at] === '"') return readText();
    if (text[at] === '[') return readList(depth);
    if (text[at] !== '{') return readScalar();
    const start = at;
    const entries = readEntries(depth);
    if (!looksLikeWrapper(entries.keys())) return entries;
    if (entries.has(PLAIN_OBJECT)) return plainObject(entries);
    return frequent(entries) ?? wrapped(text.slice(start, at), start);
  };

  const readScalar = (): Value => {
    SCALAR.lastIndex = at;
    const word = SCALAR.exec(text)?.[0];
    if (word === undefined) return fail();
    at += word.length;
    if (word === 'null') return null;
    return word === 'true' || word === 'false' ? word === 'true' : relaxedNumber(word);
  };

  return readValue(0);
}

/** Canonical Extended JSON has no bare numbers, but other tools write them: a whole one is an integer. */
function relaxedNumber(word: string): Value {
  const { Double, Int32, Long } = lazyBson();
  if (/[.eE]/.test(word)) return new Double(Number(word));
  const number = Number(word);
  return Math.abs(number) < 2 ** 31 ? new Int32(number) : Long.fromString(word);
}

function plainObject(entries: ReadonlyMap<string, Value>): Value {
  const pairs = entries.get(PLAIN_OBJECT);
  if (entries.size !== 1 || !Array.isArray(pairs))
    throw new ReadingError(0, `a ${PLAIN_OBJECT} is a list of pairs`);
  return new Map(pairs as (readonly [string, Value])[]);
}

/** What nearly every wrapper is; the package takes ten times as long. */
function frequent(entries: ReadonlyMap<string, Value>): Value {
  const [[key, value] = []] = entries;
  if (entries.size !== 1) return undefined;
  const { Double, Int32, Long, ObjectId } = lazyBson();
  if (key === '$date' && value instanceof Long) {
    const date = new Date(value.toNumber());
    return Number.isNaN(date.getTime()) ? undefined : date;
  }
  if (typeof value !== 'string') return undefined;
  if (key === '$numberInt' && /^-?\d{1,9}$/.test(value)) return new Int32(Number(value));
  if (key === '$numberLong' && /^-?\d{1,18}$/.test(value)) return Long.fromString(value);
  if (key === '$numberDouble' && /^-?\d+\.\d+$/.test(value)) return new Double(Number(value));
  return key === '$oid' && /^[\da-f]{24}$/i.test(value) ? new ObjectId(value) : undefined;
}

/** An object that stands for another value; what stands for none, in spite of its `$`, is refused rather than guessed at. */
function wrapped(text: string, start: number): Value {
  const wrong = new ReadingError(start, `${text.slice(0, 60)} is no value of Extended JSON`);
  let value: Value;
  try {
    value = lazyBson().EJSON.parse(text, { relaxed: false }) as Value;
  } catch {
    throw wrong;
  }
  if (value === undefined || value === null || isObject(value) || !isSound(text, value)) throw wrong;
  return value;
}

/** What the package lets pass. */
function isSound(text: string, value: Value): boolean {
  const [[key, written] = [], ...more] = Object.entries(JSON.parse(text) as object) as [string, Value][];
  if (value instanceof Date) return more.length === 0 && !Number.isNaN(value.getTime());
  if (key === '$numberInt') return more.length === 0 && /^-?\d{1,10}$/.test(String(written));
  if (key === '$numberDouble')
    return more.length === 0 && (written === 'NaN' || !Number.isNaN(Number(written)));
  return key !== '$oid' || more.length === 0;
}

function isEscaped(text: string, quote: number): boolean {
  let start = quote;
  while (text[start - 1] === '\\') start -= 1;
  return (quote - start) % 2 === 1;
}
