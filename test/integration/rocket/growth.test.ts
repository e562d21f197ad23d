import type { ValueObject, Workflow } from '../../../src/domain/model';
import { readLaunchAction } from '../../../src/launchpad/refresh/load-pulls';
import { plain } from '../../../src/specs/plain-values';
import type { LaunchPadStore } from '../../../src/storage/launchpad-store';
import { act, acting, containing, describeOnBothStores, NO_ACTION, script } from './rocket-world';

const CHAIN = { name: 'w', metadata: {}, links: { 1: [2] } };

/** 1 → 2, both of the Firetask `Act`. */
const chain = (): ValueObject => ({ ...CHAIN, fws: [acting(1), acting(2)] });

async function workflowOf(store: LaunchPadStore, fwId: number): Promise<Workflow> {
  for await (const workflow of store.findWorkflows({ members: [fwId] })) return workflow;
  throw new Error(`no workflow has Firework ${String(fwId)}`);
}

/** Links, states, and how the workflow is. */
async function graph(store: LaunchPadStore): Promise<object> {
  const { links, fwStates, nodes, state } = await workflowOf(store, 1);
  return {
    links: Object.fromEntries(links),
    states: Object.fromEntries(fwStates),
    nodes: [...nodes].sort((one, other) => one - other),
    state,
  };
}

describeOnBothStores('a workflow that grows', (world) => {
  it('gets additions, which do not see the action itself', async () => {
    const { add, launch, firework, launchOf, store } = world();
    await add(chain());
    const addition = {
      name: 'more',
      links: { '-2': [-1] },
      metadata: { by: 'act' },
      fws: [
        { fw_id: -1, name: 'below', spec: { _tasks: [{ _fw_name: 'Act' }] } },
        { fw_id: -2, name: 'above', spec: { _tasks: [{ _fw_name: 'Act' }], a: 1 } },
      ],
    };
    await launch('a', { own: [act(() => ({ additions: addition, update_spec: { k: 5 } }))] });
    expect(await graph(store)).toEqual({
      links: { 1: [2, 3], 2: [], 3: [4], 4: [] },
      states: { 1: 'COMPLETED', 2: 'READY', 3: 'READY', 4: 'WAITING' },
      nodes: [1, 2, 3, 4],
      state: 'RUNNING',
    });
    expect((await firework(2))['spec']).toMatchObject({ k: 5 });
    expect(await firework(3)).toEqual({
      fw_id: 3,
      name: 'above',
      state: 'READY',
      spec: { _tasks: [{ _fw_name: 'Act' }], a: 1 },
      created_on: '<date>',
      updated_on: '<date>',
      launches: [],
      archived_launches: [],
    });
    expect(await firework(4)).toMatchObject({ name: 'below', state: 'WAITING' });
    // As FireWorks stores it.
    expect((await launchOf(1))['action']).toEqual({
      ...NO_ACTION,
      update_spec: { k: 5 },
      additions: [
        {
          ...addition,
          fws: addition.fws.map((one) => ({ ...one, created_on: '<date>', updated_on: '<date>' })),
          links: { '-2': [-1], '-1': [] },
          created_on: '<date>',
          updated_on: '<date>',
        },
      ],
    });
  });

  it('takes a detour, below which the children wait', async () => {
    const { add, launch, store } = world();
    await add(chain());
    const detours = [{ spec: { _tasks: [] } }, { spec: { _tasks: [] } }];
    await launch('a', { own: [act(() => ({ detours }))] });
    expect(await graph(store)).toEqual({
      links: { 1: [2, 4, 3], 2: [], 3: [2], 4: [2] },
      states: { 1: 'COMPLETED', 2: 'WAITING', 3: 'READY', 4: 'READY' },
      nodes: [1, 2, 3, 4],
      state: 'RUNNING',
    });
    for (const folder of ['b', 'c', 'd']) await launch(folder, { own: [act(() => undefined)] });
    expect(await graph(store)).toMatchObject({
      states: { 1: 'COMPLETED', 2: 'COMPLETED', 3: 'COMPLETED', 4: 'COMPLETED' },
      state: 'COMPLETED',
    });
  });

  it('gets appended workflows, which see the actions of all their parents', async () => {
    const { add, launch, firework, store } = world();
    await add({ ...CHAIN, links: {}, fws: [acting(1), acting(2)] });
    await launch('a', { own: [act(() => ({ update_spec: { one: 1 } }))] });
    const appended = { workflow: { spec: { _tasks: [] } }, parents: [1], detour: false };
    await launch('b', { own: [act(() => ({ append_wfs: appended, mod_spec: { _push: { list: 2 } } }))] });
    expect(await graph(store)).toMatchObject({ links: { 1: [3], 2: [3], 3: [] } });
    expect(await firework(3)).toMatchObject({ state: 'READY', spec: { one: 1, list: [2] } });
  });

  it('FIZZLES, unchanged, when what comes does not fit', async () => {
    const { add, launch, launchOf, firework, store } = world();
    await add(chain());
    const before = await graph(store);
    const own = [act(() => ({ additions: { fw_id: 7, spec: { _tasks: [] } }, update_spec: { k: 5 } }))];
    await launch('a', { own });
    expect(await launchOf(1)).toMatchObject({
      state: 'FIZZLED',
      action: {
        stored_data: { _exception: { _stacktrace: containing('must use a negative fw_id! Got fw_id: 7') } },
      },
    });
    expect((await firework(2))['spec']).toEqual({ _tasks: [{ _fw_name: 'Act' }] });
    expect(await graph(store)).toEqual({
      ...before,
      state: 'FIZZLED',
      states: { 1: 'FIZZLED', 2: 'WAITING' },
    });
    expect(await store.takeFireworkIds(1)).toBe(3);
  });

  it('says what is wrong with a workflow that a Firetask returns, and in which Firetask', async () => {
    const { add, launch, launchOf } = world();
    await add(chain());
    await launch('a', { own: [act(() => ({ detours: [{ spek: {} }] }))] });
    expect((await launchOf(1))['action']).toMatchObject({
      stored_data: {
        _task: { _fw_name: 'Act' },
        _exception: { _stacktrace: containing('detours[0]') },
      },
    });
  });

  it('takes a large result, which comes back whole', async () => {
    const { add, launch, launchOf, firework, store } = world();
    await add(chain());
    const large = 'x'.repeat(17 * 1024 * 1024);
    await launch('a', { own: [act(() => ({ stored_data: { large, e: -0.5 }, update_spec: { k: 5 } }))] });
    const { state, action } = await launchOf(1);
    expect(state).toBe('COMPLETED');
    if (store.documentLimit === undefined) expect(action).toMatchObject({ update_spec: { k: 5 } });
    else {
      const [id] = Object.values(action as Record<string, string>);
      expect(action).toEqual({ gridfs_id: expect.stringMatching(/^[0-9a-f]{24}$/) as string });
      expect(JSON.parse((await store.readLargeAction(id ?? '')) ?? '')).toEqual({
        ...NO_ACTION,
        stored_data: { large, e: -0.5 },
        update_spec: { k: 5 },
      });
    }
    expect((await firework(2))['spec']).toMatchObject({ k: 5 });
    const { stored_data } = await readLaunchAction(store, 1);
    expect(plain(stored_data)).toEqual({ large, e: -0.5 });
  });

  it('leaves a script alone that returns nothing', async () => {
    const { add, launch, store } = world();
    await add({ ...CHAIN, fws: [script(1, ['true']), script(2, ['true'])] });
    await launch('a');
    expect(await graph(store)).toMatchObject({ nodes: [1, 2], states: { 1: 'COMPLETED', 2: 'READY' } });
    for await (const entry of store.findJournalEntries({ status: 'applying' }))
      throw new Error(`${entry.id} is left`);
  });
});
