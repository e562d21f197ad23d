/**
 * JSON as FireWorks prints it (Python's `json.dumps`): indented by four, ASCII only, `1.0` for a whole double. Written
 * straight from the values, since `lpad get_fws -d all` may print 100,000 of them.
 */
import { isObject } from '../../domain/model';
import { floatText } from './float-text';
import { bsonTypeOf, textOfWrapper } from '../plain-values';

/** Every level on its own lines. */
export function toJsonText(value: unknown): string {
  return print(value, '\n');
}

/** On one line, as Python's `json.dumps` without options: `{"a": 1, "b": [1, 2]}`. */
export function toJsonLine(value: unknown): string {
  return print(value, undefined);
}

/** `indent` is the line break with the blanks of the current level, or undefined for one line. */
function print(value: unknown, indent: string | undefined): string {
  switch (typeof value) {
    case 'string':
      return quote(value);
    case 'number':
      // A larger whole number was never an integer: those are Long.
      return Number.isSafeInteger(value) && !Object.is(value, -0) ? String(value) : floatText(value);
    case 'boolean':
    case 'bigint':
      return String(value);
    case 'object':
      if (value === null) return 'null';
      return Array.isArray(value) ? printList(value, indent) : printObject(value, indent);
    default:
      return 'null';
  }
}

/** Joining an array of pieces is several times faster than adding them to a text one by one. */
function enclose(open: string, pieces: readonly string[], close: string, indent: string | undefined): string {
  if (pieces.length === 0) return open + close;
  if (indent === undefined) return open + pieces.join(', ') + close;
  const inner = `${indent}    `;
  return open + inner + pieces.join(`,${inner}`) + indent + close;
}

function printList(list: readonly unknown[], indent: string | undefined): string {
  const inner = indent === undefined ? undefined : `${indent}    `;
  const pieces: string[] = [];
  for (const item of list) pieces.push(print(item, inner));
  return enclose('[', pieces, ']', indent);
}

function printObject(object: object, indent: string | undefined): string {
  if (!isObject(object)) return printSpecial(object, indent);
  const inner = indent === undefined ? undefined : `${indent}    `;
  const pieces: string[] = [];
  for (const key of Object.keys(object)) {
    const value = object[key];
    if (value !== undefined) pieces.push(`${quote(key)}: ${print(value, inner)}`);
  }
  return enclose('{', pieces, '}', indent);
}

/** Wrappers and classes: numbers as numbers, the rest as the text that Python's `str` would be close to. */
function printSpecial(value: object, indent: string | undefined): string {
  if (value instanceof Date) return quote(pythonDate(value));
  if (value instanceof RegExp) return quote(value.source);
  if (value instanceof Map) return printObject(Object.fromEntries(value) as object, indent);
  if (value instanceof Set) return printList([...(value as Set<unknown>)], indent);
  switch (bsonTypeOf(value)) {
    case 'Double':
      return floatText(Number(value));
    case 'Int32':
    case 'Long':
      return textOfWrapper(value);
    case 'BSONRegExp':
      return quote((value as { readonly pattern: string }).pattern);
    case 'Binary':
      return quote((value as { toString(encoding: 'base64'): string }).toString('base64'));
    case 'MinKey':
    case 'MaxKey':
      return quote(bsonTypeOf(value) ?? '');
    case undefined:
      return printObject({ ...value }, indent);
    default:
      return quote(textOfWrapper(value));
  }
}

/** Python's `isoformat()` of a date without zone: six digits, or none when they are zero. */
export function pythonDate(date: Date): string {
  if (Number.isNaN(date.getTime())) return 'Invalid Date';
  const text = date.toISOString();
  const end = text.length - 5;
  const millis = text.slice(end + 1, -1);
  return `${text.slice(0, end)}${millis === '000' ? '' : `.${millis}000`}`;
}

const NEEDS_ESCAPES = /["\\\u0000-\u001f\u007f-\uffff]/;

function quote(text: string): string {
  if (!NEEDS_ESCAPES.test(text)) return `"${text}"`;
  return JSON.stringify(text).replace(
    /[\u007f-\uffff]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
