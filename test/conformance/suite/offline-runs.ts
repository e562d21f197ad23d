import type { OfflineRun } from '../../../src/domain/model';
import type { UseStore } from '../store-suite';
import { CREATED, UPDATED } from './builders';

function offlineRun(launchId: number, fwId: number, changes: Partial<OfflineRun> = {}): OfflineRun {
  const dates = { createdOn: CREATED, updatedOn: CREATED };
  return { fwId, launchId, name: `fw-${fwId}`, ...dates, deprecated: false, completed: false, ...changes };
}

export function offlineRunTests(useStore: UseStore): void {
  it('are read back in order of their launches', async () => {
    const store = useStore();
    await store.addOfflineRun(offlineRun(2, 7));
    await store.addOfflineRun(offlineRun(1, 8));
    expect(await store.findOfflineRuns({})).toStrictEqual([offlineRun(1, 8), offlineRun(2, 7)]);
  });

  it('are selected by whether they are open, by launch and by Firework', async () => {
    const store = useStore();
    await store.addOfflineRun(offlineRun(1, 7, { completed: true }));
    await store.addOfflineRun(offlineRun(2, 7, { deprecated: true }));
    await store.addOfflineRun(offlineRun(3, 7));
    await store.addOfflineRun(offlineRun(4, 8));
    const launchesOf = async (selection: Parameters<typeof store.findOfflineRuns>[0]): Promise<number[]> =>
      (await store.findOfflineRuns(selection)).map(({ launchId }) => launchId);
    expect(await launchesOf({ open: true })).toEqual([3, 4]);
    expect(await launchesOf({ fwIds: [7] })).toEqual([1, 2, 3]);
    expect(await launchesOf({ open: true, fwIds: [7], launchIds: [2, 3, 4] })).toEqual([3]);
    expect(await launchesOf({ launchIds: [] })).toEqual([]);
  });

  it('change as far as they are selected, and are gone after a reset', async () => {
    const store = useStore();
    await store.addOfflineRun(offlineRun(1, 7));
    await store.addOfflineRun(offlineRun(2, 8));
    const update = { deprecated: true, updatedOn: UPDATED };
    expect(await store.updateOfflineRuns({ open: true, fwIds: [7, 9] }, update)).toBe(1);
    expect(await store.findOfflineRuns({})).toStrictEqual([offlineRun(1, 7, update), offlineRun(2, 8)]);
    await store.reset();
    expect(await store.findOfflineRuns({})).toEqual([]);
  });
}
