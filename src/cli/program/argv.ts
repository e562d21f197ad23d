/**
 * Turns a command line as people type it into one that leaves nothing to interpretation: every option by its long name
 * and with `=`, every positional as an option too. The rules are argparse's, as far as FireWorks' commands show them.
 */
import { LpadError } from '../../errors';
import type { Command, Program } from './define-command';
import type { FoundCommand } from './find-command';
import { checkedWords, checkTogether } from '../options/check-options';
import { nameOption, type Scope } from '../options/option-lookup';
import type { PositionalSpec } from '../options/option-spec';
import { looksLikeOption, takeOption, type TakenOption } from '../options/take-option';

export interface NormalArgv {
  readonly command: Command | undefined;
  /** `--output=json`, `--debug`. */
  readonly globals: readonly string[];
  /** The command's options and positionals, in the same form. */
  readonly args: readonly string[];
}

/** `command` is the one that was found, with its definition. */
export function normalizeArgv(
  argv: readonly string[],
  program: Program,
  { options: before, next }: Pick<FoundCommand, 'options' | 'next'>,
  command: Command | undefined,
): NormalArgv {
  if (command === undefined) return { command, globals: canonical(before), args: [] };
  const scope: Scope = { of: command.name, command: command.options ?? {}, global: program.globals };
  const scanned = scan(argv.slice(next), scope);
  const { taken, loose } = giveBack(scanned, requiredCount(command));
  const own = taken.filter(({ owner }) => owner === 'command');
  const global = taken.filter(({ owner }) => owner === 'global');
  const positionals = placePositionals(command, loose, program);
  checkTogether(own, scope.command);
  return { command, globals: canonical([...before, ...global]), args: [...canonical(own), ...positionals] };
}

interface Scanned {
  readonly taken: readonly TakenOption[];
  /** Words that belong to no option. */
  readonly loose: readonly string[];
}

function scan(words: readonly string[], scope: Scope): Scanned {
  const taken: TakenOption[] = [];
  const loose: string[] = [];
  let at = 0;
  for (let word = words[at]; word !== undefined; word = words[at]) {
    if (word === '--') return { taken, loose: [...loose, ...words.slice(at + 1)] };
    if (looksLikeOption(word)) {
      const { options, next } = takeOption(words, at, scope);
      taken.push(...options);
      at = next;
    } else {
      loose.push(word);
      at += 1;
    }
  }
  return { taken, loose };
}

/** `set_priority -i 3 10`: FireWorks' -i takes one word, so the last word that an array took is the missing positional. */
function giveBack({ taken, loose }: Scanned, required: number): Scanned {
  const missing = required - loose.length;
  const index = taken.findLastIndex(({ words }) => words.length > 1);
  const greedy = taken[index];
  if (missing <= 0 || greedy === undefined || greedy.words.length <= missing) return { taken, loose };
  const kept = { ...greedy, words: greedy.words.slice(0, -missing) };
  return { taken: taken.with(index, kept), loose: [...loose, ...greedy.words.slice(-missing)] };
}

function requiredCount({ positionals = {} }: Command): number {
  return Object.values(positionals).filter(({ required }) => required).length;
}

function placePositionals(command: Command, loose: readonly string[], program: Program): readonly string[] {
  let rest = loose;
  const placed = Object.entries(command.positionals ?? {}).flatMap(([name, spec]) => {
    const words = spec.type === 'array' ? rest : rest.slice(0, 1);
    rest = rest.slice(words.length);
    if (words.length === 0 && spec.required) throw missingPositional(command, name, spec, program);
    return checkedWords(labelOf(name, spec), spec, words).map((word) => `--${name}=${word}`);
  });
  if (rest[0] !== undefined) throw looseWord(command, rest[0], program);
  return placed;
}

function labelOf(name: string, { placeholder }: PositionalSpec): string {
  return placeholder ?? name.toUpperCase();
}

function missingPositional(
  command: Command,
  name: string,
  spec: PositionalSpec,
  program: Program,
): LpadError {
  return new LpadError('USAGE', `${command.name} needs ${labelOf(name, spec)}: ${spec.describe}`, {
    hint: command.examples[0]?.command ?? `${program.name} ${command.name} --help`,
  });
}

function looseWord(command: Command, word: string, program: Program): LpadError {
  const takesIds = command.options?.['fw_id'] !== undefined && /^\d/.test(word);
  const hint = `${program.name} ${command.name} ${takesIds ? `-i ${word}` : '--help'}`;
  return new LpadError('USAGE', `${command.name} has no place for "${word}"`, { hint });
}

function canonical(taken: readonly TakenOption[]): readonly string[] {
  return taken.flatMap(({ name, spec, words }) =>
    spec.type === 'boolean'
      ? [`--${name}`]
      : checkedWords(nameOption(name, spec), spec, words).map((word) => `--${name}=${word}`),
  );
}
