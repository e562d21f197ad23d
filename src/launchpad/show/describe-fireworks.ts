/** Fireworks with their launches, for showing: a few round trips whatever the number of hits. */
import type { Firework, Launch } from '../../domain/model';
import type { FireworkSelection, LaunchPadStore } from '../../storage/launchpad-store';

export interface DescribedFirework {
  readonly firework: Firework;
  readonly launches: readonly Launch[];
  readonly archivedLaunches: readonly Launch[];
}

const BATCH = 1000;

/** With `spec`, whole Fireworks and the archived launches too; else the active launches only. */
export async function* describeFireworks(
  store: LaunchPadStore,
  selection: FireworkSelection,
  detail: 'spec' | 'launches',
): AsyncIterable<DescribedFirework> {
  let batch: Firework[] = [];
  for await (const firework of store.findFireworks(selection, detail === 'spec' ? 'all' : 'summary')) {
    batch.push(firework);
    if (batch.length < BATCH) continue;
    yield* withLaunches(store, batch, detail);
    batch = [];
  }
  yield* withLaunches(store, batch, detail);
}

async function* withLaunches(
  store: LaunchPadStore,
  fireworks: readonly Firework[],
  detail: 'spec' | 'launches',
): AsyncIterable<DescribedFirework> {
  const archivedOf = (firework: Firework): readonly number[] =>
    detail === 'spec' ? firework.archivedLaunches : [];
  const ids = fireworks.flatMap((firework) => [...firework.launches, ...archivedOf(firework)]);
  const launches = new Map<number, Launch>();
  if (ids.length > 0) {
    for await (const launch of store.findLaunches(ids, 'all')) launches.set(launch.launchId, launch);
  }
  for (const firework of fireworks) {
    yield {
      firework,
      launches: firework.launches.flatMap((id) => launches.get(id) ?? []),
      archivedLaunches: archivedOf(firework).flatMap((id) => launches.get(id) ?? []),
    };
  }
}
