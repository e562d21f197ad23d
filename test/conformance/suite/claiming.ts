import { Double } from 'bson';
import type { Firework } from '../../../src/domain/model';
import type { ClaimRequest } from '../../../src/storage/launchpad-store';
import type { UseStore } from '../store-suite';
import { collect, firework, workflowInStates, workflowOf } from './builders';

const NOW = new Date('2026-11-21T10:00:00.123Z');

export function claimTests(useStore: UseStore): void {
  function claim(request: Partial<ClaimRequest> = {}): Promise<Firework | undefined> {
    return useStore().claimFirework({ where: {}, order: 'fifo', now: NOW, ...request });
  }

  async function claimAll(request: Partial<ClaimRequest> = {}): Promise<readonly number[]> {
    const ids: number[] = [];
    for (let found = await claim(request); found; found = await claim(request)) ids.push(found.fwId);
    return ids;
  }

  it('reserve a READY Firework and give it whole', async () => {
    const ready = firework(2, { spec: { _tasks: [], n: new Double(1) }, archivedLaunches: [7] });
    await useStore().addWorkflows([workflowOf([firework(1, { state: 'WAITING' }), ready])]);
    const claimed = { ...ready, state: 'RESERVED', updatedOn: NOW };
    expect(await claim()).toStrictEqual(claimed);
    expect(await collect(useStore().findFireworks({ ids: [2] }, 'all'))).toStrictEqual([claimed]);
    expect(await claim()).toBeUndefined();
  });

  it('take the highest priority first: texts before numbers, and those without one last', async () => {
    const priorities = [undefined, 1, new Double(7.5), 'high', -1, 7, null];
    await useStore().addWorkflows([
      workflowOf(
        priorities.map((priority, place) =>
          firework(place + 1, {
            spec: { _tasks: [], ...(priority === undefined ? {} : { _priority: priority }) },
          }),
        ),
      ),
    ]);
    const ids = await claimAll({ order: 'id' });
    expect(ids.slice(0, 5)).toEqual([4, 3, 6, 2, 5]);
    expect(new Set(ids.slice(5))).toEqual(new Set([1, 7]));
  });

  it.each([
    ['fifo', [2, 3, 1]],
    ['filo', [1, 3, 2]],
    ['id', [1, 2, 3]],
  ] as const)('take equal priorities in the order %s', async (order, expected) => {
    const seconds = [9, 1, 5];
    await useStore().addWorkflows([
      workflowOf(
        seconds.map((second, place) =>
          firework(place + 1, { createdOn: `2026-11-21T08:00:0${second}.000001+00:00` }),
        ),
      ),
    ]);
    expect(await claimAll({ order })).toEqual(expected);
  });

  it('take what a worker asks for', async () => {
    await useStore().addWorkflows([
      workflowOf([
        firework(1, { spec: { _tasks: [], _category: 'big', _priority: 9 } }),
        firework(2, { spec: { _tasks: [] } }),
        firework(3, { spec: { _tasks: [], _category: 'small' } }),
      ]),
    ]);
    expect(await claimAll({ where: { 'spec._category': { $in: ['small', null] } } })).toEqual([2, 3]);
  });

  it('take the Firework that is named, READY or RESERVED, whatever the query says', async () => {
    await useStore().addWorkflows([workflowInStates(1, 'READY', 'RESERVED', 'COMPLETED')]);
    const where = { name: 'nothing' };
    expect(await claim({ fwId: 1, where })).toMatchObject({ fwId: 1, state: 'RESERVED', updatedOn: NOW });
    expect(await claim({ fwId: 2, where })).toMatchObject({ fwId: 2, state: 'RESERVED' });
    expect(await claim({ fwId: 3, where })).toBeUndefined();
    expect(await claim({ fwId: 9, where })).toBeUndefined();
  });

  it('never take the same one twice', async () => {
    await useStore().addWorkflows([
      workflowOf(Array.from({ length: 15 }, (_, place) => firework(place + 1))),
    ]);
    const claimed = await Promise.all(Array.from({ length: 20 }, () => claim()));
    const ids = claimed.flatMap((found) => (found ? [found.fwId] : []));
    expect(ids).toHaveLength(15);
    expect(new Set(ids).size).toBe(15);
  });

  it('are given back, and can be claimed anew', async () => {
    const store = useStore();
    const later = new Date('2026-11-21T11:00:00.456Z');
    const ready = firework(1, { archivedLaunches: [7] });
    await store.addWorkflows([workflowOf([ready])]);
    await claim();
    expect(await store.releaseClaim(1, [], later)).toBe(true);
    expect(await collect(store.findFireworks({}, 'all'))).toStrictEqual([{ ...ready, updatedOn: later }]);
    expect(await claimAll()).toEqual([1]);
  });

  it('are given back only while the Firework is RESERVED with these launches', async () => {
    const store = useStore();
    await store.addWorkflows([
      workflowOf([
        firework(1, { state: 'RESERVED', launches: [3, 4] }),
        firework(2, { state: 'RUNNING', launches: [5] }),
        firework(3, { state: 'PAUSED' }),
      ]),
    ]);
    const before = await collect(store.findFireworks({}, 'all'));
    expect(await store.releaseClaim(1, [], NOW)).toBe(false);
    expect(await store.releaseClaim(1, [3], NOW)).toBe(false);
    expect(await store.releaseClaim(1, [4, 3], NOW)).toBe(false);
    expect(await store.releaseClaim(2, [5], NOW)).toBe(false);
    expect(await store.releaseClaim(3, [], NOW)).toBe(false);
    expect(await store.releaseClaim(9, [], NOW)).toBe(false);
    expect(await collect(store.findFireworks({}, 'all'))).toStrictEqual(before);
    expect(await store.releaseClaim(1, [3, 4], NOW)).toBe(true);
    expect(await store.findFireworkIds({ where: { state: 'READY' } })).toEqual([1]);
  });
}
