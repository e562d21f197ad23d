import { Double } from 'bson';
import type { Launch } from '../../../src/domain/model';
import type { UseStore } from '../store-suite';
import { collect, CREATED, firework, launch, UPDATED, workflowOf } from './builders';

export function launchTests(useStore: UseStore): void {
  const done = launch(2, 1, {
    state: 'COMPLETED',
    action: { stored_data: { n: new Double(3), 'a.b': null }, exit: false, update_spec: {}, mod_spec: [] },
    trackers: [{ filename: 'log.txt', nlines: 2, allow_zipped: false, content: 'x' }],
    stateHistory: [
      { state: 'RESERVED', created_on: CREATED, updated_on: UPDATED, reservation_id: '4711' },
      { state: 'COMPLETED', created_on: UPDATED },
    ],
    timeEnd: UPDATED,
    runtimeSecs: 0.021581,
    reservedtimeSecs: 1.5,
  });

  it('are read back whole, in order of their ids', async () => {
    const store = useStore();
    await store.insertLaunch(done);
    await store.insertLaunch(launch(1, 1));
    expect(await collect(store.findLaunches([2, 1, 2, 9], 'all'))).toStrictEqual([launch(1, 1), done]);
    expect(await collect(store.findLaunches([], 'all'))).toEqual([]);
  });

  it('are read in brief without their results', async () => {
    const store = useStore();
    await store.insertLaunch(done);
    expect(await collect(store.findLaunches([2], 'brief'))).toStrictEqual([
      { ...done, action: null, trackers: [] },
    ]);
  });

  it('are replaced by one with the same id', async () => {
    const store = useStore();
    await store.insertLaunch(launch(1, 1, { state: 'RESERVED' }));
    await store.insertLaunch(launch(1, 1, { host: 'node-2' }));
    expect(await collect(store.findLaunches([1], 'all'))).toStrictEqual([launch(1, 1, { host: 'node-2' })]);
  });

  it('change only while they are in a state that allows it', async () => {
    const store = useStore();
    await store.insertLaunch(launch(1, 1));
    const ended = { state: 'COMPLETED', action: done.action, timeEnd: UPDATED, runtimeSecs: 1.5 } as const;
    expect(await store.updateLaunch({ launchId: 1, onlyWhile: ['RUNNING'], ...ended })).toBe(true);
    expect(await store.updateLaunch({ launchId: 1, onlyWhile: ['RUNNING'], state: 'FIZZLED' })).toBe(false);
    expect(await store.updateLaunch({ launchId: 7, onlyWhile: ['RUNNING'], state: 'FIZZLED' })).toBe(false);
    expect(await collect(store.findLaunches([1], 'all'))).toStrictEqual([launch(1, 1, ended)]);
  });

  it('are found by the id of a batch queue, the first of several', async () => {
    const store = useStore();
    await store.insertLaunch({ ...done, launchId: 3 });
    await store.insertLaunch(done);
    expect(await store.findLaunchByReservation('4711')).toStrictEqual(done);
    expect(await store.findLaunchByReservation('4712')).toBeUndefined();
    await store.insertLaunch(launch(2, 1));
    expect(await store.findLaunchByReservation('4711')).toMatchObject({ launchId: 3 });
  });

  it('are found by a raw query, in order of their ids', async () => {
    const store = useStore();
    await store.insertLaunch(launch(3, 2, { host: 'node-2' }));
    await store.insertLaunch(done);
    await store.insertLaunch(launch(1, 1));
    expect(await collect(store.queryLaunches({ state: 'RUNNING' }, 'all'))).toStrictEqual([
      launch(1, 1),
      launch(3, 2, { host: 'node-2' }),
    ]);
    const reserved = { 'state_history.reservation_id': '4711' };
    expect(await collect(store.queryLaunches(reserved, 'brief'))).toStrictEqual([
      { ...done, action: null, trackers: [] },
    ]);
    await expect(collect(store.queryLaunches({ state: { $bad: 1 } }, 'brief'))).rejects.toMatchObject({
      code: 'BAD_QUERY',
    });
  });

  it('lead to the Fireworks that list them as active', async () => {
    const store = useStore();
    await store.addWorkflows([
      workflowOf([firework(1, { launches: [1] }), firework(2, { launches: [1, 2] })]),
      workflowOf([firework(3, { archivedLaunches: [1] }), firework(4, { launches: [3] })]),
    ]);
    const found = await store.findFireworksOfLaunches([1, 2, 9]);
    expect(found.get(1)).toEqual([1, 2]);
    expect(found.get(2)).toEqual([2]);
    expect(found.get(3)).toBeUndefined();
    expect(found.get(9) ?? []).toEqual([]);
  });

  it('tell what they cost and did, by ascending id, each once', async () => {
    const store = useStore();
    const action = {
      stored_data: {},
      exit: false,
      additions: [],
      detours: [],
      update_spec: {},
      mod_spec: [],
    };
    const grew = { ...action, additions: [{ fws: [] }, { fws: [] }], detours: [{}], append_wfs: [{}] };
    const ended = (id: number, changes: Partial<Launch>): Launch =>
      launch(id, 1, { state: 'COMPLETED', runtimeSecs: id + 0.5, action, ...changes });
    const launches = [
      ended(1, {}),
      ended(2, { action: grew }),
      ended(3, { action: { ...action, update_spec: { n: 1 } } }),
      ended(4, { action: { ...action, mod_spec: [{ _set: { n: 1 } }] } }),
      // What failed has done nothing to others, whatever its action says.
      ended(5, { state: 'FIZZLED', action: { ...grew, update_spec: { n: 1 } } }),
      ended(6, { state: 'RUNNING', runtimeSecs: null, action: null }),
      ended(7, { action: { gridfs_id: '6b014df73f04569fee2e2928' }, runtimeSecs: 2 }),
    ];
    for (const one of launches) await store.insertLaunch(one);
    const nothing = { added: 0, changedSpecs: false };
    expect(await collect(store.findLaunchEffects([7, 6, 5, 4, 3, 2, 1, 2, 99]))).toStrictEqual([
      { launchId: 1, runtimeSecs: 1.5, ...nothing },
      { launchId: 2, runtimeSecs: 2.5, added: 4, changedSpecs: false },
      { launchId: 3, runtimeSecs: 3.5, added: 0, changedSpecs: true },
      { launchId: 4, runtimeSecs: 4.5, added: 0, changedSpecs: true },
      { launchId: 5, runtimeSecs: 5.5, ...nothing },
      { launchId: 6, runtimeSecs: 0, ...nothing },
      { launchId: 7, runtimeSecs: 2, ...nothing },
    ]);
    expect(await collect(store.findLaunchEffects([]))).toEqual([]);
  });
}
