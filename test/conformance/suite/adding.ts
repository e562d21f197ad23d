import { Double, Long, ObjectId } from 'bson';
import type { UseStore } from '../store-suite';
import { collect, everything, firework, workflowOf, WORKFLOW_CREATED } from './builders';

/** Every type of value that a spec may hold, and keys that are awkward in a path. */
export const RICH_SPEC = {
  _tasks: [{ _fw_name: 'PyTask', func: 'len', args: ['abc', new Double(2)] }],
  whole_double: new Double(1),
  negative_zero: -0,
  fraction: 1.5,
  int: 7,
  long: Long.fromNumber(5),
  large: Long.fromString('1152921504606846976'),
  date: new Date('2026-11-21T08:01:43.756Z'),
  date_text: '2020-01-01T10:00',
  nothing: null,
  yes: true,
  id: new ObjectId('6b014fe7b8486007d94c9e5a'),
  nested: { z: [1, [2, { deep: new Double(3) }]], a: {} },
  'key.with.dots': { 'inner.key': 1 },
  $dollar: 'kept',
  empty: [],
};

export function addingTests(useStore: UseStore): void {
  it('counts ids from 1 on, in blocks', async () => {
    const store = useStore();
    expect(await store.takeFireworkIds(3)).toBe(1);
    expect(await store.takeFireworkIds(1)).toBe(4);
    expect(await store.takeLaunchIds(2)).toBe(1);
    expect(await store.takeLaunchIds(1)).toBe(3);
  });

  it('gives two askers different ids', async () => {
    const store = useStore();
    const ids = await Promise.all(Array.from({ length: 20 }, () => store.takeFireworkIds(2)));
    expect(new Set(ids).size).toBe(20);
  });

  it('reads back whole what was added', async () => {
    const store = useStore();
    const fireworks = [
      firework(1, { spec: RICH_SPEC, state: 'COMPLETED', launches: [1], archivedLaunches: [3, 2] }),
      firework(2, { state: 'PAUSED', updatedOn: new Date('2026-11-21T08:00:54.070Z') }),
    ];
    await store.addWorkflows([
      workflowOf(fireworks, {
        edges: [[1, 2]],
        metadata: { owner: 'amy', n: new Double(2) },
        state: 'PAUSED',
      }),
    ]);
    const { key, ...workflow } = (await collect(store.findWorkflows({})))[0] ?? { key: '' };
    expect(key).not.toBe('');
    expect(await collect(store.findFireworks({}, 'all'))).toStrictEqual(fireworks);
    expect(workflow).toStrictEqual({
      name: 'wf-1',
      state: 'PAUSED',
      links: new Map([
        [1, [2]],
        [2, []],
      ]),
      nodes: [1, 2],
      fwStates: new Map([
        [1, 'COMPLETED'],
        [2, 'PAUSED'],
      ]),
      metadata: { owner: 'amy', n: new Double(2) },
      createdOn: WORKFLOW_CREATED,
      updatedOn: WORKFLOW_CREATED,
    });
  });

  it('keeps the order of keys in a spec', async () => {
    const store = useStore();
    await store.addWorkflows([workflowOf([firework(1, { spec: RICH_SPEC })])]);
    const [found] = await collect(store.findFireworks({ ids: [1] }, 'all'));
    expect(Object.keys(found?.spec ?? {})).toEqual(Object.keys(RICH_SPEC));
  });

  it('reads no more of a spec than was asked for', async () => {
    const store = useStore();
    const control = {
      _allow_fizzled_parents: true,
      _dupefinder: { _fw_name: 'DupeFinderExact' },
      _launch_dir: '/a',
    };
    const whole = firework(1, { spec: { ...control, _tasks: [], big: 'x'.repeat(1000) } });
    await store.addWorkflows([workflowOf([whole])]);
    expect(await collect(store.findFireworks({}, 'summary'))).toStrictEqual([{ ...whole, spec: {} }]);
    expect(await collect(store.findFireworks({}, 'control'))).toStrictEqual([{ ...whole, spec: control }]);
  });

  it('adds all of several workflows or, when an id is taken, none', async () => {
    const store = useStore();
    await store.addWorkflows([workflowOf([firework(1)])]);
    const before = await everything(store);
    const added = store.addWorkflows([workflowOf([firework(2)]), workflowOf([firework(3), firework(1)])]);
    await expect(added).rejects.toMatchObject({ name: 'LpadError', code: 'FAILED' });
    expect(await everything(store)).toStrictEqual(before);
  });

  it('is empty after a reset, and counts from 1 again', async () => {
    const store = useStore();
    await store.takeFireworkIds(10);
    await store.addWorkflows([workflowOf([firework(1)])]);
    await store.reset();
    await store.tuneUp();
    expect(await everything(store)).toEqual({ fireworks: [], workflows: [] });
    expect(await store.takeFireworkIds(1)).toBe(1);
  });
}
