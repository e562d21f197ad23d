import type { FireworkSelection } from '../../../src/storage/launchpad-store';
import type { UseStore } from '../store-suite';
import { collect, firework, launch, workflowInStates, workflowOf } from './builders';

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
}
