/** `-n NAME --latest`: of all Fireworks of a name the marked one, or else the one that was launched last. */
import { isMarked, MARKS } from '../../domain/restart/marks';
import type { Firework } from '../../domain/model';
import type { FireworkSelection, LaunchPadStore } from '../../storage/launchpad-store';

/** The selection narrowed to one Firework for each name. */
export async function onlyLatest(
  store: LaunchPadStore,
  selection: FireworkSelection,
  latest: boolean,
): Promise<FireworkSelection> {
  if (!latest) return selection;
  const byName = new Map<string, Firework[]>();
  for await (const firework of store.findFireworks(selection, 'summary')) {
    // What was put away for good is nobody's latest.
    if (firework.state === 'ARCHIVED') continue;
    const known = byName.get(firework.name);
    if (known) known.push(firework);
    else byName.set(firework.name, [firework]);
  }
  const several = [...byName.values()].filter(({ length }) => length > 1).flat();
  const marked = await findMarked(
    store,
    several.map(({ fwId }) => fwId),
  );
  const ids = [...byName.values()].map((same) => {
    const chosen = same.filter(({ fwId }) => marked.has(fwId));
    return (chosen.length > 0 ? chosen : same).reduce(later).fwId;
  });
  return { ...selection, ids };
}

/** By the ids of launches, which ascend; what was never launched comes before, and is told apart by its own id. */
function later(one: Firework, other: Firework): Firework {
  const [first, second] = [lastLaunch(one), lastLaunch(other)];
  if (first !== second) return first > second ? one : other;
  return one.fwId > other.fwId ? one : other;
}

function lastLaunch({ launches, archivedLaunches }: Firework): number {
  return [...launches, ...archivedLaunches].reduce((last, id) => Math.max(last, id), 0);
}

async function findMarked(store: LaunchPadStore, fwIds: readonly number[]): Promise<ReadonlySet<number>> {
  const marked = new Set<number>();
  if (fwIds.length === 0) return marked;
  const where = { [`metadata.${MARKS}`]: { $exists: true } };
  for await (const workflow of store.findWorkflows({ members: fwIds, where })) {
    for (const node of workflow.nodes) if (isMarked(workflow, node)) marked.add(node);
  }
  return marked;
}
