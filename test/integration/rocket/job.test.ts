/** What a launch leaves of its job, which values it resolves, and which run its Firetasks belong to. */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { LaunchRecord } from '../../../src/domain/launch-record';
import type { ValueObject } from '../../../src/domain/model';
import { runContext } from '../../../src/rocket/current-run';
import { parseJobText, type SavedJob } from '../../../src/specs/job-files/saved-job';
import { createFiretaskRegistry } from '../../../src/rocket/firetask-registry';
import { launchOffline } from '../../../src/rocket/offline/offline-rocket';
import { temporaryFolder } from '../../support/temporary-folder';
import { act, acting, containing, describeOnBothStores, script, WORKER } from './rocket-world';

const MARKED = { time_now: { _resolve: 'now:%H-%M-%S' }, at: { user: { _resolve: 'env:LPAD_TEST_USER' } } };

describeOnBothStores('a job', (world) => {
  beforeEach(() => {
    process.env['LPAD_TEST_USER'] = 'ada';
  });
  afterEach(() => {
    delete process.env['LPAD_TEST_USER'];
  });

  const pathOf = (directory: string, name = 'job.json'): string =>
    join(world().folder, directory, '.lpad', name);
  const savedIn = (directory: string): SavedJob =>
    parseJobText(readFileSync(pathOf(directory), 'utf8'), 'job.json');
  const returned = (directory: string, name = 'job_return.json'): ValueObject =>
    JSON.parse(readFileSync(pathOf(directory, name), 'utf8')) as ValueObject;

  async function recordOf(launchId: number): Promise<LaunchRecord | undefined> {
    for await (const record of world().store.findLaunchRecords([launchId])) return record;
    return undefined;
  }

  it('is saved where it runs, with the names of the environment and none of its values', async () => {
    const { add, launch, folder, log } = world();
    await add(script(1, ['true'], { foo: 'bar' }));
    await launch('a');
    const { spec, ...head } = savedIn('a');
    expect(head).toMatchObject({
      launchDir: join(folder, 'a'),
      launchId: 1,
      fwId: 1,
      runId: 1,
      rootId: 1,
      pid: process.pid,
      name: 'fw1',
      worker: { name: 'w1', env: { cmd: 'sim' } },
      resolved: [],
    });
    expect(spec).toEqual({ foo: 'bar', _tasks: [{ _fw_name: 'ScriptTask', script: 'true' }] });
    expect(head.environment).toContain('LPAD_TEST_USER');
    expect(readFileSync(pathOf('a'), 'utf8')).not.toContain('"ada"');
    expect(returned('a')).toMatchObject({ launch_id: 1, rerun: false, state: 'COMPLETED', resolved: [] });
    expect(log.filter((line) => line.includes('.lpad'))).toEqual([
      `INFO Saved the job in ${pathOf('a')}`,
      `INFO Saved what came of the job in ${pathOf('a', 'job_return.json')}`,
    ]);
  });

  it('that cannot be saved runs all the same', async () => {
    const { add, launch, folder, log } = world();
    await add(script(1, ['true']));
    mkdirSync(join(folder, 'a'));
    writeFileSync(join(folder, 'a/.lpad'), 'in the way');
    expect(await launch('a')).toMatchObject({ state: 'COMPLETED', saved: true });
    expect(log).toContainEqual(containing('WARN the job could not be saved in'));
  });

  it('gets values for its markers; the stored spec keeps them, and the record of the launch has both', async () => {
    const { add, launch, firework } = world();
    const seen: ValueObject[] = [];
    await add({
      ...acting(1),
      spec: { ...MARKED, _tasks: [{ _fw_name: 'Act', text: { _resolve: 'env:LPAD_TEST_USER' } }] },
    });
    const own = act(({ spec, parameters }) => {
      seen.push({ now: spec['time_now'], at: spec['at'], ...parameters });
      return undefined;
    });
    expect(await launch('a', { own: [own] })).toMatchObject({ state: 'COMPLETED' });
    const time = String(seen[0]?.['now']);
    expect(time).toMatch(/^\d\d-\d\d-\d\d$/);
    expect(seen).toEqual([{ now: time, at: { user: 'ada' }, text: 'ada' }]);
    expect(await firework(1)).toMatchObject({ spec: MARKED });
    const resolved = [
      { path: 'spec.time_now', resolve: 'now:%H-%M-%S', value: time },
      { path: 'spec.at.user', resolve: 'env:LPAD_TEST_USER', value: 'ada' },
      { path: 'spec._tasks[0].text', resolve: 'env:LPAD_TEST_USER', value: 'ada' },
    ];
    expect(await recordOf(1)).toMatchObject({ spec: MARKED, resolved });
    expect(savedIn('a')).toMatchObject({ spec: MARKED, resolved });
    expect(returned('a')).toMatchObject({ resolved });
  });

  it('without markers has no word of them in its record', async () => {
    const { add, launch } = world();
    await add(script(1, ['true']));
    await launch('a');
    expect(Object.keys((await recordOf(1)) ?? {})).not.toContain('resolved');
  });

  it('for which a variable is missing becomes FIZZLED, with the reason, and can be rerun from its file', async () => {
    const { add, launch, launchOf } = world();
    delete process.env['LPAD_TEST_USER'];
    await add(script(1, ['touch ran'], MARKED));
    expect(await launch('a')).toMatchObject({ state: 'FIZZLED' });
    const reason = 'ValueError: spec.at.user: the environment has no variable LPAD_TEST_USER';
    expect(await launchOf(1)).toMatchObject({
      action: { stored_data: { _exception: { _stacktrace: containing(reason) } } },
    });
    expect(existsSync(join(world().folder, 'a/ran'))).toBe(false);
    expect(savedIn('a').spec).toMatchObject(MARKED);
  });

  it('leaves its markers also in what is stored of a failure', async () => {
    const { add, launch, launchOf } = world();
    const task = { script: { _resolve: 'env:LPAD_TEST_USER' } };
    await add({ fw_id: 1, name: 'fw1', spec: { _tasks: [{ _fw_name: 'ScriptTask', ...task }] } });
    await launch('a');
    expect(await launchOf(1)).toMatchObject({
      state: 'FIZZLED',
      action: { stored_data: { _task: { _fw_name: 'ScriptTask', ...task } } },
    });
  });

  it('finds its directory by a marker', async () => {
    const { add, launch, folder } = world();
    process.env['LPAD_TEST_USER'] = join(folder, 'elsewhere');
    await add(script(1, ['true'], { _launch_dir: { _resolve: 'env:LPAD_TEST_USER' } }));
    expect(await launch('a')).toMatchObject({ launchDir: join(folder, 'elsewhere') });
    expect(savedIn('elsewhere').launchDir).toBe(join(folder, 'elsewhere'));
    expect(existsSync(join(folder, 'a'))).toBe(false);
  });

  it('of an earlier launch in the same directory is kept, and none is copied by a recovery', async () => {
    const { add, launch, folder, store } = world();
    await add(script(1, ['true']));
    await add(script(2, ['true']));
    await launch('a');
    await launch('a');
    expect(savedIn('a').launchId).toBe(2);
    expect(returned('a', 'launch-1/job_return.json')).toMatchObject({ launch_id: 1 });
    const recovery = { _task_n: 0, _mode: 'cp', _prev_dir: join(folder, 'a') };
    await add(script(3, ['true'], { _recovery: recovery }));
    await launch('b');
    expect(savedIn('b').launchId).toBe(3);
    expect(existsSync(pathOf('b', 'launch-2'))).toBe(false);
    expect(await store.readCounters()).toMatchObject({ nextLaunchId: 4 });
  });

  it('tells Firetasks and programs which run they belong to, and nobody else', async () => {
    const { add, launch, folder } = world();
    const command = 'echo $LPAD_RUN_ID $LPAD_ROOT_ID $LPAD_FW_ID $LPAD_LAUNCH_ID >> ids';
    await add({
      name: 'two',
      fws: [script(1, [command]), script(2, [command])],
      links: { 1: [2] },
    });
    await launch('a');
    await launch('a');
    expect(readFileSync(join(folder, 'a/ids'), 'utf8')).toBe('1 1 1 1\n1 1 2 2\n');
    const seen: unknown[] = [];
    await add(acting(1));
    const own = act(async () => {
      await new Promise((resolve) => setTimeout(resolve, 5));
      seen.push(runContext());
      return undefined;
    });
    await launch('b', { own: [own] });
    expect(seen).toEqual([{ runId: 3, rootId: 3, fwId: 3, launchId: 3 }]);
    expect(runContext).toThrow(
      expect.objectContaining({
        code: 'NO_FIRETASK',
        message: containing('where no Firetask runs'),
      }) as Error,
    );
  });

  it('knows the first of its family, by what the workflow says or by those between', async () => {
    const { add, launch } = world();
    const again = (metadata: ValueObject): ValueObject => ({ fws: [acting(1)], links: {}, metadata });
    await add(again({}));
    await add(again({ rerun_of: 1 }));
    await add(again({ rerun_of: 2 }));
    await add(again({ rerun_of: 99 }));
    await add(again({ rerun_of: 3, root_of: 1 }));
    const seen: unknown[] = [];
    const own = act(() => {
      const { runId, rootId } = runContext();
      seen.push([runId, rootId]);
      return undefined;
    });
    for (let fwId = 1; fwId <= 5; fwId += 1) await launch(`d${String(fwId)}`, { own: [own], fwId });
    expect(seen).toEqual([
      [1, 1],
      [2, 1],
      [3, 1],
      [4, 99],
      [5, 1],
    ]);
  });
});

describe('an offline job', () => {
  const folder = temporaryFolder();

  it('is saved, has its values, and does not know its workflow', async () => {
    process.env['LPAD_RUN_ID'] = 'of a rocket outside';
    const command = 'echo "[$LPAD_RUN_ID] $LPAD_FW_ID $LPAD_LAUNCH_ID" > ids';
    const firework = { ...script(3, [command], { day: { _resolve: 'now:%Y' } }), state: 'RESERVED' };
    writeFileSync(join(folder, 'FW.json'), JSON.stringify(firework));
    writeFileSync(join(folder, 'FW_offline.json'), JSON.stringify({ launch_id: 8 }));
    const outcome = await launchOffline({
      worker: WORKER,
      registry: createFiretaskRegistry(),
      launchDir: folder,
      logger: { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} },
      signal: new AbortController().signal,
    });
    delete process.env['LPAD_RUN_ID'];
    expect(outcome).toEqual({ kind: 'ran', fwId: 3, state: 'COMPLETED' });
    expect(readFileSync(join(folder, 'ids'), 'utf8')).toBe('[] 3 8\n');
    const job = parseJobText(readFileSync(join(folder, '.lpad/job.json'), 'utf8'), 'job.json');
    expect(job).toMatchObject({ launchId: 8, fwId: 3, spec: { day: { _resolve: 'now:%Y' } } });
    expect(Object.keys(job)).not.toContain('runId');
    expect(existsSync(join(folder, '.lpad/job_return.json'))).toBe(true);
  });
});
