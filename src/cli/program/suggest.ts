/** What somebody may have meant who typed something unknown. */
import { distance } from 'fastest-levenshtein';

/** The candidate nearest to the word, if it is near enough to be a slip of the fingers. */
export function suggest(word: string, candidates: readonly string[]): string | undefined {
  const typed = canonical(word);
  let nearest: string | undefined;
  // About one slip in three letters: further away, a suggestion is a guess that misleads.
  let least = Math.max(1, Math.floor(typed.length / 3)) + 1;
  for (const candidate of candidates) {
    const slips = distance(typed, canonical(candidate));
    if (slips < least) [nearest, least] = [candidate, slips];
  }
  return nearest;
}

/** `; did you mean X?`, or nothing. */
export function didYouMean(word: string, candidates: readonly string[]): string {
  const nearest = suggest(word, candidates);
  return nearest === undefined ? '' : `; did you mean ${nearest}?`;
}

/** `a, b or c`. */
export function orList(words: readonly string[]): string {
  const last = words.at(-1) ?? '';
  return words.length < 2 ? last : `${words.slice(0, -1).join(', ')} or ${last}`;
}

function canonical(word: string): string {
  return word.toLowerCase().replaceAll('_', '-');
}
