import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Value } from '../../../src/domain/model';
import { refreshWorkflows } from '../../../src/launchpad/refresh/refresh-workflows';
import { defineFiretask } from '../../../src/rocket/define-firetask';
import { containing, describeOnBothStores, type RocketWorld } from './rocket-world';

/** The first Firetask leaves a file and a value, the second one fails until it is told not to. */
const FLAKY = {
  name: 'flaky',
  spec: {
    n: 1,
    _tasks: [
      { _fw_name: 'ScriptTask', script: 'echo first >> made' },
      { _fw_name: 'Set' },
      { _fw_name: 'Flaky' },
    ],
  },
};

describeOnBothStores('the recovery of a Firework at the Firetask that failed', (world) => {
  const seen: unknown[] = [];
  let fails = true;
  const own = [
    defineFiretask({
      name: 'Set',
      run: () => ({ stored_data: { s: 1 }, update_spec: { n: 5 }, mod_spec: { _push: { list: 'x' } } }),
    }),
    defineFiretask({
      name: 'Flaky',
      run: ({ spec, storedData, launchDir }) => {
        if (fails) throw new Error('no luck');
        seen.push([spec['n'], spec['list'], storedData['s'], existsSync(join(launchDir, 'made'))]);
        return undefined;
      },
    }),
  ];

  /** One failed launch, and the rerun that FireWorks would do of it. */
  async function failAndRerun(
    { add, launch, store, folder }: RocketWorld,
    mode: 'cp' | 'prev_dir' | null,
  ): Promise<string> {
    fails = true;
    seen.length = 0;
    await add(FLAKY);
    await launch('old', { own });
    fails = false;
    const oldDir = join(folder, 'old');
    await rerunAtTask(store, mode, oldDir);
    return oldDir;
  }

  it('begins with a copy of the old directory, and with what the earlier Firetasks put into the spec', async () => {
    const { launch, launchOf, log, folder } = world();
    const oldDir = await failAndRerun(world(), 'cp');
    expect(await launch('new', { own })).toMatchObject({ launchId: 2, state: 'COMPLETED' });
    expect(seen).toEqual([[5, ['x'], 1, true]]);
    expect(log).toContain(`INFO Recovering from task number 2 in folder ${oldDir}.`);
    expect(log).toContain(
      `INFO Copying data from recovery folder ${oldDir} to folder ${join(folder, 'new')}.`,
    );
    expect(await launchOf(2)).toMatchObject({
      launch_dir: join(folder, 'new'),
      action: {
        stored_data: { s: 1, returncode: 0 },
        update_spec: { n: 5 },
        mod_spec: [{ _push: { list: 'x' } }],
      },
      state_history: [{ checkpoint: { _task_n: 2, _all_update_spec: { n: 5 } } }, { state: 'COMPLETED' }],
    });
    expect(readFileSync(join(folder, 'new', 'made'), 'utf8')).toBe('first\n');
  });

  it('runs in the old directory', async () => {
    const { launch, launchOf, folder } = world();
    const oldDir = await failAndRerun(world(), 'prev_dir');
    expect(await launch('new', { own })).toMatchObject({ state: 'COMPLETED', launchDir: oldDir });
    expect(await launchOf(2)).toMatchObject({ launch_dir: oldDir });
    expect(existsSync(join(folder, 'new'))).toBe(false);
    expect(seen).toEqual([[5, ['x'], 1, true]]);
  });

  it('runs in a new directory', async () => {
    const { launch, folder } = world();
    await failAndRerun(world(), null);
    expect(await launch('new', { own })).toMatchObject({
      state: 'COMPLETED',
      launchDir: join(folder, 'new'),
    });
    expect(seen).toEqual([[5, ['x'], 1, false]]);
  });

  it.each(['cp', 'prev_dir'] as const)(
    'can be tried again when the old directory is gone (%s)',
    async (mode) => {
      const { launch, launchOf } = world();
      const oldDir = await failAndRerun(world(), mode);
      rmSync(oldDir, { recursive: true });
      expect(await launch('new', { own })).toMatchObject({ state: 'FIZZLED' });
      const { state_history: history, action } = await launchOf(2);
      const checkpoint = {
        _task_n: 2,
        _all_stored_data: { returncode: 0, all_returncodes: [0], s: 1 },
        _all_update_spec: { n: 5 },
        _all_mod_spec: [{ _push: { list: 'x' } }],
      };
      expect(history).toEqual([
        { state: 'RUNNING', created_on: '<date>', updated_on: '<date>', checkpoint },
        { state: 'FIZZLED', created_on: '<date>', checkpoint },
      ]);
      expect(action).toMatchObject({
        stored_data: { _task: null, _exception: { _stacktrace: containing(oldDir) } },
      });
      expect(seen).toEqual([]);
      mkdirSync(oldDir);
    },
  );
});

/** As `lpad rerun_fws --task-level` leaves the Firework. */
async function rerunAtTask(store: RocketWorld['store'], mode: Value, oldDir: string): Promise<void> {
  let checkpoint: object = {};
  for await (const launch of store.findLaunches([1], 'all'))
    checkpoint = launch.stateHistory.at(-1)?.checkpoint ?? {};
  const recovery = { ...checkpoint, _prev_dir: oldDir, _launch_id: 1, _mode: mode };
  await refreshWorkflows(store, {
    fwIds: [1],
    now: () => new Date(),
    edit: (draft) => {
      draft.archiveLaunches(1);
      draft.setState(1, 'WAITING');
      draft.setSpec(1, ['_recovery'], recovery);
      if (mode === 'prev_dir') draft.setSpec(1, ['_launch_dir'], oldDir);
    },
  });
}
