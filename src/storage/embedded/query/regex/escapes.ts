/** Escapes that mean the same inside and outside of a character class. PCRE's classes are ASCII, JavaScript's \s is not. */
import { cannotDo } from '../refusal';

export const CLASS_ESCAPES: Readonly<Record<string, string>> = {
  d: '[0-9]',
  D: '[^0-9]',
  w: '[A-Za-z0-9_]',
  W: '[^A-Za-z0-9_]',
  s: '[ \\t\\n\\u000b\\f\\r]',
  S: '[^ \\t\\n\\u000b\\f\\r]',
};

const CONTROLS = 'tnrf';

/** One character, escaped: its length in the pattern, and how JavaScript writes it. */
export function literalEscape(rest: string): readonly [number, string] {
  const next = rest[1] ?? '';
  if (CONTROLS.includes(next) && next !== '') return [2, `\\${next}`];
  const hex = /^\\x[0-9a-fA-F]{2}/.exec(rest)?.[0];
  if (hex !== undefined) return [4, hex];
  const point = String.fromCodePoint(rest.codePointAt(1) ?? 0);
  if (next === '' || /[A-Za-z0-9]/.test(next)) throw cannotDo(`\\${next} in a regular expression`);
  return [1 + point.length, quoteLiteral(point)];
}

/** A character as itself, in and out of a class. */
export function quoteLiteral(character: string): string {
  if (/[\^$\\.*+?()[\]{}|/-]/.test(character)) return character === '-' ? '\\u002d' : `\\${character}`;
  return character;
}
