import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { LpadError } from '../../../src/errors';
import { refreshWorkflows } from '../../../src/launchpad/refresh-workflows';
import { defineFiretask } from '../../../src/rocket/define-firetask';
import { rapidfire } from '../../../src/rocket/rapidfire';
import { createFiretaskRegistry } from '../../../src/rocket/firetask-registry';
import type { LaunchPadStore } from '../../../src/storage/launchpad-store';
import { NO_ACTION, WORKER, act, acting, describeOnBothStores, script } from './rocket-world';

const CHAIN = { name: 'w', metadata: {}, links: { 1: [2] } };

describeOnBothStores('a rocket', (world) => {
  it('runs a Firework and makes its child READY', async () => {
    const { add, launch, firework, launchOf, states, folder, log } = world();
    const first = script(1, [{ script: 'seq 3 > log.txt; printf hi', store_stdout: true }], {
      _trackers: [{ filename: 'log.txt', nlines: 2 }],
    });
    await add({ ...CHAIN, fws: [first, script(2, ['true'])] });

    const outcome = await launch('a');

    const launchDir = join(folder, 'a');
    expect(outcome).toEqual({ kind: 'ran', fwId: 1, launchId: 1, launchDir, state: 'COMPLETED', saved: true });
    expect(await firework(1)).toEqual({
      fw_id: 1,
      name: 'fw1',
      spec: first['spec'],
      created_on: '<date>',
      updated_on: '<date>',
      launches: [1],
      archived_launches: [],
      state: 'COMPLETED',
    });
    const stored = { stdout: 'hi', returncode: 0, all_returncodes: [0] };
    const checkpoint = { _task_n: 0, _all_stored_data: {}, _all_update_spec: {}, _all_mod_spec: [] };
    expect(await launchOf(1)).toEqual({
      fworker: { name: 'w1', category: '', query: '{}', env: { cmd: 'sim' } },
      fw_id: 1,
      launch_dir: launchDir,
      host: hostname(),
      ip: expect.stringMatching(/^\d+\.\d+\.\d+\.\d+$/),
      trackers: [{ filename: 'log.txt', nlines: 2, allow_zipped: false, content: '2\n3' }],
      action: { ...NO_ACTION, stored_data: stored },
      state: 'COMPLETED',
      state_history: [
        { state: 'RUNNING', created_on: '<date>', updated_on: '<date>', checkpoint },
        { state: 'COMPLETED', created_on: '<date>' },
      ],
      launch_id: 1,
      time_start: '<date>',
      time_end: '<date>',
      runtime_secs: '<secs>',
    });
    expect(await states(1)).toEqual({ state: 'RUNNING', fwStates: { 1: 'COMPLETED', 2: 'READY' } });
    expect(log).toEqual([
      'INFO Launching Rocket',
      `INFO RUNNING fw_id: 1 in directory: ${launchDir}`,
      'INFO Task started: ScriptTask.',
      'INFO Task completed: ScriptTask',
      'INFO Rocket finished',
    ]);
  });

  it('writes FW.json with the running launch', async () => {
    const { add, launch, folder } = world();
    await add(script(1, ['true'], { size: 2 }));
    await launch('a');
    const file = JSON.parse(readFileSync(join(folder, 'a', 'FW.json'), 'utf8')) as Record<string, unknown>;
    expect(Object.keys(file)).toEqual(['spec', 'fw_id', 'created_on', 'updated_on', 'launches', 'state', 'name']);
    expect(file).toMatchObject({ state: 'RUNNING', launches: [{ launch_id: 1, state: 'RUNNING', action: null }] });
  });

  it('keeps the end of stderr when a command fails, and the checkpoint of the failed Firetask', async () => {
    const { add, launch, launchOf, states } = world();
    await add({ ...CHAIN, fws: [script(1, ['true', { script: 'seq 60 >&2; exit 3', stderr_file: 'err' }]), script(2, ['true'])] });
    await launch('a');
    const lines = Array.from({ length: 50 }, (_, index) => `    ${String(index + 11)}\n`).join('');
    const checkpoint = {
      _task_n: 1,
      _all_stored_data: { returncode: 0, all_returncodes: [0] },
      _all_update_spec: {},
      _all_mod_spec: [],
    };
    expect(await launchOf(1)).toMatchObject({
      state: 'FIZZLED',
      action: {
        ...NO_ACTION,
        exit: true,
        stored_data: {
          _message: 'runtime error during task',
          _task: { _fw_name: 'ScriptTask', script: 'seq 60 >&2; exit 3', stderr_file: 'err' },
          _exception: {
            _stacktrace: `Traceback (most recent call last):\n  ScriptTask, command: seq 60 >&2; exit 3\n  last lines on stderr:\n${lines}RuntimeError: ScriptTask fizzled! Return code: [3]\n`,
            _details: null,
          },
        },
      },
      state_history: [
        { state: 'RUNNING', created_on: '<date>', updated_on: '<date>', checkpoint },
        { state: 'FIZZLED', created_on: '<date>', checkpoint },
      ],
    });
    expect(await states(1)).toEqual({ state: 'FIZZLED', fwStates: { 1: 'FIZZLED', 2: 'WAITING' } });
  });

  it('takes the action of a Firetask from FWAction.json once, with the types of its numbers', async () => {
    const { add, launch, launchOf, folder } = world();
    const action = JSON.stringify({ ...NO_ACTION, stored_data: { energy: -1 } }).replace('-1', '-1.0');
    await add(script(1, [`printf '%s' '${action}' > FWAction.json`, 'true']));
    await launch('a');
    const stored = (await launchOf(1))['action'] as { stored_data: Record<string, unknown> };
    expect(stored.stored_data['energy']).toMatchObject({ value: -1 });
    expect(stored.stored_data['returncode']).toBe(0);
    expect(existsSync(join(folder, 'a', 'FWAction.task-0.json'))).toBe(true);
  });

  it('applies an action to the children, and shows it to the Firetasks that follow', async () => {
    const { add, launch, firework } = world();
    const seen: unknown[] = [];
    const fws = [
      { fw_id: 1, spec: { runs: [1], _tasks: [{ _fw_name: 'Act' }, { _fw_name: 'Act' }] } },
      { fw_id: 2, spec: { runs: [7], _tasks: [{ _fw_name: 'Act' }] } },
    ];
    await add({ ...CHAIN, fws });
    const own = [
      act(({ spec }) => {
        seen.push([spec['runs'], spec['n']]);
        return { update_spec: { n: 5 }, mod_spec: { _push: { runs: 2 } } };
      }),
    ];
    await launch('a', { own });
    expect(seen).toEqual([
      [[1], undefined],
      [[1, 2], 5],
    ]);
    expect((await firework(2))['spec']).toEqual({ runs: [7, 2, 2], _tasks: [{ _fw_name: 'Act' }], n: 5 });
  });

  it('fizzles when its action cannot be applied, and says why', async () => {
    const { add, launch, launchOf, states } = world();
    await add({ ...CHAIN, fws: [acting(1), acting(2, { runs: 'text' })] });
    await launch('a', { own: [act(() => ({ stored_data: { a: 1 }, mod_spec: [{ _push: { runs: 2 } }] }))] });
    expect((await launchOf(1))['action']).toMatchObject({
      exit: true,
      stored_data: { _task: null, _exception: { _stacktrace: expect.stringContaining('ActionError: Keyword runs does not refer to an array.') } },
    });
    expect(await states(1)).toEqual({ state: 'FIZZLED', fwStates: { 1: 'FIZZLED', 2: 'WAITING' } });
  });

  it('fizzles a Firework whose Firetask wants to grow the workflow', async () => {
    const { add, launch, launchOf } = world();
    await add(acting(1));
    await launch('a', { own: [act(() => ({ detours: [{ spec: { _tasks: [] } }] }))] });
    expect(await launchOf(1)).toMatchObject({
      state: 'FIZZLED',
      action: { stored_data: { _exception: { _stacktrace: expect.stringContaining('the Firetask returned detours') } } },
    });
  });

  it('runs a child that allows it after a failure, and tells it of the parents', async () => {
    const { add, launch, firework, states } = world();
    await add({ ...CHAIN, fws: [script(1, ['exit 1']), script(2, ['true'], { _allow_fizzled_parents: true })] });
    await launch('a');
    const child = await firework(2);
    expect(child).toMatchObject({
      state: 'READY',
      spec: { _fizzled_parents: [{ fw_id: 1, name: 'fw1', state: 'FIZZLED', launches: [{ launch_id: 1, state: 'FIZZLED' }] }] },
    });
    expect(await launch('b')).toMatchObject({ fwId: 2, state: 'COMPLETED', saved: true });
    expect(await states(1)).toEqual({ state: 'COMPLETED', fwStates: { 1: 'FIZZLED', 2: 'COMPLETED' } });
  });

  it('defuses children and workflow', async () => {
    const { add, launch, states } = world();
    await add({ name: 'w', metadata: {}, links: { 1: [2], 3: [] }, fws: [acting(1), acting(2), acting(3)] });
    await launch('a', { own: [act(() => ({ defuse_workflow: true }))] });
    expect(await states(1)).toEqual({ state: 'DEFUSED', fwStates: { 1: 'COMPLETED', 2: 'DEFUSED', 3: 'DEFUSED' } });
  });

  it('hands files and its story to the children', async () => {
    const { add, launch, firework, folder } = world();
    const parent = script(1, ['touch out.1 out.2'], { _files_out: { result: 'out.*' }, _pass_job_info: true, _preserve_fworker: true });
    await add({ ...CHAIN, fws: [parent, script(2, ['true'], { _files_in: { result: 'in' } })] });
    await launch('a');
    const launchDir = join(folder, 'a');
    expect((await firework(2))['spec']).toMatchObject({
      _fworker: 'w1',
      _job_info: [{ fw_id: 1, name: 'fw1', launch_dir: launchDir, state: 'RUNNING' }],
      _files_prev: { result: join(launchDir, 'out.2') },
    });
    await launch('b');
    expect(existsSync(join(folder, 'b', 'in'))).toBe(true);
  });

  it('leaves alone what it cannot run, and says so when it is asked by id', async () => {
    const { add, launch, states } = world();
    await add({ fw_id: 1, name: 'python', spec: { _tasks: [{ _fw_name: 'ScriptTask', script: 'true' }, { _fw_name: 'PyTask', func: 'len' }] } });
    expect(await launch('a')).toEqual({ kind: 'nothing' });
    await expect(launch('a', { fwId: 1 })).rejects.toThrow('Firework 1 cannot be run here: unknown Firetask PyTask');
    expect(await states(1)).toEqual({ state: 'READY', fwStates: { 1: 'READY' } });
  });

  it('gives a claim back when the workflow stays locked', async () => {
    const { add, launch, firework, store } = world();
    await add(script(1, ['true']));
    const [{ workflowKey } = { workflowKey: '' }] = await store.findMemberships([1]);
    const owner = { name: 'another', expiresAt: Date.now() + 100_000 };
    await store.lockWorkflows([workflowKey], owner, 0);
    setTimeout(() => void store.unlockWorkflows([workflowKey], owner), 150);
    await expect(launch('a', { settings: { lockWaitMs: 100 } })).rejects.toThrow('stayed locked');
    expect(await firework(1)).toMatchObject({ state: 'READY', launches: [] });
  });

  it('keeps the result of a launch that was archived meanwhile, and changes no Firework', async () => {
    const { add, launch, launchOf, firework, store, log } = world();
    await add(acting(1));
    const own = [defineFiretask({ name: 'Act', run: () => archiveLaunches(store, 1) })];
    await launch('a', { own });
    expect(await launchOf(1)).toMatchObject({ state: 'COMPLETED', action: NO_ACTION });
    expect(await firework(1)).toMatchObject({ state: 'READY', launches: [], archived_launches: [1] });
    expect(log).toContain('WARN Firework 1 was rerun meanwhile; its result is kept with the old launch');
  });

  it('leaves the result in a file when lost-run detection has ended the launch', async () => {
    const { add, launch, launchOf, store, folder } = world();
    await add(acting(1));
    const lose = async (): Promise<void> => void (await store.updateLaunch({ launchId: 1, onlyWhile: ['RUNNING'], state: 'FIZZLED' }));
    const outcome = await launch('a', { own: [defineFiretask({ name: 'Act', run: lose })] });
    expect(outcome).toMatchObject({ state: 'COMPLETED', saved: false });
    expect(await launchOf(1)).toMatchObject({ state: 'FIZZLED', action: null });
    const file = JSON.parse(readFileSync(join(folder, 'a', 'FW_action_unsaved.json'), 'utf8')) as unknown;
    expect(file).toMatchObject({ fw_id: 1, launch_id: 1, state: 'COMPLETED', action: NO_ACTION });
  });

  it('waits for a database that is away while there is a result', async () => {
    const { add, launch, states, store } = world();
    await add(acting(1));
    let failures = 2;
    const flaky = { ...store, findFireworksOfLaunches: async (ids: readonly number[]) => {
      if (failures-- > 0) throw new LpadError('NO_DATABASE', 'connection closed');
      return store.findFireworksOfLaunches(ids);
    } };
    expect(await launch('a', { store: flaky, own: [act(() => undefined)] })).toMatchObject({ saved: true });
    expect(await states(1)).toEqual({ state: 'COMPLETED', fwStates: { 1: 'COMPLETED' } });
  });

  it('gives up a database that stays away, and leaves the result in a file', async () => {
    const { add, launch, store, folder } = world();
    await add(acting(1));
    const gone = { ...store, findFireworksOfLaunches: () => Promise.reject(new LpadError('NO_DATABASE', 'connection closed')) };
    const outcome = await launch('a', { store: gone, own: [act(() => undefined)], settings: { retryForMs: 600 } });
    expect(outcome).toMatchObject({ state: 'COMPLETED', saved: false });
    expect(existsSync(join(folder, 'a', 'FW_action_unsaved.json'))).toBe(true);
  });

  it('takes over the launches of a duplicate', async () => {
    const { add, launch, firework } = world();
    const spec = { _dupefinder: { _fw_name: 'DupeFinderExact' }, x: 1 };
    await add(script(1, ['true'], spec));
    await add(script(2, ['true'], spec));
    await launch('a', { fwId: 1 });
    expect(await launch('b')).toEqual({ kind: 'nothing' });
    expect(await firework(2)).toMatchObject({ state: 'COMPLETED', launches: [1] });
  });

  it('goes on with rapidfire until nothing is left', async () => {
    const { add, folder, store, logger, states } = world();
    mkdirSync(join(folder, 'r'));
    await add({ name: 'w', metadata: {}, links: { 1: [2], 2: [3] }, fws: [1, 2, 3].map((id) => script(id, ['pwd > where'])) });
    const count = await rapidfire({
      store,
      worker: WORKER,
      registry: createFiretaskRegistry(),
      folder: join(folder, 'r'),
      nlaunches: 0,
      sleepSecs: 1,
      logger,
      signal: new AbortController().signal,
      localRedirect: true,
    });
    expect(count).toEqual({ launched: 3, fizzled: 0 });
    expect(await states(1)).toMatchObject({ state: 'COMPLETED' });
  });
});

/** What a rerun does to a Firework that is RUNNING. */
async function archiveLaunches(store: LaunchPadStore, fwId: number): Promise<void> {
  const outcome = await refreshWorkflows(store, {
    fwIds: [fwId],
    now: () => new Date(),
    edit: (draft) => {
      draft.archiveLaunches(fwId);
      draft.setState(fwId, 'WAITING');
    },
  });
  expect(outcome).toEqual({ kind: 'refreshed', locked: [], orphaned: [], conflicts: [], problems: [] });
}
