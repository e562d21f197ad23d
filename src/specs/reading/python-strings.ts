/** Python's string literals: prefixes, triple quotes, escapes. */
import { ReadingError } from './reading-error';

const LITERAL = /^([A-Za-z]*)('''|"""|'|")([\s\S]*)$/;
const ESCAPE = /\\(?:\r\n|x[\da-fA-F]{2}|u[\da-fA-F]{4}|U[\da-fA-F]{8}|[0-7]{1,3}|N\{[^}]*\}|[\s\S])/g;
const SIMPLE: Readonly<Record<string, string>> = {
  '\\': '\\',
  "'": "'",
  '"': '"',
  a: '\x07',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
  '\n': '',
  '\r': '',
  '\r\n': '',
};

/** The text of one string literal that starts at this offset. */
export function pythonString(literal: string, offset: number): string {
  const [, prefix = '', quote = '', rest = ''] = LITERAL.exec(literal) ?? [];
  const kind = prefix.toLowerCase();
  if (kind.includes('b')) throw new ReadingError(offset, 'bytes (b"…") cannot stand in a query');
  if (kind.includes('f')) throw new ReadingError(offset, 'a text with f"…" cannot stand in a query');
  if (quote === '' || rest.length < quote.length || !rest.endsWith(quote)) {
    throw new ReadingError(offset, 'this text has no closing quote');
  }
  const body = rest.slice(0, -quote.length);
  return kind.includes('r') ? body : body.replace(ESCAPE, (escape) => unescape(escape, offset));
}

function unescape(escape: string, offset: number): string {
  const code = escape.slice(1);
  const simple = SIMPLE[code];
  if (simple !== undefined) return simple;
  if (/^[0-7]+$/.test(code)) return String.fromCodePoint(parseInt(code, 8));
  if (/^[xuU]./.test(code)) {
    const point = parseInt(code.slice(1), 16);
    if (point > 0x10ffff) throw new ReadingError(offset, `${escape} is no character`);
    return String.fromCodePoint(point);
  }
  if (/^[xuUN]/.test(code))
    throw new ReadingError(offset, `the escape ${escape} in this text is not understood`);
  // Python keeps the backslash of an escape that it does not know.
  return escape;
}
