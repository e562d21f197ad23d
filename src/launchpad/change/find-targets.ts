/** From a selection to the Fireworks that a change is about, before it and again under the lock. */
import type { FireworkSelection, LaunchPadStore, Membership } from '../../storage/launchpad-store';
import type { StillSelected } from './change-in-batches';

/** What a selection asks of Fireworks, which may not hold any more when they are locked. */
export type Conditions = Pick<FireworkSelection, 'where' | 'activeLaunch' | 'failedWith'>;

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

/** Of these, those that are in no workflow. */
export function orphansOf(ids: readonly number[], memberships: readonly Membership[]): readonly number[] {
  const members = new Set(memberships.flatMap((membership) => membership.members));
  return ids.filter((id) => !members.has(id));
}

/**
 * Ids alone say what is meant whatever happens; what was selected by a state or a query must still match. `asked` are those
 * that were selected: others came along, and stay.
 */
export async function recheckFireworks(
  store: LaunchPadStore,
  { where, activeLaunch, failedWith }: Conditions,
  asked: ReadonlySet<number>,
  memberships: readonly Membership[],
): Promise<StillSelected> {
  if (!where && !activeLaunch && !failedWith) return { wanted: memberships, gone: [] };
  const members = memberships.flatMap((membership) => membership.members);
  const selection = {
    ...(where ? { where } : {}),
    ...(activeLaunch ? { activeLaunch } : {}),
    ...(failedWith ? { failedWith } : {}),
  };
  const matching = new Set(await store.findFireworkIds({ ...selection, ids: members }));
  const isWanted = (id: number): boolean => matching.has(id) || !asked.has(id);
  const gone = members.filter((id) => !isWanted(id));
  if (gone.length === 0) return { wanted: memberships, gone };
  const wanted = memberships
    .map((membership) => ({ ...membership, members: membership.members.filter(isWanted) }))
    .filter((membership) => membership.members.length > 0);
  return { wanted, gone };
}
