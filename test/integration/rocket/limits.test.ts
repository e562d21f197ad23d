import type { Firework } from '../../../src/domain/model';
import type { LaunchPadStore } from '../../../src/storage/launchpad-store';
import { defineFiretask } from '../../../src/rocket/define-firetask';
import { containing, act, acting, describeOnBothStores, script } from './rocket-world';

const LARGE = 'x'.repeat(17 * 1024 * 1024);

describeOnBothStores('a rocket at its limits', (world) => {
  it('reads only what a launch can touch, in a workflow of thousands', async () => {
    const { add, launch, store, states } = world();
    const size = 3000;
    const ids = Array.from({ length: size }, (_, index) => index + 1);
    // Two fizzled ones have many children each, and only one of these tolerates it.
    const fws = ids.map((id) => (id === 7 ? acting(id, { _allow_fizzled_parents: true }) : acting(id)));
    const links = Object.fromEntries(
      ids.slice(0, -1).map((id) => [id, id === 1 ? [3] : id === 2 ? ids.slice(5, 1000) : [id + 1]]),
    );
    await add({ name: 'w', metadata: {}, fws, links });
    await launch('a', {
      fwId: 2,
      own: [
        act(() => {
          throw new Error('no');
        }),
      ],
    });
    const counting = countReads(store);
    await launch('b', { fwId: 1, store: counting.store, own: [act(() => ({ update_spec: { n: 1 } }))] });
    expect(await states(1)).toMatchObject({
      state: 'FIZZLED',
      fwStates: { 1: 'COMPLETED', 2: 'FIZZLED', 3: 'READY' },
    });
    expect([...counting.read].sort()).toEqual([1, 3, 7]);
  });

  it('fizzles before a checkpoint that does not fit, and keeps the one before', async () => {
    const { add, launch, launchOf } = world();
    await add({ spec: { _tasks: [{ _fw_name: 'Act' }, { _fw_name: 'Act' }] } });
    await launch('a', { own: [act(() => ({ stored_data: { LARGE } }))] });
    expect(await launchOf(1)).toMatchObject({
      state: 'FIZZLED',
      state_history: [{ checkpoint: { _task_n: 0 } }, { checkpoint: { _task_n: 0 } }],
      action: {
        stored_data: { _exception: { _stacktrace: containing('17.0 MiB do not fit') } },
      },
    });
  });

  it('runs tasks in the background until the Firework ends, and once more if they ask for it', async () => {
    const { add, launch } = world();
    const rounds: unknown[] = [];
    const note = defineFiretask({
      name: 'Note',
      run: ({ parameters }) => {
        rounds.push(parameters['as']);
        return undefined;
      },
    });
    const background = (as: string, run_on_finish: boolean): object => ({
      tasks: [{ _fw_name: 'Note', as }],
      num_launches: as === 'twice' ? 2 : 0,
      sleep_time: as === 'twice' ? 0.01 : 60,
      run_on_finish,
    });
    await add(
      script(1, ['sleep 0.5'], { _background_tasks: [background('twice', false), background('last', true)] }),
    );
    await launch('a', { own: [note] });
    expect(rounds.sort()).toEqual(['last', 'last', 'twice', 'twice']);
  });

  it('gives up a Firetask that does not stop when it is told to', async () => {
    const { add, launch, launchOf } = world();
    await add(acting(1));
    const controller = new AbortController();
    const deaf = defineFiretask({
      name: 'Act',
      run: () => {
        controller.abort('SIGTERM');
        return new Promise<void>(() => undefined);
      },
    });
    await launch('a', { own: [deaf], signal: controller.signal, settings: { graceMs: 50 } });
    expect(await launchOf(1)).toMatchObject({
      state: 'FIZZLED',
      action: { stored_data: { _message: 'interrupted by SIGTERM' } },
    });
  });

  it('takes over a reservation', async () => {
    const { add, launch, launchOf, firework, store } = world();
    await add(script(1, ['true']));
    await store.claimFirework({ fwId: 1, where: {}, order: 'id', now: new Date() });
    const launchId = await store.takeLaunchIds(1);
    const reserved = {
      state: 'RESERVED',
      created_on: '2026-11-21T08:00:00.000001+00:00',
      updated_on: '2026-11-21T08:00:00.000001+00:00',
      reservation_id: '4711',
    } as const;
    await store.insertLaunch({
      launchId,
      fwId: 1,
      launchDir: '/elsewhere',
      fworker: { name: 'q', category: '', query: '{}', env: {} },
      host: 'head',
      ip: '1.2.3.4',
      trackers: [],
      action: null,
      state: 'RESERVED',
      stateHistory: [reserved],
      timeStart: null,
      timeEnd: null,
      runtimeSecs: null,
      reservedtimeSecs: 1,
    });
    await listLaunch(store, launchId);
    expect(await launch('a', { fwId: 1 })).toMatchObject({ launchId, state: 'COMPLETED' });
    expect(await firework(1)).toMatchObject({ state: 'COMPLETED', launches: [launchId] });
    expect(await launchOf(launchId)).toMatchObject({
      fworker: { name: 'w1' },
      state_history: [
        { state: 'RESERVED', reservation_id: '4711' },
        { state: 'RUNNING' },
        { state: 'COMPLETED' },
      ],
      reservedtime_secs: expect.anything() as object,
    });
  });
});

async function listLaunch(store: LaunchPadStore, launchId: number): Promise<void> {
  const { refreshWorkflows } = await import('../../../src/launchpad/refresh/refresh-workflows.js');
  await refreshWorkflows(store, {
    fwIds: [1],
    now: () => new Date(),
    edit: (draft) => draft.addLaunch(1, launchId),
  });
}

function countReads(store: LaunchPadStore): { readonly store: LaunchPadStore; readonly read: Set<number> } {
  const read = new Set<number>();
  async function* noted(all: AsyncIterable<Firework>): AsyncIterable<Firework> {
    for await (const one of all) {
      read.add(one.fwId);
      yield one;
    }
  }
  return {
    read,
    store: { ...store, findFireworks: (selection, fields) => noted(store.findFireworks(selection, fields)) },
  };
}
