/**
 * JSON with typed numbers. JSON.parse loses `1.0` and large integers, lossless-json needs 10 s for 100 MB; this reader
 * takes a tenth of that, says where an error is, and refuses a repeated key, which would lose data silently. `NaN`,
 * `Infinity` and `-Infinity` are read because Python writes them.
 */
import type { Value } from '../../domain/model';
import { numberFromText, TOO_LARGE } from './numbers';
import { MAX_DEPTH, ReadingError } from './reading-error';

export type Path = readonly (string | number)[];

const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const WORD = /-?[A-Za-z_]\w*/y;
const WORDS: ReadonlyMap<string, Value> = new Map<string, Value>([
  ['true', true],
  ['false', false],
  ['null', null],
  ['NaN', NaN],
  ['Infinity', Infinity],
  ['-Infinity', -Infinity],
]);
const NOT_LITERAL = /[\\\u0000-\u001f]/;

/** Told of every value (of an object's, where its key starts) when somebody looks for a place. */
type Watcher = (path: Path, offset: number) => void;

export function readJson(text: string, watch?: Watcher): Value {
  let at = text.charCodeAt(0) === 0xfeff ? 1 : 0;
  const path: (string | number)[] = [];

  const skipBlanks = (): void => {
    for (let code = text.charCodeAt(at); code === 32 || code === 10 || code === 13 || code === 9;) {
      at += 1;
      code = text.charCodeAt(at);
    }
  };

  const fail = (expected: string): never => {
    const found =
      at < text.length
        ? `found ${JSON.stringify(String.fromCodePoint(text.codePointAt(at) ?? 0))}`
        : 'the text ends';
    throw new ReadingError(at, `expected ${expected}, but ${found}`);
  };

  const readString = (): string => {
    const start = at;
    let end = text.indexOf('"', start + 1);
    if (end < 0) throw new ReadingError(start, 'this text has no closing quote');
    const quick = text.slice(start + 1, end);
    if (!NOT_LITERAL.test(quick)) {
      at = end + 1;
      return quick;
    }
    while (isEscaped(text, end)) {
      end = text.indexOf('"', end + 1);
      if (end < 0) throw new ReadingError(start, 'this text has no closing quote');
    }
    at = end + 1;
    try {
      return JSON.parse(text.slice(start, at)) as string;
    } catch {
      throw new ReadingError(
        start,
        'this text has a line break, a control character or a wrong escape in it',
      );
    }
  };

  const readWordOrNumber = (): Value => {
    NUMBER.lastIndex = at;
    const number = NUMBER.exec(text)?.[0];
    if (number !== undefined) {
      const value = numberFromText(number);
      if (value === undefined) throw new ReadingError(at, `${number} ${TOO_LARGE}`);
      at += number.length;
      return value;
    }
    WORD.lastIndex = at;
    const word = WORD.exec(text)?.[0] ?? '';
    if (!WORDS.has(word)) return fail('a value');
    at += word.length;
    return WORDS.get(word);
  };

  const readObject = (depth: number): Value => {
    const object: Record<string, Value> = {};
    at += 1;
    skipBlanks();
    if (text[at] === '}') {
      at += 1;
      return object;
    }
    for (;;) {
      if (text[at] !== '"') fail('a key in double quotes');
      const start = at;
      const key = readString();
      if (Object.hasOwn(object, key))
        throw new ReadingError(start, `the key ${JSON.stringify(key)} stands here a second time`);
      skipBlanks();
      if (text[at] !== ':') fail("':' after the key");
      at += 1;
      if (watch) {
        path.push(key);
        watch(path, start);
      }
      setOwn(object, key, readValue(depth));
      if (watch) path.pop();
      skipBlanks();
      if (text[at] === '}') break;
      if (text[at] !== ',') fail("',' or '}'");
      at += 1;
      skipBlanks();
    }
    at += 1;
    return object;
  };

  const readList = (depth: number): Value => {
    const list: Value[] = [];
    at += 1;
    skipBlanks();
    if (text[at] === ']') {
      at += 1;
      return list;
    }
    for (;;) {
      if (watch) {
        skipBlanks();
        path.push(list.length);
        watch(path, at);
      }
      list.push(readValue(depth));
      if (watch) path.pop();
      skipBlanks();
      if (text[at] === ']') break;
      if (text[at] !== ',') fail("',' or ']'");
      at += 1;
    }
    at += 1;
    return list;
  };

  const readValue = (depth: number): Value => {
    skipBlanks();
    if (depth > MAX_DEPTH)
      throw new ReadingError(at, `objects and lists are nested more than ${String(MAX_DEPTH)} deep`);
    if (text[at] === '{') return readObject(depth + 1);
    if (text[at] === '[') return readList(depth + 1);
    return text[at] === '"' ? readString() : readWordOrNumber();
  };

  const value = readValue(0);
  skipBlanks();
  if (at < text.length) fail('the end of the text');
  return value;
}

/** Where the value at this path starts (its key, in an object). Reads the text again: for error messages only. */
export function jsonOffsetOf(text: string, path: Path): number | undefined {
  let found: number | undefined;
  readJson(text, (here, offset) => {
    const last = path.length - 1;
    // Most places differ in their last part already.
    if (here.length !== path.length || here[last] !== path[last]) return;
    if (here.every((part, index) => part === path[index])) found = offset;
  });
  return found;
}

/** Whether the quote at this offset is preceded by an odd number of backslashes. */
function isEscaped(text: string, quote: number): boolean {
  let start = quote;
  while (text[start - 1] === '\\') start -= 1;
  return (quote - start) % 2 === 1;
}

/** `__proto__` is data like any other key. */
function setOwn(object: Record<string, Value>, key: string, value: Value): void {
  if (key === '__proto__') {
    Object.defineProperty(object, key, { value, writable: true, enumerable: true, configurable: true });
  } else {
    object[key] = value;
  }
}
