/** Takes an option and its values off the command line. */
import { LpadError } from '../../errors';
import { lookUpOption, nameOption, type FoundOption, type OptionUse, type Scope } from './option-lookup';

/** An option with the words that are its value: none for a flag. */
export interface TakenOption extends FoundOption {
  readonly words: readonly string[];
}

export interface Taken {
  readonly options: readonly TakenOption[];
  /** Where the next word is. */
  readonly next: number;
}

/** A dash alone is a value (stdin), and so are negative numbers and texts with blanks. */
export function looksLikeOption(word: string): boolean {
  return /^-[^\s=]/.test(word) && !/^-\d+(\.\d+)?$/.test(word) && !/\s/.test(word.split('=', 1)[0] ?? '');
}

export function takeOption(words: readonly string[], at: number, scope: Scope): Taken {
  const uses = lookUpOption(words[at] ?? '', scope);
  let next = at + 1;
  const options = uses.map((use) => {
    const values = valuesOf(use, words, next, scope);
    if (use.attached === undefined) next += values.length;
    return { owner: use.owner, name: use.name, spec: use.spec, words: values };
  });
  return { options, next };
}

function valuesOf(use: OptionUse, words: readonly string[], at: number, scope: Scope): readonly string[] {
  const { spec, attached } = use;
  if (spec.type === 'boolean') {
    if (attached !== undefined)
      throw new LpadError('USAGE', `${nameOption(use.name, spec)} takes no value, but got "${attached}"`);
    return [];
  }
  if (attached !== undefined) return [attached];
  const following = words.slice(at, endOfValues(words, at));
  if (following.length === 0) throw missingValue(use, words[at], scope);
  return spec.type === 'array' && spec.perUse === undefined ? following : following.slice(0, 1);
}

function endOfValues(words: readonly string[], at: number): number {
  const end = words.findIndex((word, index) => index >= at && (word === '--' || looksLikeOption(word)));
  return end < 0 ? words.length : end;
}

function missingValue({ name, spec }: OptionUse, next: string | undefined, scope: Scope): LpadError {
  const wanted = spec.placeholder === undefined ? '' : `, as in --${name} ${spec.placeholder}`;
  const hint =
    next === undefined || next === '--' || isKnown(next, scope) ? {} : { hint: `--${name}=${next}` };
  return new LpadError('USAGE', `${nameOption(name, spec)} needs a value${wanted}`, hint);
}

/** Only a word that is no option can have been meant as a value. */
function isKnown(word: string, scope: Scope): boolean {
  try {
    return lookUpOption(word, scope).length > 0;
  } catch {
    return false;
  }
}
