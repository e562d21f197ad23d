/** Which scenarios of the differential test are played, and what their outcome means. */

/** The names in agreeing.txt: one a line, `#` starts a comment. */
export function readAgreeing(text: string): readonly string[] {
  return text
    .split('\n')
    .map((line) => line.replace(/#.*/, '').trim())
    .filter((line) => line !== '');
}

/** A pattern that matches these names and no other. */
export function onlyPattern(names: readonly string[]): string {
  return `^(${names.map((name) => name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('|')})$`;
}

/** The scenarios that `run.py --list` prints: `same   set/file/name` or `better set/file/name`. */
export function readList(printed: string): readonly string[] {
  return printed
    .split('\n')
    .map((line) => /^(?:same|better)\s+(\S+)$/.exec(line)?.[1])
    .filter((name) => name !== undefined);
}

export interface Outcome {
  readonly agreed: readonly string[];
  readonly failed: readonly string[];
}

/** What `run.py -v` prints of each scenario: `ok   name` or `FAIL name: why`. A scenario without a line failed. */
export function readOutcome(printed: string, played: readonly string[]): Outcome {
  const ok = new Set([...printed.matchAll(/^ok\s+(\S+)$/gm)].map((match) => match[1]));
  return {
    agreed: played.filter((name) => ok.has(name)),
    failed: played.filter((name) => !ok.has(name)),
  };
}

/** Agreeing scenarios that nobody listed yet, and listed ones that do not exist. */
export function compareWithList(
  listed: readonly string[],
  existing: readonly string[],
  agreed: readonly string[],
): { readonly unlisted: readonly string[]; readonly unknown: readonly string[] } {
  return {
    unlisted: agreed.filter((name) => !listed.includes(name)),
    unknown: listed.filter((name) => !existing.includes(name)),
  };
}
