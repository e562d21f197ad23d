import { Double } from 'bson';
import type { LaunchRecord } from '../../../src/domain/launch-record';
import { launchIn } from '../../../src/domain/launch';
import type { UseStore } from '../store-suite';
import { collect, launch } from './builders';

function recordOf(launchId: number, changes: Partial<LaunchRecord> = {}): LaunchRecord {
  const spec = { _tasks: [{ _fw_name: 'ScriptTask', script: ['true'] }], energy: new Double(1) };
  return { launchId, fwId: 7, name: 'relax', spec, startedOn: '2026-01-01T00:00:00.000000', ...changes };
}

export function launchRecordTests(useStore: UseStore): void {
  it('are stored with their launches, and read in order, numbers as they were', async () => {
    const store = useStore();
    await store.insertLaunch(launch(2, 7), recordOf(2));
    await store.insertLaunch(launch(1, 7), recordOf(1, { name: 'static' }));
    await store.insertLaunch(launch(3, 7));
    expect(await collect(store.findLaunchRecords([3, 2, 1, 2]))).toStrictEqual([
      recordOf(1, { name: 'static' }),
      recordOf(2),
    ]);
    expect(await collect(store.findLaunchRecords([]))).toEqual([]);
  });

  it('of a reservation that starts again are those of the last start', async () => {
    const store = useStore();
    await store.insertLaunch(launch(1, 7), recordOf(1));
    await store.insertLaunch(launchIn(launch(1, 7), 'RUNNING', new Date(0)), recordOf(1, { spec: { x: 1 } }));
    expect(await collect(store.findLaunchRecords([1]))).toEqual([recordOf(1, { spec: { x: 1 } })]);
  });

  it('change in what becomes known later, where there is one', async () => {
    const store = useStore();
    await store.insertLaunch(launch(1, 7), recordOf(1));
    expect(await store.updateLaunchRecord(1, { name: 'later' })).toBe(true);
    expect(await store.updateLaunchRecord(2, { name: 'later' })).toBe(false);
    expect(await collect(store.findLaunchRecords([1, 2]))).toEqual([recordOf(1, { name: 'later' })]);
  });

  it('are gone after a reset', async () => {
    const store = useStore();
    await store.insertLaunch(launch(1, 7), recordOf(1));
    await store.reset();
    expect(await collect(store.findLaunchRecords([1]))).toEqual([]);
  });
}
