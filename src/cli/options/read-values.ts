/**
 * Reads normalised words (`--name=value`) into typed values, by camelCase name. Not with yargs: it strips the quotes of
 * `--query='"a"'` whatever its settings, and argv.ts has left nothing to guess.
 */
import {
  camelCase,
  type OptionSpec,
  type OptionSpecs,
  type PositionalSpec,
  type PositionalSpecs,
} from './option-spec';

export function readValues(
  words: readonly string[],
  specs: OptionSpecs | PositionalSpecs,
): Readonly<Record<string, unknown>> {
  const given = new Map<string, string[]>();
  for (const word of words) {
    const [, name = '', value = ''] = /^--([^=]+)=?(.*)$/s.exec(word) ?? [];
    given.set(name, [...(given.get(name) ?? []), value]);
  }
  const entries: readonly (readonly [string, OptionSpec | PositionalSpec])[] = Object.entries(specs);
  return Object.fromEntries(entries.map(([name, spec]) => [camelCase(name), valueOf(given.get(name), spec)]));
}

/** The last one counts when a scalar is repeated, as in argparse. */
function valueOf(given: readonly string[] | undefined, spec: OptionSpec | PositionalSpec): unknown {
  if (spec.type === 'boolean') return given !== undefined;
  if (spec.type === 'array') return given ?? [];
  const last = given?.at(-1);
  if (last === undefined) return 'default' in spec ? spec.default : undefined;
  return spec.type === 'number' ? Number(last) : last;
}
