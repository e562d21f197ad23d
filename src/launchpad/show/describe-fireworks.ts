/** Fireworks with their launches, for showing: a few round trips whatever the number of hits. */
import type { Firework, Launch } from '../../domain/model';
import type { FireworkSelection, LaunchPadStore } from '../../storage/launchpad-store';
import { inBatches } from '../in-batches';
import { launchesById } from '../launches-by-id';

export interface DescribedFirework {
  readonly firework: Firework;
  readonly launches: readonly Launch[];
  readonly archivedLaunches: readonly Launch[];
}

const BATCH = 1000;

/** The active launches; also the archived ones; with them, whole Fireworks. */
export type FireworkDetail = 'launches' | 'all launches' | 'spec';

export async function* describeFireworks(
  store: LaunchPadStore,
  selection: FireworkSelection,
  detail: FireworkDetail,
): AsyncIterable<DescribedFirework> {
  const found = store.findFireworks(selection, detail === 'spec' ? 'all' : 'summary');
  for await (const batch of inBatches(found, BATCH)) yield* withLaunches(store, batch, detail);
}

async function* withLaunches(
  store: LaunchPadStore,
  fireworks: readonly Firework[],
  detail: FireworkDetail,
): AsyncIterable<DescribedFirework> {
  const archivedOf = (firework: Firework): readonly number[] =>
    detail === 'launches' ? [] : firework.archivedLaunches;
  const ids = fireworks.flatMap((firework) => [...firework.launches, ...archivedOf(firework)]);
  const launches = await launchesById(store, ids, 'all');
  for (const firework of fireworks) {
    yield {
      firework,
      launches: firework.launches.flatMap((id) => launches.get(id) ?? []),
      archivedLaunches: archivedOf(firework).flatMap((id) => launches.get(id) ?? []),
    };
  }
}
