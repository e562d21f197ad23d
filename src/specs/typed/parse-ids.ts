/** Ids as people type them: `3 5`, `3,5`, `3-9`. */
import { LpadError } from '../../errors';

/** A slip of the keyboard in a range must not fill the memory. */
const MOST_IDS = 10_000_000;
const RIGHT_FORM = 'write ids as 3 5, 3,5 or 3-9';

interface Range {
  readonly first: number;
  readonly last: number;
}

/** Ascending, each once. */
export function parseIds(words: readonly string[], option = '-i'): number[] {
  const ids: number[] = [];
  for (const { first, last } of ranges(words, option).toSorted((a, b) => a.first - b.first)) {
    for (let id = Math.max(first, (ids.at(-1) ?? 0) + 1); id <= last; id += 1) ids.push(id);
  }
  return ids;
}

/** In the order they were typed, repetitions kept: for ids that stand beside others one by one (`-lid`). */
export function parseIdsInOrder(words: readonly string[], option: string): number[] {
  return ranges(words, option).flatMap(({ first, last }) =>
    Array.from({ length: last - first + 1 }, (_, index) => first + index),
  );
}

function ranges(words: readonly string[], option: string): readonly Range[] {
  const parsed = words.flatMap((word) =>
    splitWord(word, option).map((part) => parseRange(part, word, option)),
  );
  const count = parsed.reduce((sum, { first, last }) => sum + last - first + 1, 0);
  if (count > MOST_IDS) throw bad(option, `${words.join(' ')} is ${count} ids, more than ${MOST_IDS}`);
  return parsed;
}

/** `3, 5` in quotes is two ids; `3,,5` and `3,` have an empty place, where perhaps an id got lost. */
function splitWord(word: string, option: string): readonly string[] {
  const parts = word
    .trim()
    .replace(/\s*,\s*/g, ',')
    .replace(/(\d)\s*-\s*(?=\d)/g, '$1-')
    .split(/[,\s]/);
  if (parts.includes(''))
    throw bad(option, word.trim() === '' ? 'an empty text is no id' : `"${word}" lacks an id beside a comma`);
  return parts;
}

function parseRange(part: string, word: string, option: string): Range {
  const match = /^(\d+)(?:-(\d+))?$/.exec(part);
  if (match === null) throw bad(option, `"${part}" is no id${part === word ? '' : ` (in "${word}")`}`);
  const first = Number(match[1]);
  const last = Number(match[2] ?? match[1]);
  if (!Number.isSafeInteger(last) || !Number.isSafeInteger(first))
    throw bad(option, `${part} is too large for an id`);
  if (first < 1) throw bad(option, `ids begin at 1, so ${part} selects nothing`);
  if (last < first) throw bad(option, `the range ${part} goes backwards; did you mean ${last}-${first}?`);
  return { first, last };
}

function bad(option: string, what: string): LpadError {
  return new LpadError('BAD_SELECTOR', `${option}: ${what}; ${RIGHT_FORM}`);
}
