/** FIZZLED Fireworks grouped by the fingerprints of their errors: read in batches, of which only the groups are kept. */
import { errorOf, failureOf } from '../../domain/failures/failure-of';
import type { FailedLaunch } from '../../domain/failures/failure';
import { fingerprintOf } from '../../domain/failures/fingerprint';
import type { Firework } from '../../domain/model';
import type { FireworkSelection, LaunchPadStore } from '../../storage/launchpad-store';
import { inBatches } from '../in-batches';
import { failedLaunchesById } from '../launches-by-id';
import { countReruns } from './count-reruns';
import { ClusterCounts, type FailureCluster } from './failure-cluster';

export type { Counted, FailureCluster, FailureSample } from './failure-cluster';
export { errorText } from '../../domain/failures/failure';
export { FINGERPRINT_FORMAT } from '../../domain/failures/fingerprint';

const BATCH = 1000;

/** The most frequent first. */
export async function clusterFailures(
  store: LaunchPadStore,
  selection: FireworkSelection = {},
): Promise<readonly FailureCluster[]> {
  const clusters = new Map<string, ClusterCounts>();
  for await (const { firework, launch } of findFailures(store, selection)) {
    const { fingerprint, pattern } = fingerprintOf(errorOf(launch));
    const cluster = clusters.get(fingerprint) ?? new ClusterCounts(fingerprint, pattern);
    clusters.set(fingerprint, cluster);
    cluster.add(firework, launch);
  }
  if (clusters.size > 0) await countReruns(store, clusters);
  return [...clusters.values()]
    .map((cluster) => cluster.toCluster())
    .sort((one, other) => other.count - one.count || (one.fingerprint < other.fingerprint ? -1 : 1));
}

export interface Failure {
  /** With `_queueadapter` as its spec. */
  readonly firework: Firework;
  readonly launch: FailedLaunch | undefined;
}

/** FIZZLED Fireworks of a selection, each with the launch that stands for its failure. */
export async function* findFailures(
  store: LaunchPadStore,
  selection: FireworkSelection,
): AsyncGenerator<Failure> {
  const { where } = selection;
  const fizzled = {
    ...selection,
    where: where ? { $and: [{ state: 'FIZZLED' }, where] } : { state: 'FIZZLED' },
  };
  let next: Promise<readonly Failure[]> = Promise.resolve([]);
  // While one batch is looked at, the launches of the next are read.
  for await (const batch of inBatches(store.findFireworks(fizzled, 'queue'), BATCH)) {
    const [done] = [await next, (next = withFailures(store, batch))];
    // What fails is told when its turn comes.
    next.catch(() => undefined);
    yield* done;
  }
  yield* await next;
}

async function withFailures(
  store: LaunchPadStore,
  fireworks: readonly Firework[],
): Promise<readonly Failure[]> {
  const failed = await failedLaunchesById(
    store,
    fireworks.flatMap(({ launches }) => launches),
  );
  return fireworks.map((firework) => ({ firework, launch: failureOf(firework.launches, failed) }));
}
