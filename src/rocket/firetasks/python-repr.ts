/** Values as Python's `repr` and `str` write them: in messages, and where a Firetask makes text of data. */
import { isObject, type Value } from '../../domain/model';
import { floatText } from '../../specs/printing/float-text';
import { bsonTypeOf, textOfWrapper } from '../../specs/plain-values';

export function pythonRepr(value: Value): string {
  if (typeof value === 'string') return quoted(value);
  if (value === null || value === undefined) return 'None';
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  if (typeof value === 'number') return numberText(value);
  if (Array.isArray(value)) return `[${value.map(pythonRepr).join(', ')}]`;
  if (isObject(value)) {
    const items = Object.entries(value).map(([key, item]) => `${quoted(key)}: ${pythonRepr(item)}`);
    return `{${items.join(', ')}}`;
  }
  if (bsonTypeOf(value) === 'Double') return wordsOf(Number(value));
  return textOfWrapper(value);
}

/** As `repr`, but a text is itself. */
export function pythonStr(value: Value): string {
  return typeof value === 'string' ? value : pythonRepr(value);
}

function numberText(value: number): string {
  return Number.isSafeInteger(value) ? String(value) : wordsOf(value);
}

/** Python's str of a double, whose infinities are no JSON. */
function wordsOf(value: number): string {
  if (Number.isNaN(value)) return 'nan';
  if (!Number.isFinite(value)) return value > 0 ? 'inf' : '-inf';
  return floatText(value);
}

function quoted(text: string): string {
  const quote = text.includes("'") && !text.includes('"') ? '"' : "'";
  const body = text
    .replaceAll('\\', '\\\\')
    .replaceAll(quote, `\\${quote}`)
    .replaceAll('\n', '\\n')
    .replaceAll('\r', '\\r')
    .replaceAll('\t', '\\t');
  return quote + body + quote;
}
