import { Double, Long } from 'bson';
import { ABSENT, change, guarded, invertPatch, type WorkflowPatch } from '../../../src/domain/patch';
import type { UseStore } from '../store-suite';
import { RICH_SPEC } from './adding';
import {
  collect,
  entry,
  everything,
  firework,
  launch,
  owner,
  statePatch,
  UPDATED,
  workflowInStates,
  workflowOf,
  workflowWith,
} from './builders';

export function commitTests(useStore: UseStore): void {
  async function commit(...patches: readonly WorkflowPatch[]): Promise<void> {
    const store = useStore();
    const me = owner('amy');
    const keys = patches.map(({ workflowKey }) => workflowKey);
    expect(await store.lockWorkflows(keys, me, 0)).toEqual({ locked: keys, busy: [] });
    const id = `entry-${patches.length}-${Math.random()}`;
    expect(await store.commitPatches(entry(patches, { id }), me)).toEqual(
      patches.map(() => ({ kind: 'committed' })),
    );
  }

  it('change the fields of a patch and nothing else, and its inverse restores whole documents', async () => {
    const store = useStore();
    const spec = { ...RICH_SPEC, _recovery: { _task_n: 1 } };
    const target = firework(1, { spec, state: 'FIZZLED', launches: [2], archivedLaunches: [1] });
    await store.addWorkflows([workflowOf([target, firework(2, { state: 'WAITING' })], { edges: [[1, 2]] })]);
    const before = await everything(store);
    const workflow = await workflowWith(store, 1);
    const patch: WorkflowPatch = {
      workflowKey: workflow.key,
      changes: [
        {
          collection: 'fireworks',
          id: 1,
          fields: [
            guarded(['state'], 'FIZZLED', 'READY'),
            guarded(['launches'], [2], []),
            guarded(['archivedLaunches'], [1], [1, 2]),
            change(['updatedOn'], target.updatedOn, UPDATED),
            guarded(['spec', '_recovery'], { _task_n: 1 }, ABSENT),
            guarded(['spec', '_exception_details'], ABSENT, { why: new Double(2) }),
          ],
        },
        {
          collection: 'workflows',
          id: workflow.key,
          fields: [
            guarded(['fwStates', '1'], 'FIZZLED', 'READY'),
            change(['state'], 'READY', 'RUNNING'),
            change(['updatedOn'], workflow.updatedOn, new Date(UPDATED)),
          ],
        },
      ],
    };
    await commit(patch);
    const { _recovery, ...keptSpec } = spec;
    expect(await collect(store.findFireworks({ ids: [1] }, 'all'))).toStrictEqual([
      {
        ...target,
        state: 'READY',
        launches: [],
        archivedLaunches: [1, 2],
        updatedOn: UPDATED,
        spec: { ...keptSpec, _exception_details: { why: new Double(2) } },
      },
    ]);
    expect(await workflowWith(store, 1)).toStrictEqual({
      ...workflow,
      state: 'RUNNING',
      updatedOn: new Date(UPDATED),
      fwStates: new Map([
        [1, 'READY'],
        [2, 'WAITING'],
      ]),
    });
    await commit(invertPatch(patch));
    expect(await everything(store)).toStrictEqual(before);
  });

  it('reach values in objects, in lists and under keys with dots', async () => {
    const store = useStore();
    await store.addWorkflows([workflowOf([firework(1, { spec: RICH_SPEC })])]);
    const before = await everything(store);
    const patch: WorkflowPatch = {
      workflowKey: (await workflowWith(store, 1)).key,
      changes: [
        {
          collection: 'fireworks',
          id: 1,
          fields: [
            change(['spec', 'key.with.dots', 'inner.key'], 1, { 'a.b': [new Double(1)] }),
            change(['spec', 'nested', 'a'], {}, Long.fromNumber(5)),
            change(['spec', '$dollar'], 'kept', 'changed'),
            change(['spec', 'nothing'], null, ABSENT),
          ],
        },
      ],
    };
    await commit(patch);
    const { nothing, ...spec } = RICH_SPEC;
    expect(nothing).toBeNull();
    expect(await collect(store.findFireworks({}, 'all'))).toStrictEqual([
      firework(1, {
        spec: {
          ...spec,
          'key.with.dots': { 'inner.key': { 'a.b': [new Double(1)] } },
          nested: { ...RICH_SPEC.nested, a: Long.fromNumber(5) },
          $dollar: 'changed',
        },
      }),
    ]);
    await commit(invertPatch(patch));
    expect(await everything(store)).toStrictEqual(before);
  });

  it('write many workflows at once', async () => {
    const store = useStore();
    const firsts = Array.from({ length: 300 }, (_, place) => 2 * place + 1);
    await store.addWorkflows(firsts.map((first) => workflowInStates(first, 'FIZZLED', 'WAITING')));
    const workflows = await collect(store.findWorkflows({}));
    await commit(
      ...workflows.map((workflow, place) => statePatch(workflow, [2 * place + 1], 'FIZZLED', 'READY')),
    );
    expect(await store.findFireworkIds({ where: { state: 'READY' } })).toEqual(firsts);
    expect(await store.countWorkflows({ where: { 'fw_states.1': 'READY' } })).toBe(1);
  });

  it('free the workflows', async () => {
    const store = useStore();
    await store.addWorkflows([workflowInStates(1, 'FIZZLED')]);
    const workflow = await workflowWith(store, 1);
    await commit(statePatch(workflow, [1], 'FIZZLED', 'READY'));
    const [key, bob] = [workflow.key, owner('bob')];
    expect(await store.lockWorkflows([key], bob, 0)).toEqual({ locked: [key], busy: [] });
  });

  it('change launches, too', async () => {
    const store = useStore();
    await store.addWorkflows([workflowInStates(1, 'RUNNING')]);
    await store.insertLaunch(launch(1, 1));
    await commit({
      workflowKey: (await workflowWith(store, 1)).key,
      changes: [{ collection: 'launches', id: 1, fields: [guarded(['state'], 'RUNNING', 'FIZZLED')] }],
    });
    expect(await collect(store.findLaunches([1], 'all'))).toStrictEqual([launch(1, 1, { state: 'FIZZLED' })]);
  });

  it.each([1, 3])('of members alone leave %d workflows as they are, and free', async (count) => {
    const store = useStore();
    const ids = Array.from({ length: count }, (_, place) => place + 1);
    await store.addWorkflows(ids.map((id) => workflowOf([firework(id)])));
    const before = await collect(store.findWorkflows({}));
    const patches = before.map(({ key }, place): WorkflowPatch => ({
      workflowKey: key,
      changes: [
        {
          collection: 'fireworks',
          id: place + 1,
          fields: [
            guarded(['spec', '_priority'], ABSENT, 5),
            change(['spec', 'n'], ABSENT, new Double(place)),
          ],
        },
      ],
    }));
    await commit(...patches);
    const spec = firework(1).spec;
    expect(await collect(store.findFireworks({}, 'all'))).toStrictEqual(
      ids.map((id) =>
        firework(id, { spec: { ...spec, _priority: 5, n: id === 1 ? new Double(0) : new Double(id - 1) } }),
      ),
    );
    expect(await collect(store.findWorkflows({}))).toStrictEqual(before);
    expect(await store.findLockHolders()).toEqual([]);
    await commit(...patches.map(invertPatch));
    expect(await collect(store.findFireworks({}, 'all'))).toStrictEqual(ids.map((id) => firework(id)));
  });

  it.each([1, 3])('that move no date change the states of %d workflows alone', async (count) => {
    const store = useStore();
    const ids = Array.from({ length: count }, (_, place) => place + 1);
    await store.addWorkflows(ids.map((id) => workflowOf([firework(id)])));
    const before = await collect(store.findWorkflows({}));
    await commit(
      ...before.map((workflow, place): WorkflowPatch => {
        const patch = statePatch(workflow, [place + 1], 'READY', 'PAUSED');
        const [member, own] = patch.changes;
        if (!member || !own) throw new Error('a patch of two documents was expected');
        const fields = [...own.fields, change(['state'], 'READY', 'PAUSED')];
        return { ...patch, changes: [member, { ...own, fields }] };
      }),
    );
    expect(await collect(store.findWorkflows({}))).toStrictEqual(
      before.map((one, place) => ({ ...one, state: 'PAUSED', fwStates: new Map([[place + 1, 'PAUSED']]) })),
    );
    expect(await store.findLockHolders()).toEqual([]);
  });
}
