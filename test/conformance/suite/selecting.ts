import { LOOKED_AT } from '../../../src/domain/failures/failure';
import { fingerprintOf } from '../../../src/domain/failures/fingerprint';
import type { Launch } from '../../../src/domain/model';
import type { FireworkSelection } from '../../../src/storage/launchpad-store';
import type { UseStore } from '../store-suite';
import { collect, firework, launch, UPDATED, workflowInStates, workflowOf } from './builders';

export function selectionTests(useStore: UseStore): void {
  /** The three ways to ask must agree. */
  async function select(selection: FireworkSelection): Promise<readonly number[]> {
    const store = useStore();
    const ids = await store.findFireworkIds(selection);
    const found = await collect(store.findFireworks(selection, 'summary'));
    expect(found.map(({ fwId }) => fwId)).toEqual(ids);
    expect(await store.countFireworks(selection)).toBe(ids.length);
    return ids;
  }

  it('selects all in order of their ids, and no more than the limit', async () => {
    await useStore().addWorkflows([workflowInStates(10, 'READY', 'READY'), workflowInStates(2, 'FIZZLED')]);
    expect(await select({})).toEqual([2, 10, 11]);
    expect(await select({ limit: 2 })).toEqual([2, 10]);
  });

  it('selects by ids, in whatever order and however often they are given', async () => {
    await useStore().addWorkflows([workflowInStates(1, 'READY', 'FIZZLED', 'WAITING')]);
    expect(await select({ ids: [3, 1, 3, 99, -1] })).toEqual([1, 3]);
    expect(await select({ ids: [] })).toEqual([]);
    expect(await select({ ids: [3, 2, 1], limit: 2 })).toEqual([1, 2]);
  });

  it('selects by 60,000 ids', async () => {
    await useStore().addWorkflows([workflowInStates(50_000, 'READY', 'FIZZLED', 'READY')]);
    const ids = Array.from({ length: 60_000 }, (_, place) => 60_000 - place);
    expect(await select({ ids })).toEqual([50_000, 50_001, 50_002]);
    expect(await select({ ids, where: { state: 'READY' }, limit: 1 })).toEqual([50_000]);
  });

  it('joins ids, state, name and a query', async () => {
    await useStore().addWorkflows([
      workflowOf([
        firework(1, { name: 'relax', state: 'FIZZLED', spec: { _tasks: [], n: 1 } }),
        firework(2, { name: 'relax', state: 'COMPLETED', spec: { _tasks: [], n: 2 } }),
        firework(3, { name: 'static', state: 'FIZZLED', spec: { _tasks: [], n: 3 } }),
      ]),
    ]);
    expect(await select({ where: { state: 'FIZZLED' } })).toEqual([1, 3]);
    expect(await select({ where: { state: { $in: ['FIZZLED', 'COMPLETED'] }, name: 'relax' } })).toEqual([
      1, 2,
    ]);
    expect(await select({ ids: [1, 2], where: { state: 'FIZZLED' } })).toEqual([1]);
    expect(await select({ where: { $and: [{ state: 'FIZZLED' }, { 'spec.n': { $gt: 1 } }] } })).toEqual([3]);
    expect(await select({ ids: [1, 2], where: { fw_id: { $in: [2, 3] } } })).toEqual([2]);
    expect(await select({ where: { $and: [{ state: 'FIZZLED' }, { state: 'COMPLETED' }] } })).toEqual([]);
    expect(await select({ where: { fw_id: { $gte: 2 }, name: { $ne: 'static' } } })).toEqual([2]);
  });

  it('sorts by dates, whether stored as text or as Date, and by id where they are equal', async () => {
    const text = (second: number): string => `2026-11-21T08:00:0${second}.000000+00:00`;
    await useStore().addWorkflows([
      workflowOf([
        firework(1, { updatedOn: text(3), createdOn: text(1) }),
        firework(2, { updatedOn: new Date('2026-11-21T08:00:02Z'), createdOn: text(1) }),
        firework(3, { updatedOn: text(1), createdOn: text(1) }),
        firework(4, { updatedOn: '2026-11-21T10:00:02.500000+02:00', createdOn: text(1) }),
      ]),
    ]);
    expect(await select({ sort: { field: 'updated_on', direction: 1 } })).toEqual([3, 2, 4, 1]);
    expect(await select({ sort: { field: 'updated_on', direction: -1 } })).toEqual([1, 4, 2, 3]);
    expect(await select({ sort: { field: 'updated_on', direction: -1 }, limit: 2 })).toEqual([1, 4]);
    expect(await select({ sort: { field: 'created_on', direction: -1 } })).toEqual([1, 2, 3, 4]);
    expect(await select({ sort: { field: 'updated_on', direction: 1 }, ids: [1, 2], limit: 1 })).toEqual([2]);
  });

  it('selects by queries on active launches, each of which some launch must match', async () => {
    const store = useStore();
    await store.addWorkflows([
      workflowOf([
        firework(1, { launches: [1], archivedLaunches: [2] }),
        firework(2, { launches: [3, 4] }),
        firework(3),
        firework(4, { launches: [1] }),
      ]),
    ]);
    await store.insertLaunch(launch(1, 1, { host: 'node-1', state: 'COMPLETED' }));
    await store.insertLaunch(launch(2, 1, { host: 'node-2', state: 'FIZZLED' }));
    await store.insertLaunch(launch(3, 2, { host: 'node-2', state: 'COMPLETED' }));
    await store.insertLaunch(launch(4, 2, { host: 'node-3', state: 'FIZZLED' }));
    expect(await select({ activeLaunch: [{ host: 'node-2' }] })).toEqual([2]);
    expect(await select({ activeLaunch: [{ state: 'COMPLETED' }] })).toEqual([1, 2, 4]);
    expect(await select({ activeLaunch: [{ host: 'node-2' }, { state: 'FIZZLED' }] })).toEqual([2]);
    expect(await select({ activeLaunch: [{ host: 'node-2', state: 'FIZZLED' }] })).toEqual([]);
    expect(await select({ activeLaunch: [{ launch_id: 1 }], ids: [4, 2] })).toEqual([4]);
    expect(await select({ activeLaunch: [{ state: 'COMPLETED' }], limit: 2 })).toEqual([1, 2]);
    expect(await select({ activeLaunch: [{}] })).toEqual([1, 2, 4]);
  });

  it('selects by the fingerprint of the latest failed launch, which tells its error and no more', async () => {
    const store = useStore();
    const told = (text: string): Partial<Launch> => ({
      state: 'FIZZLED',
      action: {
        stored_data: { _message: 'm', returncode: 3, _exception: { _stacktrace: text } },
        exit: true,
      },
    });
    const long = `${'é'.repeat(LOOKED_AT)}\nMemoryError: 12 GB\n`;
    await store.addWorkflows([
      workflowOf([
        firework(1, { state: 'FIZZLED', launches: [1, 2], archivedLaunches: [6] }),
        firework(2, { state: 'FIZZLED', launches: [3] }),
        firework(3, { state: 'FIZZLED', launches: [4] }),
        firework(4, { state: 'READY', launches: [2] }),
        firework(5, { state: 'FIZZLED', launches: [5] }),
      ]),
    ]);
    await store.insertLaunch(launch(1, 1, told('KeyError: 1\n')));
    const env = { cores: 4, path: '/x' };
    const fworker = { name: 'w', category: '', query: '{}', env };
    await store.insertLaunch(launch(2, 1, { ...told(long), fworker, runtimeSecs: 1.5, timeEnd: UPDATED }));
    await store.insertLaunch(launch(3, 2, told('MemoryError: 17 GB\n')));
    await store.insertLaunch(launch(4, 3, { state: 'FIZZLED' }));
    await store.insertLaunch(launch(5, 5, { state: 'COMPLETED' }));
    await store.insertLaunch(
      launch(6, 1, { state: 'FIZZLED', action: { gridfs_id: '6b014df73f04569fee2e2928' } }),
    );
    const found = await collect(store.findFailedLaunches([6, 5, 4, 2, 2, 99]));
    expect(found.map(({ launchId, error }) => [launchId, error.kind])).toEqual([
      [2, 'told'],
      [4, 'lost'],
      [6, 'told'],
    ]);
    expect(found[0]).toStrictEqual({
      launchId: 2,
      fwId: 1,
      launchDir: '/runs/launcher_2',
      host: 'node-1',
      timeEnd: UPDATED,
      runtimeSecs: 1.5,
      workerCores: 4,
      error: {
        kind: 'told',
        trace: Array.from(long).slice(-LOOKED_AT).join(''),
        message: 'm',
        returnCode: 3,
      },
    });
    const of = (text: string): string => fingerprintOf({ kind: 'told', trace: text }).fingerprint;
    const [memory, lost, none] = [
      of('MemoryError: 9 GB\n'),
      fingerprintOf({ kind: 'lost' }).fingerprint,
      fingerprintOf({ kind: 'no failed launch' }).fingerprint,
    ];
    expect(await select({ failedWith: [memory] })).toEqual([1, 2]);
    expect(await select({ failedWith: [memory], ids: [2, 3, 4], where: { name: 'fw-2' } })).toEqual([2]);
    expect(await select({ failedWith: [memory], limit: 1 })).toEqual([1]);
    expect(await select({ failedWith: [lost, none] })).toEqual([3, 5]);
    expect(await select({ failedWith: [of('KeyError: 1\n')] })).toEqual([]);
    expect(await store.countFireworks({ failedWith: [memory] })).toBe(2);
  });
}
