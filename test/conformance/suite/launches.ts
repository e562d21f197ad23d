import { Double } from 'bson';
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
}
