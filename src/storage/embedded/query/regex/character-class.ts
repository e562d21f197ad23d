/** A character class of PCRE as one of JavaScript. */
import { cannotDo } from '../refusal';
import { CLASS_ESCAPES, literalEscape, quoteLiteral } from './escapes';

/** The class that `rest` begins with: its length, and its translation. */
export function translateClass(rest: string): readonly [number, string] {
  const negated = rest[1] === '^';
  let position = negated ? 2 : 1;
  const start = position;
  let items = '';
  for (;;) {
    const character = rest[position];
    if (character === undefined) throw cannotDo('a character class without its end');
    // A bracket that comes first is a character of the class.
    if (character === ']' && position > start) break;
    const [length, item] = translateItem(rest.slice(position), position === start);
    items += item;
    position += length;
  }
  return [position + 1, `[${negated ? '^' : ''}${items}]`];
}

function translateItem(rest: string, isFirst: boolean): readonly [number, string] {
  if (/^\[[:.=]/.test(rest)) throw cannotDo(`${rest.slice(0, 2)} in a regular expression`);
  if (rest.startsWith('\\')) return translateEscape(rest);
  const character = String.fromCodePoint(rest.codePointAt(0) ?? 0);
  if (character !== '-') return [character.length, quoteLiteral(character)];
  // First or last it is a hyphen; between two characters it makes a range; elsewhere PCRE and JavaScript differ.
  if (isFirst || rest[1] === ']') return [1, '\\u002d'];
  if (rest[1] === '[' || rest.startsWith('-\\')) throw cannotDo(`${rest.slice(0, 3)} in a character class`);
  return [1, '-'];
}

function translateEscape(rest: string): readonly [number, string] {
  const next = rest[1] ?? '';
  const wholeClass = CLASS_ESCAPES[next];
  if (wholeClass === undefined) {
    if (next === 'b') return [2, '\\u0008'];
    return literalEscape(rest);
  }
  if (wholeClass.startsWith('[^')) throw cannotDo(`\\${next} in a character class`);
  // [\d-x]: the hyphen after a class is a character.
  const hyphen = rest[2] === '-' && rest[3] !== ']' ? '\\u002d' : '';
  return [2 + (hyphen === '' ? 0 : 1), wholeClass.slice(1, -1) + hyphen];
}
