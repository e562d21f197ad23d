/** Runs that are lost: found, ended, and what their rockets may still do afterwards. */
import { NO_ACTION, script } from '../rocket/rocket-world';
import { completeLaunch } from '../../../src/launchpad/launches/complete-launch';
import { createAction } from '../../../src/domain/actions/fw-action';
import { pinged, writePing } from '../../../src/launchpad/launches/ping-launch';
import { createRunContext } from '../../../src/launchpad/run-context';
import { endLostLaunches } from '../../../src/launchpad/upkeep/end-launches';
import { findLostRuns } from '../../../src/launchpad/upkeep/find-lost-runs';
import { describeUpkeep } from './upkeep-world';

const CHAIN = { name: 'w', metadata: {}, fws: [script(1, ['true']), script(2, ['true'])], links: { 1: [2] } };

describeUpkeep('detect_lostruns', (world) => {
  it('tells what is lost in FireWorks words, and changes nothing', async () => {
    const { add, checkout, lpad, states } = world();
    await add(CHAIN);
    await add(script(1, ['true']));
    await checkout(1, 5);
    await checkout(3, 3);
    const { status, out, err } = await lpad('detect_lostruns');
    expect(status).toBe(0);
    expect(out).toBe(
      '\nDetection completed:\n  Lost launches: 1\n  Lost FireWorks: 1\n  Inconsistent FireWorks: 0\n' +
        'You can fix lost FWs using the --rerun or --fizzle arguments to the detect_lostruns command\n',
    );
    expect(err).toContain('Detected 1 lost FWs: [1]');
    expect(await states(1, 2, 3)).toEqual(['RUNNING', 'WAITING', 'RUNNING']);
    expect((await lpad('detect_lostruns', '--time', '7200', '-o', 'ids')).out).toBe('1\n3\n');
    const shown = JSON.parse((await lpad('detect_lostruns', '-d', 'ids')).out) as unknown;
    expect(shown).toEqual({ lost_fws: [1], inconsistent_fws: [] });
  });

  it('fizzles the launch and its Firework in one step, again and again the same', async () => {
    const { add, checkout, lpad, states, launch } = world();
    await add(CHAIN);
    const { launchId } = await checkout(1, 5);
    expect((await lpad('detect_lostruns', '--fizzle', '--dry-run')).status).toBe(0);
    expect(await states(1, 2)).toEqual(['RUNNING', 'WAITING']);
    const first = await lpad('detect_lostruns', '--fizzle');
    expect(first.status).toBe(0);
    expect(first.err).toContain('1 Firework became FIZZLED: [1]');
    expect(await states(1, 2)).toEqual(['FIZZLED', 'WAITING']);
    const ended = await launch(launchId);
    expect(ended).toMatchObject({ state: 'FIZZLED', action: null });
    expect(ended.stateHistory.map(({ state }) => state)).toEqual(['RUNNING', 'FIZZLED']);
    const again = await lpad('detect_lostruns', '--fizzle', '-o', 'json');
    expect(JSON.parse(again.out)).toMatchObject({ journal_id: null, lost_launches: [], lost_fws: [] });
    expect(await launch(launchId)).toEqual(ended);
  });

  it.each(['--fizzle', '--rerun'])(
    '%s is undone together with the launch, which then ends as ever',
    async (fix) => {
      const { add, checkout, lpad, states, launch, firework, store } = world();
      await add(CHAIN);
      const before = await checkout(1, 5);
      const fireworkBefore = await firework(1);
      await lpad('detect_lostruns', fix);
      expect(await launch(before.launchId)).toMatchObject({ state: 'FIZZLED' });
      const undo = await lpad('undo');
      expect(undo).toMatchObject({ status: 0 });
      expect(await launch(before.launchId)).toEqual(before);
      expect(await firework(1)).toEqual(fireworkBefore);
      const end = {
        launch: before,
        state: 'COMPLETED',
        action: createAction(),
        endedOn: new Date(),
      } as const;
      expect(await completeLaunch(store, { ...end, now: () => new Date() })).toMatchObject({
        kind: 'written',
      });
      expect(await states(1, 2)).toEqual(['COMPLETED', 'READY']);
    },
  );

  it('reruns what is lost, and its rocket changes nothing any more', async () => {
    const { add, checkout, lpad, states, launch, firework, store } = world();
    await add(CHAIN);
    const lost = await checkout(1, 5);
    expect((await lpad('detect_lostruns', '--rerun')).status).toBe(0);
    expect(await firework(1)).toMatchObject({
      state: 'READY',
      launches: [],
      archivedLaunches: [lost.launchId],
    });
    const next = await checkout(1);
    expect(await writePing(store, pinged(lost, { now: new Date(), trackers: [] }))).toBe(false);
    const end = { launch: lost, state: 'COMPLETED', action: createAction(), endedOn: new Date() } as const;
    expect(await completeLaunch(store, { ...end, now: () => new Date() })).toEqual({ kind: 'superseded' });
    expect(await launch(lost.launchId)).toMatchObject({ state: 'FIZZLED', action: null });
    expect(await firework(1)).toMatchObject({ state: 'RUNNING', launches: [next.launchId] });
    expect(await states(2)).toEqual(['WAITING']);
  });

  it('resumes at the Firetask that was reached', async () => {
    const { add, checkout, lpad, firework, store } = world();
    await add(script(1, ['true', 'true']));
    const run = await checkout(1, 5);
    const reached = { _task_n: 1, _all_stored_data: { a: 1 }, _all_update_spec: {}, _all_mod_spec: [] };
    const stateHistory = run.stateHistory.map((entry) => ({ ...entry, checkpoint: reached }));
    await store.updateLaunch({ launchId: run.launchId, onlyWhile: ['RUNNING'], stateHistory });
    expect((await lpad('detect_lostruns', '--rerun', '--task-level', '--previous-dir')).status).toBe(0);
    const { state, spec } = await firework(1);
    expect(state).toBe('READY');
    expect(spec).toMatchObject({
      _launch_dir: run.launchDir,
      _recovery: { ...reached, _launch_id: run.launchId, _mode: 'prev_dir', _prev_dir: run.launchDir },
    });
  });

  it('leaves a run alone that gives a sign of life in between', async () => {
    const { add, checkout, lpad, states, launch, store } = world();
    await add(CHAIN);
    const run = await checkout(1, 5);
    const slow: typeof store.findMemberships = async (ids) => {
      await writePing(store, pinged(run, { now: new Date(), trackers: [] }));
      return found(ids);
    };
    const found = store.findMemberships;
    const rules = { now: new Date(), expirationSecs: 14_400 };
    const { launches } = await findLostRuns(store, { rules });
    expect(launches.map(({ launchId }) => launchId)).toEqual([run.launchId]);
    const context = createRunContext({ operation: 'detect_lostruns', commandLine: [] });
    await endLostLaunches({ ...store, findMemberships: slow }, { launches, rules, dryRun: false }, context);
    expect(await states(1, 2)).toEqual(['RUNNING', 'WAITING']);
    expect(await launch(run.launchId)).toMatchObject({ state: 'RUNNING' });
    expect((await lpad('detect_lostruns', '-o', 'ids')).out).toBe('');
  });

  it('does not count an archived launch as an inconsistency, and mends a real one', async () => {
    const { add, checkout, lpad, states, store } = world();
    await add(CHAIN);
    await checkout(1, 5);
    await lpad('detect_lostruns', '--rerun');
    const { launchId } = await checkout(1);
    expect(JSON.parse((await lpad('detect_lostruns', '-o', 'json')).out)).toMatchObject({
      inconsistent_fws: [],
    });
    const ended = { state: 'COMPLETED', action: NO_ACTION } as const;
    await store.updateLaunch({ launchId, onlyWhile: ['RUNNING'], ...ended });
    const { out } = await lpad('detect_lostruns', '--refresh', '-o', 'json');
    expect(JSON.parse(out)).toMatchObject({ inconsistent_fws: [1] });
    expect(await states(1, 2)).toEqual(['COMPLETED', 'READY']);
  });

  it('asks before it ends more than ten runs', async () => {
    const { add, checkout, lpad, states } = world();
    const ids = Array.from({ length: 11 }, (_, index) => index + 1);
    for (const fwId of ids) {
      await add(script(1, ['true']));
      await checkout(fwId, 5);
    }
    const unasked = await lpad('detect_lostruns', '--rerun');
    expect(unasked.status).toBe(4);
    expect(unasked.err).toContain('this would rerun 11 lost runs');
    expect(new Set(await states(...ids))).toEqual(new Set(['RUNNING']));
    expect((await lpad('detect_lostruns', '--rerun', '--yes')).status).toBe(0);
    expect(new Set(await states(...ids))).toEqual(new Set(['READY']));
  });

  it('refuses what makes no sense before it reads anything', async () => {
    const { lpad } = world();
    expect(await lpad('detect_lostruns', '--task-level')).toMatchObject({ status: 2 });
    expect(await lpad('detect_lostruns', '--time', '-1')).toMatchObject({ status: 2 });
    expect(await lpad('detect_lostruns', '-q', '{state:')).toMatchObject({ status: 2 });
  });
});
