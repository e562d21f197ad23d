import { distance } from 'fastest-levenshtein';

/** The known name that somebody probably meant: at most two letters off (one, in a short word) or two letters swapped. */
export function nearName(name: string, known: Iterable<string>): string | undefined {
  let best: string | undefined;
  let bestDistance = name.length > 4 ? 3 : 2;
  for (const candidate of known) {
    const swapped = lettersOf(name) === lettersOf(candidate);
    const letters = swapped ? 1 : distance(name.toLowerCase(), candidate.toLowerCase());
    if (letters >= bestDistance) continue;
    best = candidate;
    bestDistance = letters;
  }
  return best;
}

function lettersOf(name: string): string {
  return Array.from(name.toLowerCase()).sort().join('');
}
