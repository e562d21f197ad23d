/**
 * Regular expressions of MongoDB (PCRE2) as those of JavaScript. What means the same is kept, what has a counterpart is
 * rewritten, and everything else is refused by name: a pattern that is merely accepted may match something else.
 */
import type { ElementTest } from '../element-path';
import { TYPE, typeOf } from '../values/bson-order';
import { translateClass } from './character-class';
import { cannotDo } from '../refusal';
import { CLASS_ESCAPES, literalEscape } from './escapes';

/** Without the option m, JavaScript's ^ and $ are the very ends of the text. */
const START = '^';
const END = '$';
const END_OR_LAST_NEWLINE = '(?=\\n?$)';
const LINE_START = '(?:^|(?<=\\n)(?!$))';
const LINE_END = '(?=\\n|$)';

const WORD_BREAKS: Readonly<Record<string, string>> = {
  A: START,
  z: END,
  Z: END_OR_LAST_NEWLINE,
  b: '\\b',
  B: '\\B',
};

/** Groups that mean the same in both; `(?P<` is Python's and PCRE's way to name one. */
const GROUPS = [
  ['(?:', '(?:'],
  ['(?=', '(?='],
  ['(?!', '(?!'],
  ['(?<=', '(?<='],
  ['(?<!', '(?<!'],
] as const;

interface Options {
  readonly ignoreCase: boolean;
  readonly lines: boolean;
  readonly dotAll: boolean;
}

/** Letters whose other case is ASCII: with `i`, JavaScript lets \w and \b see them as letters, PCRE does not. */
const FOLDS_TO_ASCII = /[\u017f\u212a]/;

/** The test of `$regex` on single values. */
export function matchesPattern(pattern: string, options: string): ElementTest {
  const expression = translate(pattern, options);
  return (element) => {
    if (typeOf(element) === TYPE.regex) throw cannotDo('$regex on stored regular expressions');
    if (typeof element !== 'string') return false;
    if (expression.ignoreCase && FOLDS_TO_ASCII.test(element))
      throw cannotDo('$regex with option i on \u017f or \u212a');
    return testText(expression, element);
  };
}

/** V8 also begins inside of a surrogate pair, where assertions go wrong: there every character is tried by itself. */
function testText(expression: RegExp, text: string): boolean {
  if (!/[\ud800-\udfff]/.test(text)) return expression.test(text);
  const here = new RegExp(expression.source, `${expression.flags}y`);
  for (let index = 0; index <= text.length; index += (text.codePointAt(index) ?? 0) > 0xffff ? 2 : 1) {
    here.lastIndex = index;
    if (here.test(text)) return true;
  }
  return false;
}

export function translate(pattern: string, options: string): RegExp {
  for (const option of options) {
    if (!'imsu'.includes(option)) throw cannotDo(`the option ${option} of $regex`);
  }
  // Options may also stand in front of the pattern: (?i)abc.
  const inline = /^\(\?([a-z]+)\)/.exec(pattern);
  const all = options + (inline?.[1] ?? '');
  if (inline && /[^ims]/.test(inline[1] ?? '')) throw cannotDo(`${inline[0]} in a regular expression`);
  const source = translateSource(inline ? pattern.slice(inline[0].length) : pattern, {
    ignoreCase: all.includes('i'),
    lines: all.includes('m'),
    dotAll: all.includes('s'),
  });
  try {
    return new RegExp(source, all.includes('i') ? 'iu' : 'u');
  } catch {
    throw cannotDo(`the regular expression ${pattern}`);
  }
}

function translateSource(pattern: string, options: Options): string {
  if (pattern.includes('\0')) throw cannotDo('a zero byte in a regular expression');
  let result = '';
  let rest = pattern;
  while (rest !== '') {
    const [length, translated] = translatePiece(rest, options);
    result += translated;
    rest = rest.slice(length);
  }
  return result;
}

/** How much of the pattern the first piece takes, and what it becomes. */
function translatePiece(rest: string, { lines, dotAll }: Options): readonly [number, string] {
  const first = String.fromCodePoint(rest.codePointAt(0) ?? 0);
  switch (first) {
    case '\\':
      return translateEscape(rest);
    case '[':
      return translateClass(rest);
    case '(':
      return translateGroup(rest);
    case '.':
      return [1, dotAll ? '[\\s\\S]' : '[^\\n]'];
    case '^':
      return [1, lines ? LINE_START : START];
    case '$':
      return [1, lines ? LINE_END : END_OR_LAST_NEWLINE];
    case '*':
    case '+':
    case '?':
    case '{':
      return translateQuantifier(rest);
    case ']':
    case '}':
    case '/':
      return [1, `\\${first}`];
    default:
      return [first.length, first];
  }
}

function translateQuantifier(rest: string): readonly [number, string] {
  const quantifier = /^(?:[*+?]|\{\d+(?:,\d*)?\})/.exec(rest)?.[0];
  if (quantifier === undefined) {
    if (/^\{,\d+\}/.test(rest)) throw cannotDo('{,n} in a regular expression');
    return [1, '\\{'];
  }
  const next = rest[quantifier.length];
  if (next === '+') throw cannotDo(`the possessive quantifier ${quantifier}+ in a regular expression`);
  if (next === '?') return [quantifier.length + 1, `${quantifier}?`];
  return [quantifier.length, quantifier];
}

function translateGroup(rest: string): readonly [number, string] {
  if (!/^\((?:\?|\*[A-Za-z:])/.test(rest)) return [1, '('];
  const known = GROUPS.find(([group]) => rest.startsWith(group));
  if (known) return [known[0].length, known[1]];
  const named = /^\(\?P?<[A-Za-z_]\w*>/.exec(rest)?.[0];
  // Back references are refused, so that the name does not matter.
  if (named !== undefined) return [named.length, '('];
  throw cannotDo(`${rest.slice(0, 4)} in a regular expression`);
}

function translateEscape(rest: string): readonly [number, string] {
  const next = rest[1] ?? '';
  const wordBreak = WORD_BREAKS[next];
  if (wordBreak !== undefined) return [2, wordBreak];
  const wholeClass = CLASS_ESCAPES[next];
  if (wholeClass !== undefined) return [2, wholeClass];
  return literalEscape(rest);
}
