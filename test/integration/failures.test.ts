/** `lpad failures`: what is FIZZLED, grouped, and what a rerun of it has come to before. */
import { clusterFailures, type FailureCluster } from '../../src/launchpad/failures/cluster-failures';
import { findTargets, recheckFireworks } from '../../src/launchpad/change/find-targets';
import type { Firework, Launch } from '../../src/domain/model';
import { createLinks } from '../../src/domain/workflow-graph';
import { createEmbeddedStore } from '../../src/storage/embedded/embedded-store';
import type { LaunchPadStore } from '../../src/storage/launchpad-store';
import { createMongoStore } from '../../src/storage/mongo/mongo-store';
import { describeWithMongo, freshDatabase } from '../support/mongod';
import { createTemporaryFolder } from '../support/temporary-folder';
import { launch, LONG_AGO, LONG_AGO_DATE } from '../support/workflow-builder';

function firework(fwId: number, changes: Partial<Firework>): Firework {
  const dates = { createdOn: LONG_AGO, updatedOn: LONG_AGO };
  const lists = { launches: [], archivedLaunches: [] };
  return { fwId, name: 'relax', state: 'FIZZLED', spec: { _tasks: [] }, ...dates, ...lists, ...changes };
}

function failed(launchId: number, fwId: number, error: string, changes: Partial<Launch> = {}): Launch {
  const action = {
    stored_data: { _exception: { _stacktrace: `Traceback (most recent call last):\n  x\n${error}\n` } },
  };
  return launch(launchId, { fwId, action, runtimeSecs: 3600, timeEnd: at(launchId), ...changes });
}

function at(day: number): string {
  return `2026-01-${String(day).padStart(2, '0')}T00:00:00.000001+00:00`;
}

async function fill(store: LaunchPadStore): Promise<void> {
  const fireworks = [
    // Failed twice with the same error, and COMPLETED then; once with another in between.
    firework(1, { state: 'COMPLETED', launches: [4], archivedLaunches: [3, 1, 2] }),
    firework(2, {
      name: 'static',
      launches: [6],
      archivedLaunches: [5],
      spec: { _queueadapter: { ntasks: 8 } },
    }),
    firework(3, { launches: [7] }),
    firework(4, { launches: [8] }),
    firework(5, { launches: [9] }),
    firework(6, { state: 'RUNNING', launches: [11], archivedLaunches: [10] }),
  ];
  const links = createLinks(
    fireworks.map(({ fwId }) => fwId),
    [],
  );
  const dates = { createdOn: LONG_AGO_DATE, updatedOn: LONG_AGO_DATE };
  await store.addWorkflows([{ name: 'w', metadata: {}, links, fireworks, state: 'FIZZLED', ...dates }]);
  const launches = [
    failed(1, 1, 'MemoryError: 1 GB'),
    failed(2, 1, 'MemoryError: 2 GB'),
    failed(3, 1, 'KeyError: 3'),
    launch(4, { fwId: 1, state: 'COMPLETED' }),
    failed(5, 2, 'MemoryError: 5 GB'),
    failed(6, 2, 'MemoryError: 6 GB', { host: 'node-2' }),
    failed(7, 3, 'MemoryError: 7 GB', { runtimeSecs: 1800 }),
    launch(8, { fwId: 4, action: null, timeEnd: at(8), runtimeSecs: 60 }),
    launch(9, { fwId: 5, state: 'COMPLETED' }),
    failed(10, 6, 'MemoryError: 9 GB'),
    launch(11, { fwId: 6, state: 'RUNNING' }),
  ];
  for (const one of launches) await store.insertLaunch(one);
}

function summary({ pattern, count, reruns, coreHours, names, hosts }: FailureCluster): readonly unknown[] {
  return [
    pattern,
    count,
    reruns,
    coreHours,
    names.map(({ value }) => value),
    hosts.map(({ value }) => value),
  ];
}

function groupsThem(create: () => LaunchPadStore): void {
  let store: LaunchPadStore;

  beforeEach(async () => {
    store = create();
    await store.open();
    await store.reset();
    await fill(store);
  });

  afterEach(() => store.close());

  it('by error, with what they cost and how reruns of them ended', async () => {
    const clusters = await clusterFailures(store);
    expect(clusters.map(summary).sort()).toEqual([
      ['FIZZLED without a failed launch', 1, { ended: 0, succeeded: 0 }, 0, ['relax'], []],
      // 1 → 2 and 2 → 3 FIZZLED, 5 → 6 FIZZLED; 10 → 11 is still RUNNING.
      ['MemoryError: <n> GB', 2, { ended: 3, succeeded: 0 }, 8.5, ['relax', 'static'], ['node-1', 'node-2']],
      ['lost run', 1, { ended: 0, succeeded: 0 }, 1 / 60, ['relax'], ['node-1']],
    ]);
    const [memory] = clusters;
    expect(memory).toMatchObject({ firstSeen: new Date('2026-01-01'), lastSeen: new Date('2026-01-10') });
    expect(memory?.sample).toMatchObject({ fwId: 3, name: 'relax', launch: { launchId: 7 } });
  });

  it('of a selection, and counts the reruns that COMPLETED', async () => {
    await store.insertLaunch(failed(6, 2, 'KeyError: 17'));
    const [cluster, ...others] = await clusterFailures(store, { where: { name: 'static' } });
    expect(others).toEqual([]);
    expect(cluster).toMatchObject({ pattern: 'KeyError: <n>', count: 1, reruns: { ended: 1, succeeded: 1 } });
  });

  it('so that the fingerprint selects them, and no more once they failed with something else', async () => {
    const [cluster] = await clusterFailures(store);
    const fingerprint = cluster?.fingerprint ?? '';
    const selection = { failedWith: [fingerprint] };
    expect(await findTargets(store, selection)).toEqual({ ids: [2, 3], unknown: [] });
    await store.insertLaunch(failed(7, 3, 'KeyError: 3'));
    const memberships = await store.findMemberships([2, 3]);
    const { wanted, gone } = await recheckFireworks(store, selection, new Set([2, 3]), memberships);
    expect(wanted.map(({ members }) => members)).toEqual([[2]]);
    expect(gone).toEqual([3]);
  });
}

describe('failures of the embedded store are grouped', () => {
  groupsThem(() => createEmbeddedStore({ folder: createTemporaryFolder() }));
});

describeWithMongo('failures in MongoDB are grouped', () => {
  groupsThem(() => {
    const { uri, name } = freshDatabase();
    return createMongoStore({ uri, database: name });
  });
});
