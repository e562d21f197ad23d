/** How often a rerun of an error has succeeded: launches that failed with it and were archived, and what came after them. */
import type { FailedLaunch } from '../../domain/failures/failure';
import { fingerprintOf } from '../../domain/failures/fingerprint';
import { nextLaunchId } from '../../domain/launch';
import type { Firework } from '../../domain/model';
import type { LaunchState } from '../../domain/state';
import type { LaunchPadStore } from '../../storage/launchpad-store';
import { launchesById } from '../launches-by-id';
import type { ClusterCounts } from './failure-cluster';

const BATCH = 1000;

/** A rerun is the next attempt of the same Firework, once it has COMPLETED or FIZZLED. */
export async function countReruns(
  store: LaunchPadStore,
  clusters: ReadonlyMap<string, ClusterCounts>,
): Promise<void> {
  const request = { collection: 'launches', where: { state: 'FIZZLED' }, fields: ['launch_id'] } as const;
  let ids: number[] = [];
  for await (const doc of store.readFields(request)) {
    ids.push(Number(doc['launch_id']));
    if (ids.length < BATCH) continue;
    await countBatch(store, clusters, ids);
    ids = [];
  }
  await countBatch(store, clusters, ids);
}

async function countBatch(
  store: LaunchPadStore,
  clusters: ReadonlyMap<string, ClusterCounts>,
  ids: readonly number[],
): Promise<void> {
  if (ids.length === 0) return;
  const active = await store.findFireworksOfLaunches(ids);
  const archived = ids.filter((id) => !active.has(id));
  if (archived.length === 0) return;
  const failed: { readonly launch: FailedLaunch; readonly cluster: ClusterCounts }[] = [];
  for await (const launch of store.findFailedLaunches(archived)) {
    const cluster = clusters.get(fingerprintOf(launch.error).fingerprint);
    if (!cluster) continue;
    cluster.meet(launch.timeEnd);
    failed.push({ launch, cluster });
  }
  const ends = await nextEnds(
    store,
    failed.map(({ launch }) => launch),
  );
  for (const { launch, cluster } of failed) {
    const end = ends.get(launch.launchId);
    if (end === 'COMPLETED' || end === 'FIZZLED') cluster.addRerun(end === 'COMPLETED');
  }
}

/** By launch, the state of the next one of its Firework. */
async function nextEnds(
  store: LaunchPadStore,
  launches: readonly FailedLaunch[],
): Promise<ReadonlyMap<number, LaunchState>> {
  const fireworks = new Map<number, Firework>();
  const ids = [...new Set(launches.map(({ fwId }) => fwId))];
  if (ids.length > 0) {
    for await (const one of store.findFireworks({ ids }, 'summary')) fireworks.set(one.fwId, one);
  }
  const next = new Map<number, number>();
  for (const { launchId, fwId } of launches) {
    const later = nextLaunchId(launchId, fireworks.get(fwId));
    if (later !== undefined) next.set(launchId, later);
  }
  const found = await launchesById(store, [...next.values()], 'brief');
  const ends = [...next].flatMap(([launchId, id]) => {
    const state = found.get(id)?.state;
    return state === undefined ? [] : [[launchId, state] as const];
  });
  return new Map(ends);
}
