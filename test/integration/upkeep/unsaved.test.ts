/** Results that a rocket could only leave in its directory, brought home (`lpad recover_unsaved`). */
import { existsSync, mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { createAction, type FWActionParts } from '../../../src/domain/actions/fw-action';
import type { Launch } from '../../../src/domain/model';
import { RECOVERED_FILE, UNSAVED_FILE, writeUnsaved } from '../../../src/rocket/result/unsaved-file';
import { script } from '../rocket/rocket-world';
import { describeUpkeep, type UpkeepWorld } from './upkeep-world';

const CHAIN = {
  name: 'chain',
  fws: [script(1, ['true']), script(2, ['true'])],
  links: { 1: [2] },
};

/** As a rocket leaves it; the file. */
function leave(
  launch: Launch,
  parts: FWActionParts = {},
  state: 'COMPLETED' | 'FIZZLED' = 'COMPLETED',
): Promise<string> {
  const end = { launch, state, action: createAction(parts), endedOn: new Date('2026-11-21T08:00:00Z') };
  return writeUnsaved(launch.launchDir, end);
}

async function recover(
  { lpad, folder }: UpkeepWorld,
  ...words: readonly string[]
): Promise<{ readonly status: number; readonly results: readonly Record<string, unknown>[] }> {
  const { status, out } = await lpad('recover_unsaved', folder, '-o', 'json', ...words);
  return { status, results: (JSON.parse(out) as { results: Record<string, unknown>[] }).results };
}

describeUpkeep('results that could not be saved', (world) => {
  it('are brought home once, while the launch is RUNNING, and hand on what they have', async () => {
    const { add, checkout, lpad, launch, firework, states, folder } = world();
    await add(CHAIN);
    const run = await checkout(1);
    const file = await leave(run, { stored_data: { energy: 1.5 }, update_spec: { energy: 1.5 } });
    expect(await lpad('recover_unsaved', '.', '--dry-run')).toMatchObject({
      status: 0,
      out: 'would recover Firework 1, launch 1 COMPLETED\n',
      err: '1 result would be recovered.\nNothing was written. The same command without --dry-run does it.\n',
    });
    expect(await launch(1)).toEqual(run);
    expect(existsSync(file)).toBe(true);
    expect(await recover(world())).toMatchObject({
      status: 0,
      results: [{ outcome: 'recovered', fw_id: 1 }],
    });
    expect(await states(1, 2)).toEqual(['COMPLETED', 'READY']);
    expect((await firework(2)).spec['energy']).toBe(1.5);
    expect(await launch(1)).toMatchObject({
      state: 'COMPLETED',
      timeEnd: '2026-11-21T08:00:00+00:00',
      action: { stored_data: { energy: 1.5 } },
    });
    expect(existsSync(file)).toBe(false);
    const kept = join(dirname(file), RECOVERED_FILE);
    const after = await launch(1);
    renameSync(kept, file);
    expect(await recover(world())).toMatchObject({ status: 0, results: [{ outcome: 'over' }] });
    expect(await launch(1)).toEqual(after);
    renameSync(file, kept);
    expect(await lpad('recover_unsaved', folder)).toEqual({
      status: 0,
      out: '',
      err: 'No result is left there (FW_action_unsaved.json).\n',
    });
  });

  it('are brought home to a launch that was declared lost', async () => {
    const { add, checkout, lpad, states, launch } = world();
    await add(CHAIN);
    await leave(await checkout(1, 5));
    await lpad('detect_lostruns', '--fizzle');
    expect(await states(1, 2)).toEqual(['FIZZLED', 'WAITING']);
    expect(await recover(world())).toMatchObject({ status: 0, results: [{ outcome: 'recovered' }] });
    expect(await states(1, 2)).toEqual(['COMPLETED', 'READY']);
    const { state, stateHistory } = await launch(1);
    expect(state).toBe('COMPLETED');
    expect(stateHistory.map((entry) => entry.state)).toEqual(['RUNNING', 'FIZZLED', 'COMPLETED']);
  });

  it('stay where they are when the Firework was rerun, or failed by itself, or a child went on', async () => {
    const { add, checkout, lpad, states, store } = world();
    await add(CHAIN);
    await add({
      ...CHAIN,
      fws: [script(1, ['true']), script(2, ['true'], { _allow_fizzled_parents: true })],
    });
    await add(script(1, ['true']));
    const lost = await Promise.all([1, 3].map((fwId) => checkout(fwId, 5)));
    for (const one of lost) await leave(one);
    await lpad('detect_lostruns', '--fizzle');
    await lpad('rerun_fws', '-i', '1');
    const failed = await checkout(5);
    await leave(failed);
    const action = { ...createAction({ exit: true }) };
    await store.updateLaunch({ launchId: failed.launchId, onlyWhile: ['RUNNING'], state: 'FIZZLED', action });
    expect(await states(1, 3, 4)).toEqual(['READY', 'FIZZLED', 'READY']);
    const { status, results } = await recover(world());
    expect(status).toBe(1);
    expect(results.map(({ fw_id, outcome, reason }) => [fw_id, outcome, reason])).toEqual([
      [1, 'refused', expect.stringContaining('was rerun')],
      [3, 'refused', expect.stringContaining('Firework 4 below it is READY')],
      [5, 'over', expect.stringContaining('is FIZZLED already')],
    ]);
    expect(await states(1, 3, 4)).toEqual(['READY', 'FIZZLED', 'READY']);
    expect(existsSync(join(lost[0]?.launchDir ?? '', UNSAVED_FILE))).toBe(true);
    await lpad('undo');
    expect((await recover(world())).results).toMatchObject([{ fw_id: 1, outcome: 'recovered' }, {}, {}]);
    expect(await states(1, 2)).toEqual(['COMPLETED', 'READY']);
  });

  it('are refused from another directory, another database, and when they cannot be read', async () => {
    const { add, checkout, lpad, states, folder } = world();
    await add(CHAIN);
    const run = await checkout(1);
    const elsewhere = join(folder, 'moved');
    for (const name of ['moved', 'broken', 'foreign']) mkdirSync(join(folder, name));
    await leave({ ...run, launchDir: elsewhere });
    await leave({ ...run, fwId: 7, launchDir: join(folder, 'foreign') });
    writeFileSync(join(folder, 'broken', UNSAVED_FILE), '{"fw_id": 1');
    const { status, results } = await recover(world());
    expect(status).toBe(1);
    expect(results.map(({ outcome, reason }) => [outcome, reason])).toEqual([
      ['failed', expect.anything()],
      ['refused', 'Firework 7 has no launch 1 here'],
      ['refused', expect.stringContaining("is another's, or was moved")],
    ]);
    expect(await states(1)).toEqual(['RUNNING']);
    expect(await lpad('recover_unsaved')).toMatchObject({ status: 2 });
    expect(await lpad('recover_unsaved', 'nowhere')).toMatchObject({ status: 2 });
  });

  it('that do not fit the children leave all as it is', async () => {
    const { add, checkout, states, launch } = world();
    await add({ ...CHAIN, fws: [script(1, ['true']), script(2, ['true'], { runs: 'text' })] });
    const run = await checkout(1);
    await leave(run, { mod_spec: [{ _push: { runs: 1 } }] });
    expect(await recover(world())).toMatchObject({ status: 1, results: [{ outcome: 'failed' }] });
    expect(await launch(1)).toEqual(run);
    expect(await states(1, 2)).toEqual(['RUNNING', 'WAITING']);
  });

  it('are brought home by one of several at once', async () => {
    const { add, checkout, states } = world();
    await add(CHAIN);
    await leave(await checkout(1), { mod_spec: [{ _push: { runs: 1 } }] });
    const all = await Promise.all([1, 2, 3].map(() => recover(world())));
    const outcomes = all.flatMap(({ results }) => results.map(({ outcome }) => outcome));
    expect(outcomes.filter((one) => one === 'recovered')).toHaveLength(1);
    expect(await states(1, 2)).toEqual(['COMPLETED', 'READY']);
    expect((await world().firework(2)).spec['runs']).toEqual([1]);
  });
});
