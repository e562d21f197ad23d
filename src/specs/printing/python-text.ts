/** Texts as Python's `repr` writes them, which FireWorks prints in places. */
import type { Value } from '../../domain/model';
import { pythonDate, toJsonLine } from './print-json';

const NAMED: Readonly<Record<string, string>> = { '\\': '\\\\', '\n': '\\n', '\r': '\\r', '\t': '\\t' };

/** `'name'`; in double quotes when there is a single one in it. */
export function pythonText(text: string): string {
  const quote = text.includes("'") && !text.includes('"') ? '"' : "'";
  const escaped = text.replace(/[\\\u0000-\u001f\u007f-\u00a0\u00ad]/g, (character) => {
    const code = character.charCodeAt(0).toString(16).padStart(2, '0');
    return NAMED[character] ?? `\\x${code}`;
  });
  return `${quote}${escaped.replaceAll(quote, `\\${quote}`)}${quote}`;
}

/** A value as Python's `str` prints it: `True`, `None`, `1.0`; a text is itself. */
export function pythonValue(value: Value): string {
  if (typeof value === 'string') return value;
  if (value === null || value === undefined) return 'None';
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  if (value instanceof Date) return pythonDate(value).replace('T', ' ');
  // Numbers are printed there as here; what else there is has a text of its own.
  return toJsonLine(value).replace(/^"(.*)"$/s, '$1');
}
