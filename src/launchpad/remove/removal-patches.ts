/** What goes with a Firework: its quarantine, its launches, unless others list them, and what belongs to these. */
import type { Firework } from '../../domain/model';
import { removal, type DocumentChange } from '../../domain/patch';
import type { LaunchPadStore } from '../../storage/launchpad-store';
import type { WholeDocument } from '../../storage/whole-documents';

/** Fireworks that are taken away together: those of a workflow, or one that belongs to none. */
export interface Group {
  /** The key of a workflow; undefined for what belongs to none. */
  readonly workflowKey?: string;
  readonly fwIds: readonly number[];
}

export interface Removal {
  readonly group: Group;
  /** In the order of a patch, the workflow last. */
  readonly changes: readonly DocumentChange[];
  readonly fireworks: readonly WholeDocument[];
  readonly launches: readonly WholeDocument[];
}

export interface Removals {
  readonly removals: readonly Removal[];
  /** Launches that only several of these groups list: they can go when all of these are gone. */
  readonly shared: readonly number[];
}

export async function planRemovals(store: LaunchPadStore, groups: readonly Group[]): Promise<Removals> {
  const homes = new Map(groups.flatMap((group) => group.fwIds.map((fwId) => [fwId, group] as const)));
  const owners = await ownersOf(store, homes);
  const elsewhere = await listedElsewhere(store, [...owners.keys()], homes);
  const own = [...owners].filter(([launchId, among]) => among.size === 1 && !elsewhere.has(launchId));
  const shared = [...owners].filter(([launchId, among]) => among.size > 1 && !elsewhere.has(launchId));
  const homeOfLaunch = new Map(own.map(([launchId, [group]]) => [launchId, group]));
  const found = new Map<Group, WholeDocument[]>(groups.map((group) => [group, []]));
  const keys = new Map(groups.map((group) => [group.workflowKey, group]));
  const selection = {
    workflows: groups.flatMap(({ workflowKey }) => workflowKey ?? []),
    fwIds: [...homes.keys()],
    launchIds: [...homeOfLaunch.keys()],
  };
  for await (const one of store.findWholeDocuments(selection)) {
    const group =
      one.collection === 'workflows'
        ? keys.get(String(one.id))
        : one.collection === 'fireworks' || one.collection === 'quarantines'
          ? homes.get(Number(one.id))
          : homeOfLaunch.get(one.launchId ?? 0);
    if (group) found.get(group)?.push(one);
  }
  return {
    removals: [...found].map(([group, documents]) => removalOf(group, documents)),
    shared: shared.map(([launchId]) => launchId),
  };
}

function removalOf(group: Group, documents: readonly WholeDocument[]): Removal {
  const workflow = documents.filter(({ collection }) => collection === 'workflows');
  const members = documents.filter(({ collection }) => collection !== 'workflows');
  return {
    group,
    changes: [...members, ...workflow].map(({ collection, id, document }) =>
      removal(collection, id, document),
    ),
    fireworks: documents.filter(({ collection }) => collection === 'fireworks'),
    launches: documents.filter(({ collection }) => collection === 'launches'),
  };
}

/** Which groups list each launch, active or archived. */
async function ownersOf(
  store: LaunchPadStore,
  homes: ReadonlyMap<number, Group>,
): Promise<ReadonlyMap<number, ReadonlySet<Group>>> {
  const owners = new Map<number, Set<Group>>();
  for await (const { fwId, ...firework } of store.findFireworks({ ids: [...homes.keys()] }, 'summary')) {
    const group = homes.get(fwId);
    for (const launchId of launchesOf(firework)) {
      const known = owners.get(launchId) ?? new Set();
      owners.set(launchId, known);
      if (group) known.add(group);
    }
  }
  return owners;
}

/** Those of these launches that somebody else lists: duplicates share them. */
export async function listedElsewhere(
  store: LaunchPadStore,
  launchIds: readonly number[],
  homes: ReadonlyMap<number, unknown> = new Map(),
): Promise<ReadonlySet<number>> {
  const listed = new Set<number>();
  if (launchIds.length === 0) return listed;
  const wanted = new Set(launchIds);
  const ids = { $in: [...launchIds] };
  const where = { $or: [{ launches: ids }, { archived_launches: ids }] };
  for await (const { fwId, ...firework } of store.findFireworks({ where }, 'summary')) {
    if (homes.has(fwId)) continue;
    for (const launchId of launchesOf(firework)) if (wanted.has(launchId)) listed.add(launchId);
  }
  return listed;
}

function launchesOf({
  launches,
  archivedLaunches,
}: Pick<Firework, 'launches' | 'archivedLaunches'>): readonly number[] {
  return [...launches, ...archivedLaunches];
}
