/** Finds the option that a word of the command line means, by argparse's rules. */
import { LpadError } from '../../errors';
import { distance } from 'fastest-levenshtein';
import { didYouMean, orList } from '../program/suggest';
import type { OptionSpec, OptionSpecs } from './option-spec';

/** Where an option was found decides whose value it is: a short flag may mean one thing to a command, another to all. */
export interface FoundOption {
  readonly owner: 'command' | 'global';
  readonly name: string;
  readonly spec: OptionSpec;
}

export interface Scope {
  /** For messages: `rerun_fws`, or the program before the command. */
  readonly of: string;
  /** Empty before the command. */
  readonly command: OptionSpecs;
  readonly global: OptionSpecs;
}

/** A found option, and the value that hung on it (`--max=5`, `-m5`). */
export interface OptionUse extends FoundOption {
  /** As it was typed, for messages. */
  readonly typed: string;
  readonly attached: string | undefined;
}

/** The options behind one word; several only for a cluster of flags such as `-sy`. */
export function lookUpOption(word: string, scope: Scope): readonly OptionUse[] {
  const equals = word.indexOf('=');
  const typed = equals < 0 ? word : word.slice(0, equals);
  const attached = equals < 0 ? undefined : word.slice(equals + 1);
  if (word.startsWith('--')) return [{ ...findLong(typed, scope), typed, attached }];
  const exact = findShort(typed.slice(1), scope);
  if (exact !== undefined) return [{ ...exact, typed, attached }];
  return clusterOf(word, scope) ?? unknownOption(typed, scope);
}

/** An exact name first, then a beginning that only one option has; the command's options come before the global ones. */
function findLong(typed: string, scope: Scope): FoundOption {
  const wanted = canonical(typed.slice(2));
  const all = allOptions(scope);
  const exact = all.find((option) => canonical(option.name) === wanted);
  if (exact !== undefined) return exact;
  for (const owner of ['command', 'global'] as const) {
    const starting = all.filter(
      (option) => option.owner === owner && canonical(option.name).startsWith(wanted),
    );
    if (starting.length > 1) throw ambiguous(typed, starting, scope);
    if (starting[0] !== undefined) return starting[0];
  }
  return unknownOption(typed, scope);
}

function findShort(letters: string, scope: Scope): FoundOption | undefined {
  return allOptions(scope).find(({ spec }) => spec.short === letters || spec.multiShort === letters);
}

/** `-m5` is a letter and its value, `-sy` two flags, `-sl FILE` a flag and a letter that waits for its value. */
function clusterOf(word: string, scope: Scope): readonly OptionUse[] | undefined {
  if (isSlipOfMultiShort(word, scope)) return undefined;
  const uses: OptionUse[] = [];
  for (let at = 1; at < word.length; at += 1) {
    const letter = word.charAt(at);
    const found = findShort(letter, scope);
    if (found === undefined) return undefined;
    const typed = `-${letter}`;
    const rest = word.slice(at + 1);
    if (found.spec.type !== 'boolean')
      return [...uses, { ...found, typed, attached: rest === '' ? undefined : rest }];
    uses.push({ ...found, typed, attached: undefined });
  }
  return uses;
}

/** `-lib` is meant to be `-lid`, not the launchpad file `ib`. */
function isSlipOfMultiShort(word: string, scope: Scope): boolean {
  return allOptions(scope).some(({ spec }) => {
    const name = spec.multiShort;
    return (
      name !== undefined && Math.abs(word.length - 1 - name.length) <= 1 && distance(word.slice(1), name) <= 1
    );
  });
}

function allOptions(scope: Scope): readonly FoundOption[] {
  const of = (owner: FoundOption['owner'], specs: OptionSpecs): readonly FoundOption[] =>
    Object.entries(specs).map(([name, spec]) => ({ owner, name, spec }));
  return [...of('command', scope.command), ...of('global', scope.global)];
}

function unknownOption(typed: string, scope: Scope): never {
  const spellings = allOptions(scope).flatMap(({ name, spec }) =>
    typed.startsWith('--') ? [`--${name}`] : spec.multiShort === undefined ? [] : [`-${spec.multiShort}`],
  );
  throw new LpadError('USAGE', `unknown option ${typed} for ${scope.of}${didYouMean(typed, spellings)}`);
}

function ambiguous(typed: string, candidates: readonly FoundOption[], scope: Scope): LpadError {
  const names = orList(candidates.map(({ name }) => `--${name}`));
  return new LpadError('USAGE', `${typed} could be ${names} of ${scope.of}; write more of it`);
}

function canonical(name: string): string {
  return name.replaceAll('_', '-');
}

/** `-i/--fw_id`, as messages name an option. */
export function nameOption(name: string, spec: OptionSpec): string {
  const short = spec.short ?? spec.multiShort;
  return short === undefined ? `--${name}` : `-${short}/--${name}`;
}
