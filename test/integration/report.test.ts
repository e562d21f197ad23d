/** Reports of the embedded store; test/interop holds those of MongoDB to FireWorks' own. */
import { ObjectId } from 'bson';
import { reportStates, type Interval } from '../../src/launchpad/report/report-states';
import { compareFailures, countTraces } from '../../src/launchpad/report/introspect';
import { createEmbeddedStore } from '../../src/storage/embedded/embedded-store';
import type { LaunchPadStore } from '../../src/storage/launchpad-store';
import { createTemporaryFolder } from '../support/temporary-folder';

const NOW = new Date('2026-03-31T10:30:00Z');

describe('a report', () => {
  let store: LaunchPadStore;
  let nextId = 1;

  beforeEach(async () => {
    store = createEmbeddedStore({ folder: createTemporaryFolder() });
    await store.open();
    nextId = 1;
  });

  afterEach(() => store.close());

  async function addFirework(state: string, updatedOn: string | Date, more: object = {}): Promise<void> {
    const fwId = nextId;
    nextId += 1;
    const lists = { launches: [], archived_launches: [], spec: { _tasks: [] } };
    const document = {
      fw_id: fwId,
      name: 'f',
      state,
      created_on: '',
      updated_on: updatedOn,
      ...lists,
      ...more,
    };
    await store.insertRaw([
      { collection: 'fireworks', document: new Map(Object.entries({ _id: new ObjectId(), ...document })) },
    ]);
  }

  async function addFailure(launchId: number, fwId: number, action: unknown): Promise<void> {
    const document = {
      launch_id: launchId,
      fw_id: fwId,
      state: 'FIZZLED',
      action,
      time_end: `2026-03-0${launchId}`,
    };
    await store.insertRaw([
      { collection: 'launches', document: new Map(Object.entries({ _id: new ObjectId(), ...document })) },
    ]);
  }

  function periods(interval: Interval, intervals: number): Promise<readonly string[]> {
    const request = { collection: 'fireworks', interval, intervals, where: {}, now: NOW } as const;
    return reportStates(store, request).then((found) =>
      found.map(({ period, total }) => `${period} ${total}`),
    );
  }

  it('counts what was paused, whose date is no text, with the rest', async () => {
    await addFirework('COMPLETED', '2026-03-31T08:00:00.5+00:00');
    await addFirework('COMPLETED', '2026-03-31T23:00:00');
    await addFirework('FIZZLED', '2026-03-31T00:00:00+00:00');
    await addFirework('PAUSED', new Date('2026-03-31T09:00:00Z'));
    await addFirework('READY', '2026-03-01T00:00:00+00:00');
    const request = { collection: 'fireworks', interval: 'days', intervals: 5, where: {}, now: NOW } as const;
    const [today, ...others] = await reportStates(store, request);
    expect(others).toEqual([]);
    expect(today).toMatchObject({ period: '2026-03-31', total: 4, completedPercent: 66.7 });
    expect(today?.states.get('PAUSED')).toBe(1);
    expect(await reportStates(store, { ...request, where: { state: 'READY' } })).toEqual([]);
  });

  it('goes back whole months, years, hours and minutes, and for ever', async () => {
    for (const date of [
      '2024-02-29T00:00:00',
      '2026-02-28T10:29:00',
      '2026-02-28T10:31:00',
      '2026-03-31T10:28:30',
    ])
      await addFirework('READY', date);
    expect(await periods('months', 1)).toEqual(['2026-03 1', '2026-02 1']);
    expect(await periods('years', 1)).toEqual(['2026 3']);
    expect(await periods('hours', 2)).toEqual(['2026-03-31T10 1']);
    expect(await periods('minutes', 1)).toEqual([]);
    expect(await periods('minutes', 2)).toEqual(['2026-03-31T10:28 1']);
    expect(await periods('years', 0)).toEqual(['2026 3', '2024 1']);
  });

  it('on failures counts the traces of active launches, the most frequent last', async () => {
    const trace = (text: string): object => ({ stored_data: { _exception: { _stacktrace: text } } });
    await addFirework('FIZZLED', '', { launches: [1, 2, 3, 5] });
    await addFailure(1, 1, trace('a'));
    await addFailure(2, 1, trace('b'));
    await addFailure(3, 1, trace('a'));
    // Archived, and one that a lost run left.
    await addFailure(4, 1, trace('a'));
    await addFailure(5, 1, null);
    expect(await countTraces(store, { newest: 0, threshold: 10 })).toEqual([
      { trace: '<NO_STACKTRACE>', count: 1 },
      { trace: 'b', count: 1 },
      { trace: 'a', count: 2 },
    ]);
    expect(await countTraces(store, { newest: 2, threshold: 60 })).toEqual([]);
  });

  it('on failures compares what stands in specs, two levels deep', async () => {
    const spec = (more: object): object => ({ spec: { _tasks: [{ _fw_name: 'T' }], ...more } });
    await addFirework('COMPLETED', '2026', spec({ a: 1, deep: { b: [1, 2], c: { d: 1 } } }));
    await addFirework('FIZZLED', '2026', spec({ a: 2, list: [{}], deep: { b: [1] } }));
    const request = { newest: 100, threshold: 10 };
    expect(await compareFailures(store, 'fireworks', request)).toEqual([
      { key: 'a', value: '1', completed: 1, fizzled: 0, difference: 100 },
      { key: 'deep.b', value: '2', completed: 1, fizzled: 0, difference: 100 },
      { key: 'a', value: '2', completed: 0, fizzled: 1, difference: -100 },
    ]);
    expect(await compareFailures(store, 'tasks', request)).toEqual([]);
    expect(await compareFailures(store, 'workflows', request)).toEqual([]);
  });
});
