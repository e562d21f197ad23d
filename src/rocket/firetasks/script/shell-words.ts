/** Splits a command line into words as a POSIX shell does, without expanding anything. */

const BLANK = /\s/;
/** What a backslash escapes inside double quotes. */
const ESCAPED_IN_QUOTES = '"\\$`';

/** Throws for a quote or a backslash that nothing follows. */
export function splitShellWords(line: string): readonly string[] {
  const words: string[] = [];
  let word: string | undefined;
  let quote: '"' | "'" | undefined;
  for (let at = 0; at < line.length; at += 1) {
    const char = line.charAt(at);
    const next = line.charAt(at + 1);
    if (quote !== undefined) {
      if (char === quote) quote = undefined;
      else if (quote === '"' && char === '\\' && next !== '' && ESCAPED_IN_QUOTES.includes(next)) {
        word = `${word ?? ''}${next}`;
        at += 1;
      } else word = `${word ?? ''}${char}`;
    } else if (char === '"' || char === "'") {
      quote = char;
      // Quotes make a word, also an empty one.
      word ??= '';
    } else if (char === '\\') {
      if (next === '') throw new Error('the command ends with a backslash');
      word = `${word ?? ''}${next}`;
      at += 1;
    } else if (BLANK.test(char)) {
      if (word !== undefined) words.push(word);
      word = undefined;
    } else word = `${word ?? ''}${char}`;
  }
  if (quote !== undefined) throw new Error(`the command has no closing ${quote}`);
  if (word !== undefined) words.push(word);
  return words;
}
