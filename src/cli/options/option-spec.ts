/**
 * What an option and a positional are, as data, and the types of the values that they yield. Keys are FireWorks' long
 * names (`fw_id`, `task-level`); handlers read the values in camelCase (`args.fwId`, `args.taskLevel`).
 */

interface Described {
  readonly describe: string;
  /** What stands for the value in help: `IDS`, `FILE`. */
  readonly placeholder?: string;
  /** Values are compared without regard to case, and arrive as they are spelled here. */
  readonly choices?: readonly string[];
}

export interface OptionSpec extends Described {
  /** `array` takes every word up to the next option, and may be repeated. */
  readonly type: 'string' | 'number' | 'boolean' | 'array';
  /** For arrays: one word per use (`-n a -n b`), because the words may be names with dashes or blanks. */
  readonly perUse?: 'one word';
  /** One letter. */
  readonly short?: string;
  /** Several letters behind a single dash, as argparse allows: `lm`, `lid`. */
  readonly multiShort?: string;
  readonly default?: string | number;
  /** Heading in help; without it "Options". */
  readonly group?: string;
  /** Names of options that cannot stand beside this one. */
  readonly conflicts?: readonly string[];
  /** Taken, and told that it has no effect: an option of a kindred command. Help does not show it. */
  readonly ignored?: true;
  /** Names of options without which this one has no meaning. */
  readonly needs?: readonly string[];
}

export interface PositionalSpec extends Described {
  /** An `array` takes all the words that are left, so it comes last. */
  readonly type: 'string' | 'number' | 'array';
  readonly required?: true;
}

export type OptionSpecs = Readonly<Record<string, OptionSpec>>;
export type PositionalSpecs = Readonly<Record<string, PositionalSpec>>;

/** No keys at all, where `Record<string, never>` would have every key. */
// eslint-disable-next-line @typescript-eslint/no-generated-empty-object-type
export type NoSpecs = Readonly<Record<never, never>>;

/** `task-level` → `taskLevel`, `fw_id` → `fwId`. */
export type CamelCase<Name extends string> = Name extends `${infer Head}-${infer Tail}`
  ? `${CamelCase<Head>}${Capitalize<CamelCase<Tail>>}`
  : Name extends `${infer Head}_${infer Tail}`
    ? `${Head}${Capitalize<CamelCase<Tail>>}`
    : Name;

type Word<Spec> = Spec extends { readonly choices: readonly (infer Choice)[] } ? Choice : string;
type Missing<Spec> = Spec extends { readonly default: unknown } | { readonly required: true }
  ? never
  : undefined;

type ValueOf<Spec> = Spec extends { readonly type: 'boolean' }
  ? boolean
  : Spec extends { readonly type: 'array' }
    ? readonly Word<Spec>[]
    : Spec extends { readonly type: 'number' }
      ? number | Missing<Spec>
      : Word<Spec> | Missing<Spec>;

/** The values of options and positionals: booleans default to false, arrays to [], others to `default` or undefined. */
export type ArgsOf<Specs> = {
  readonly [Name in keyof Specs as Name extends string ? CamelCase<Name> : never]: ValueOf<Specs[Name]>;
};

export function camelCase(name: string): string {
  return name.replace(/[-_]([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
}
