/** Checks what was typed against what the options allow, and spells it as they do. */
import { LpadError } from '../../errors';
import { didYouMean, orList } from '../program/suggest';
import { nameOption } from './option-lookup';
import type { OptionSpec, OptionSpecs, PositionalSpec } from './option-spec';
import type { TakenOption } from './take-option';

/** The values as the specification spells them; throws on what is no number or no choice. */
export function checkedWords(
  label: string,
  spec: OptionSpec | PositionalSpec,
  words: readonly string[],
): readonly string[] {
  return words.map((word) => {
    if (spec.type === 'number') return checkedNumber(label, word);
    return spec.choices === undefined ? word : checkedChoice(label, word, spec.choices);
  });
}

function checkedNumber(label: string, word: string): string {
  const text = word.trim();
  if (/^[+-]?\d+$/.test(text) && Number.isSafeInteger(Number(text))) return String(Number(text));
  throw new LpadError('USAGE', `${label} needs a whole number, not "${word}"`);
}

function checkedChoice(label: string, word: string, choices: readonly string[]): string {
  const choice = choices.find((one) => one.toLowerCase() === word.trim().toLowerCase());
  if (choice !== undefined) return choice;
  throw new LpadError(
    'USAGE',
    `${label} cannot be "${word}": it is ${orList(choices)}${didYouMean(word, choices)}`,
  );
}

/** Throws on options that exclude each other, and on options that mean nothing without another. */
export function checkTogether(taken: readonly TakenOption[], specs: OptionSpecs): void {
  const given = new Set(taken.map(({ name }) => name));
  const label = (name: string): string => nameOption(name, specs[name] ?? { type: 'boolean', describe: '' });
  for (const { name, spec } of taken) {
    const rival = spec.conflicts?.find((other) => given.has(other));
    if (rival !== undefined)
      throw new LpadError('USAGE', `${label(name)} and ${label(rival)} exclude each other; give one of them`);
    const needed = spec.needs?.find((other) => !given.has(other));
    if (needed !== undefined) throw new LpadError('USAGE', `${label(name)} needs ${label(needed)} beside it`);
  }
}
