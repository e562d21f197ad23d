/** Duplicate finders (semantics.md, section 7): which Fireworks have computed already what one is about to compute. */
import type { Value, ValueObject } from '../../domain/model';
import type { Query } from '../../storage/launchpad-store';

export interface DupeFinder {
  /** `_fw_name` in `_dupefinder`. */
  readonly name: string;
  /** Other names that stand in old specs. */
  readonly aliases?: readonly string[];
  /**
   * Of all Fireworks, those that may be duplicates of one with this spec; stored names, as in `lpad get_fws -q`. `typed` is
   * the spec with numbers as they are stored (see Value).
   */
  readonly query: (spec: ValueObject, typed: ValueObject) => Query;
  /** Whether one of them is; without it all are. The first spec is that of the Firework which is about to run. */
  readonly verify?: (spec: ValueObject, other: ValueObject) => boolean | Promise<boolean>;
}

export function defineDupeFinder(finder: DupeFinder): DupeFinder {
  return finder;
}

/** Launched, and with the same spec: MongoDB's equality counts the order of keys, and so does FireWorks with it. */
export const dupeFinderExact = defineDupeFinder({
  name: 'DupeFinderExact',
  aliases: ['Dupe Finder Exact'],
  query: (_, typed) => ({ $and: [{ launches: { $ne: [] } }, { spec: typed }] }),
});

export function dupeFinderNames(finders: readonly DupeFinder[]): readonly string[] {
  return finders.flatMap(({ name, aliases = [] }) => [name, ...aliases]);
}

export function findDupeFinder(finders: readonly DupeFinder[], name: Value): DupeFinder | undefined {
  return finders.find((one) => one.name === name || one.aliases?.some((alias) => alias === name) === true);
}
