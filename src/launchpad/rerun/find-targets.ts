/** From a selection to the targets of a change, grouped into batches of whole workflows. */
import type { FireworkSelection, LaunchPadStore, Membership } from '../../storage/launchpad-store';

export interface Targets {
  /** Selected, ascending. */
  readonly ids: readonly number[];
  /** Asked for by id, and not in the database. */
  readonly unknown: readonly number[];
}

export async function findTargets(store: LaunchPadStore, selection: FireworkSelection): Promise<Targets> {
  const ids = await store.findFireworkIds(selection);
  if (!selection.ids) return { ids, unknown: [] };
  const found = new Set(ids);
  const missing = [...new Set(selection.ids)].filter((id) => !found.has(id));
  if (missing.length === 0) return { ids, unknown: [] };
  // Those that exist were left out by another selector, which is no failure.
  const existing = new Set(await store.findFireworkIds({ ids: missing }));
  return { ids, unknown: missing.filter((id) => !existing.has(id)) };
}

/** Fireworks that share an active launch with one of these that have a duplicate finder, each with that one. */
export async function findDuplicates(
  store: LaunchPadStore,
  ids: readonly number[],
): Promise<ReadonlyMap<number, number>> {
  const launches = new Map<number, number>();
  const where = { 'spec._dupefinder': { $exists: true } };
  for await (const firework of store.findFireworks({ ids, where }, 'summary')) {
    for (const launchId of firework.launches) launches.set(launchId, firework.fwId);
  }
  const duplicates = new Map<number, number>();
  if (launches.size === 0) return duplicates;
  const targets = new Set(ids);
  for (const [launchId, sharers] of await store.findFireworksOfLaunches([...launches.keys()])) {
    const original = launches.get(launchId);
    for (const fwId of sharers) {
      if (original !== undefined && !targets.has(fwId)) duplicates.set(fwId, original);
    }
  }
  return duplicates;
}

/** So many workflows, or Fireworks in them, are locked, read and written together. */
const MOST_WORKFLOWS = 2000;
const MOST_FIREWORKS = 20_000;

/** Whole workflows, so that a target and its descendants are planned together. */
export function batchesOf(memberships: readonly Membership[]): readonly (readonly Membership[])[] {
  const batches: Membership[][] = [];
  let fireworks = 0;
  for (const membership of memberships) {
    const current = batches.at(-1);
    const full = !current || current.length >= MOST_WORKFLOWS || fireworks + membership.size > MOST_FIREWORKS;
    if (full) {
      batches.push([membership]);
      fireworks = membership.size;
    } else {
      current.push(membership);
      fireworks += membership.size;
    }
  }
  return batches;
}
