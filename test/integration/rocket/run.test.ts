import { mkdirSync, readFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { collect } from '../../conformance/suite/builders';
import { createFiretaskRegistry } from '../../../src/rocket/firetask-registry';
import { rapidfire } from '../../../src/rocket/rapidfire';
import { NO_ACTION, WORKER, describeOnBothStores, script } from './rocket-world';

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
    expect(outcome).toEqual({
      kind: 'ran',
      fwId: 1,
      launchId: 1,
      launchDir,
      state: 'COMPLETED',
      saved: true,
    });
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
      ip: expect.stringMatching(/^\d+\.\d+\.\d+\.\d+$/) as string,
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
      `INFO Saved the job in ${launchDir}/.lpad/job.json`,
      'INFO Task started: ScriptTask.',
      'INFO Task completed: ScriptTask',
      `INFO Saved what came of the job in ${launchDir}/.lpad/job_return.json`,
      'INFO Rocket finished',
    ]);
  });

  it('notes what the launch began with, whatever becomes of the spec', async () => {
    const { add, launch, store } = world();
    await add({ ...CHAIN, fws: [script(1, ['true'], { size: 2 }), script(2, ['true'])] });
    await launch('a');
    const [was] = await collect(store.findFireworks({ ids: [1] }, 'all'));
    const records = await collect(store.findLaunchRecords([1]));
    expect(records).toEqual([
      { launchId: 1, fwId: 1, name: 'fw1', spec: was?.spec, startedOn: expect.any(String) as string },
    ]);
    expect(records[0]?.spec).toMatchObject({ size: 2 });
  });

  it('writes FW.json with the running launch', async () => {
    const { add, launch, folder } = world();
    await add(script(1, ['true'], { size: 2 }));
    await launch('a');
    const file = JSON.parse(readFileSync(join(folder, 'a', 'FW.json'), 'utf8')) as Record<string, unknown>;
    expect(Object.keys(file)).toEqual([
      'spec',
      'fw_id',
      'created_on',
      'updated_on',
      'launches',
      'state',
      'name',
    ]);
    expect(file).toMatchObject({
      state: 'RUNNING',
      launches: [{ launch_id: 1, state: 'RUNNING', action: null }],
    });
  });

  it('keeps the end of stderr when a command fails, and the checkpoint of the failed Firetask', async () => {
    const { add, launch, launchOf, states } = world();
    await add({
      ...CHAIN,
      fws: [script(1, ['true', { script: 'seq 60 >&2; exit 3', stderr_file: 'err' }]), script(2, ['true'])],
    });
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

  it('leaves alone what it cannot run, and says so when it is asked by id', async () => {
    const { add, launch, states } = world();
    await add({
      fw_id: 1,
      name: 'python',
      spec: {
        _tasks: [
          { _fw_name: 'ScriptTask', script: 'true' },
          { _fw_name: 'PyTask', func: 'len' },
        ],
      },
    });
    expect(await launch('a')).toEqual({ kind: 'nothing' });
    await expect(launch('a', { fwId: 1 })).rejects.toThrow(
      'Firework 1 cannot be run here: unknown Firetask PyTask',
    );
    expect(await states(1)).toEqual({ state: 'READY', fwStates: { 1: 'READY' } });
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
    await add({
      name: 'w',
      metadata: {},
      links: { 1: [2], 2: [3] },
      fws: [1, 2, 3].map((id) => script(id, ['pwd > where'])),
    });
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
