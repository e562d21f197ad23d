/** Nights of `lpad recover`, on both stores. */
import { createLinks } from '../../../src/domain/workflow-graph';
import { createLockOwner, createRunContext } from '../../../src/launchpad/run-context';
import { collectSteps } from './collect-steps';
import { script } from '../rocket/rocket-world';
import { describeUpkeep } from '../upkeep/upkeep-world';
import { recoveryTools } from './recovery-world';

const MEMORY = 'MemoryError: 17 GB';
const AGAIN = { name: 'again', match: {}, do: 'rerun' };

describeUpkeep('lpad recover', (world) => {
  /** Fireworks 1 to n, each a workflow of its own. */
  async function add(count: number, spec = {}): Promise<void> {
    for (let fwId = 1; fwId <= count; fwId += 1) await world().add(script(1, ['true'], spec));
  }

  it('looks, then reruns by the rules, once in a night; the journal takes it back', async () => {
    const { lpad, states } = world();
    const { run, night } = recoveryTools(world());
    await add(3);
    await run(1, MEMORY);
    await run(2, 'KeyError: x');
    await run(3);
    const policy = {
      canary: 0,
      rules: [
        { name: 'memory', match: { error: 'MemoryError' }, do: 'rerun', set: { '_queueadapter.mem': '64G' } },
        { name: 'rest', match: {}, do: 'leave' },
      ],
    };
    const expected = ['1 rerun rule', '2 leave rule'];
    const look = await night(policy, '--dry-run');
    expect(look).toMatchObject({ status: 0, steps: expected, json: { journal_ids: [], dry_run: true } });
    expect(await states(1, 2, 3)).toEqual(['FIZZLED', 'FIZZLED', 'COMPLETED']);
    expect(await world().store.findNights({})).toEqual([]);
    const first = await night(policy, '--key', 'one');
    expect(first).toMatchObject({ status: 0, steps: expected });
    expect(await states(1, 2, 3)).toEqual(['READY', 'FIZZLED', 'COMPLETED']);
    const { spec, archivedLaunches } = await world().firework(1);
    expect(spec).toMatchObject({ _queueadapter: { mem: '64G' } });
    expect(archivedLaunches).toEqual([1]);
    expect(await night(policy, '--key', 'one')).toMatchObject({ status: 0, steps: ['2 leave rule'] });
    await run(1, MEMORY);
    expect((await night(policy, '--key', 'one')).steps).toEqual(['1 leave rerun tonight', '2 leave rule']);
    const steps = await collectSteps(world().store, 'one');
    expect(steps).toMatchObject([
      { fwId: 1, rule: 'memory', action: 'rerun', status: 'done', attempts: 1, to: 'READY' },
      { fwId: 2, rule: 'rest', action: 'leave', status: 'decided' },
    ]);
    const [recorded] = await world().store.findNights({ key: 'one' });
    expect(recorded?.calls.map(({ status }) => status)).toEqual(['done', 'done', 'done']);
    expect(recorded?.calls[0]?.journalIds).toEqual([steps[0]?.journalId]);
    // With another spec it failed: it is tried again in another night, and undone.
    const again = await night(policy, '--key', 'two');
    expect(again.steps).toEqual(['1 rerun rule', '2 leave rule']);
    const [journalId = ''] = again.json['journal_ids'] as readonly string[];
    expect(await lpad('undo', journalId)).toMatchObject({ status: 0 });
    expect(await states(1)).toEqual(['FIZZLED']);
  });

  it('sends canaries, holds the rest until they have not failed the same way, and stops when they have', async () => {
    const { states } = world();
    const { run, runAll, night } = recoveryTools(world());
    await add(5);
    await runAll([1, 2, 3, 4, 5], MEMORY);
    const policy = { canary: 2, rules: [AGAIN] };
    const waiting = ['3', '4', '5'].map((id) => `${id} hold canaries under way`);
    expect(await night(policy)).toMatchObject({
      status: 6,
      steps: ['1 rerun! rule', '2 rerun! rule', ...waiting],
    });
    expect(await night(policy)).toMatchObject({ status: 6, steps: waiting });
    await run(1);
    expect(await night(policy)).toMatchObject({ status: 6, steps: waiting });
    await run(2, 'KeyError: another one');
    const released = ['3 rerun rule', '4 rerun rule', '5 rerun rule'];
    expect((await night(policy)).steps).toEqual([...released, '2 leave rerun tonight']);
    expect(await states(3, 4, 5)).toEqual(['READY', 'READY', 'READY']);
  });

  it('opens the circuit breaker when a canary fails the same way, and quarantines what failed twice the same', async () => {
    const { lpad, states, firework } = world();
    const { run, runAll, night } = recoveryTools(world());
    await add(3);
    await runAll([1, 2, 3], MEMORY);
    const policy = { canary: 1, rules: [AGAIN] };
    await night(policy, '--key', 'one');
    await run(1, 'MemoryError: 18 GB');
    const second = await night(policy, '--key', 'two');
    expect(second).toMatchObject({
      status: 6,
      steps: ['2 hold breaker open', '3 hold breaker open', '1 quarantine failed twice the same'],
    });
    expect((await night(policy, '--key', 'three')).steps[2]).toBe('1 leave quarantined');
    expect((await lpad('quarantine', 'list', '-o', 'ids')).out).toBe('1\n');
    const list = await lpad('quarantine', 'list', '-n', 'fw1');
    expect(list.out).toContain(
      '1 fw1: failed twice with "MemoryError: <n> GB", and spec, source and worker are unch',
    );
    expect((await lpad('quarantine', 'list', '-i', '2')).err).toContain(
      'Nothing that is selected is quarantined.',
    );
    expect(await lpad('quarantine', 'release', '-i', '1', '2')).toMatchObject({
      status: 1,
      out: 'released  1 fw1\nfailed    2: is not quarantined\n',
    });
    expect(await lpad('quarantine', 'release')).toMatchObject({ status: 2 });
    expect((await lpad('quarantine', 'list', '-o', 'ids')).out).toBe('');
    const calm = { canary: 0, breaker: { failures: 0 }, rules: [AGAIN] };
    expect((await night(calm, '--key', 'four')).steps).toEqual([
      '1 rerun rule',
      '2 rerun rule',
      '3 rerun rule',
    ]);
    expect(await states(1, 2, 3)).toEqual(['READY', 'READY', 'READY']);
    expect((await firework(1)).archivedLaunches).toHaveLength(2);
  });

  it('leaves what is quarantined alone, until somebody reruns it', async () => {
    const { lpad, states } = world();
    const { run, night } = recoveryTools(world());
    await add(1);
    await run(1, MEMORY);
    const policy = {
      canary: 0,
      rules: [{ name: 'bad', match: { error: 'Memory' }, do: 'quarantine' }, AGAIN],
    };
    expect(await night(policy)).toMatchObject({ status: 0, steps: ['1 quarantine rule'] });
    expect(await night(policy, '--key', 'two')).toMatchObject({ status: 0, steps: ['1 leave quarantined'] });
    expect(await states(1)).toEqual(['FIZZLED']);
    await lpad('rerun_fws', '-i', '1');
    expect((await lpad('quarantine', 'list', '-o', 'ids')).out).toBe('');
    await run(1, 'KeyError: x');
    expect((await night(policy, '--key', 'three')).steps).toEqual(['1 rerun rule']);
  });

  it('leaves what is quarantined when it was deleted, and brought back by an undo', async () => {
    const { lpad, store } = world();
    const { run, night } = recoveryTools(world());
    await add(2);
    await run(1, MEMORY);
    await run(2, MEMORY);
    const policy = { rules: [{ name: 'bad', match: {}, do: 'quarantine' }] };
    await night(policy, '--key', 'one');
    await lpad('quarantine', 'release', '-i', '2');
    await lpad('delete_wflows', '-i', '1', '2', '--yes');
    const known = async (): Promise<readonly number[]> => {
      const ids: number[] = [];
      for await (const { fwId } of store.findQuarantines()) ids.push(fwId);
      return ids;
    };
    expect(await known()).toEqual([]);
    expect(await night(policy, '--key', 'two')).toMatchObject({ status: 0, steps: [] });
    expect(await lpad('undo')).toMatchObject({ status: 0 });
    expect(await known()).toEqual([1, 2]);
    expect((await lpad('quarantine', 'list', '-o', 'ids')).out).toBe('1\n');
    const again = { canary: 0, rules: [AGAIN] };
    expect((await night(again, '--key', 'three')).steps).toEqual(['1 leave quarantined', '2 rerun rule']);
  });

  it('counts the attempts of whoever reran, also where nobody noted their specs', async () => {
    const { store, lpad, launch } = world();
    const { run, night } = recoveryTools(world());
    await add(1);
    // As a launch of Python's rocket, of which there is no record.
    const { launchId } = await run(1, MEMORY);
    await store.insertLaunch({ ...(await launch(launchId)), launchId: 7 });
    await lpad('rerun_fws', '-i', '1');
    await run(1, 'KeyError: x');
    const used = { canary: 0, max_attempts: 2, rules: [AGAIN] };
    expect((await night(used, '--dry-run')).steps).toEqual(['1 leave attempts used up']);
    expect((await night({ ...used, max_attempts: 3 }, '--dry-run')).steps).toEqual(['1 rerun rule']);
    const second = { canary: 0, rules: [{ ...AGAIN, match: { attempts: 2 } }] };
    expect((await night(second, '--dry-run')).steps).toEqual(['1 rerun rule']);
  });

  it('makes lost runs FIZZLED first, and treats them by the rules', async () => {
    const { checkout, states, lpad } = world();
    const { night } = recoveryTools(world());
    await add(3);
    await checkout(1, 5);
    await checkout(2, 5);
    await checkout(3, 1);
    const policy = { lost_runs: { after: '4h' }, canary: 1, rules: [{ ...AGAIN, match: { lost: true } }] };
    const expected = ['1 rerun! rule', '2 hold canaries under way'];
    expect(await night(policy, '--dry-run')).toMatchObject({
      steps: expected,
      json: { lost: { fw_ids: [1, 2] } },
    });
    expect(await states(1, 2, 3)).toEqual(['RUNNING', 'RUNNING', 'RUNNING']);
    const done = await night(policy, '--key', 'one');
    expect(done).toMatchObject({
      status: 6,
      steps: expected,
      json: { lost: { launches: 2, fw_ids: [1, 2] } },
    });
    expect(await states(1, 2, 3)).toEqual(['READY', 'FIZZLED', 'RUNNING']);
    for (const id of done.json['journal_ids'] as readonly string[])
      expect(await lpad('undo', id)).toMatchObject({ status: 0 });
    expect(await states(1, 2, 3)).toEqual(['RUNNING', 'RUNNING', 'RUNNING']);
    const off = { ...policy, lost_runs: false };
    expect(await night(off, '--key', 'two')).toMatchObject({ status: 0, steps: [] });
  });

  it('resumes at the Firetask that failed, and from the first where there is no checkpoint', async () => {
    const { store, launch, firework } = world();
    const { runAll, night } = recoveryTools(world());
    await add(2);
    await runAll([1, 2], MEMORY);
    const failed = await launch(1);
    const checkpoint = { _task_n: 1, _all_stored_data: {}, _all_update_spec: {}, _all_mod_spec: [] };
    const stateHistory = failed.stateHistory.map((entry) => ({ ...entry, checkpoint }));
    await store.insertLaunch({ ...failed, stateHistory });
    const policy = { canary: 0, rules: [{ ...AGAIN, task_level: 'copy-data' }] };
    const { status, json } = await night(policy);
    expect(status).toBe(0);
    expect((await firework(1)).spec['_recovery']).toMatchObject({ _task_n: 1, _mode: 'cp', _launch_id: 1 });
    expect((await firework(2)).spec['_recovery']).toBeUndefined();
    expect(json['steps']).toMatchObject([
      { reason: 'by the rule again' },
      { reason: 'by the rule again, from the first Firetask: its launch has no checkpoint' },
    ]);
  });

  it('goes on with a night that died, and does nothing twice', async () => {
    const { store, firework } = world();
    const { runAll, night } = recoveryTools(world());
    await add(2);
    await runAll([1, 2], MEMORY);
    const policy = { canary: 0, rules: [AGAIN] };
    await night(policy, '--key', 'one');
    const [done, other] = await collectSteps(store, 'one');
    if (!done || !other) throw new Error('there are two steps');
    // As if it had died between the rerun of the first and its note, and before the rerun of the second.
    await store.putSteps([
      { ...done, status: 'doing', to: null },
      { ...other, status: 'doing', journalId: 'another run', to: null },
    ]);
    await runAll([1, 2], MEMORY);
    const again = await night({ ...policy, max_attempts: 9 }, '--key', 'one');
    expect(again.json).toMatchObject({ resumed: [1] });
    expect(await collectSteps(store, 'one')).toMatchObject([
      { ...done, status: 'done', to: 'READY' },
      { fwId: 2, action: 'quarantine' },
    ]);
    expect((await firework(1)).archivedLaunches).toHaveLength(1);
  });

  it('finds out in the next night what a call that died has done, since canaries count', async () => {
    const { store } = world();
    const { runAll, night } = recoveryTools(world());
    await add(2);
    await runAll([1, 2], MEMORY);
    const policy = { canary: 1, rules: [AGAIN] };
    await night(policy, '--key', 'one');
    const [done] = await collectSteps(store, 'one');
    const [recorded] = await store.findNights({ key: 'one' });
    if (!done || !recorded) throw new Error('there is a step in a night');
    await store.putSteps([{ ...done, status: 'doing', to: null }]);
    await store.putNight({
      ...recorded,
      calls: recorded.calls.map((call) => ({ ...call, endedOn: null, status: 'running' })),
    });
    await runAll([1]);
    expect((await night(policy, '--key', 'two')).steps).toEqual(['2 rerun rule']);
    expect(await collectSteps(store, 'one')).toMatchObject([{ ...done, status: 'done' }, { fwId: 2 }]);
  });

  it('takes along what shares a launch with one that is rerun, and notes it', async () => {
    const { store, states } = world();
    const { run, night } = recoveryTools(world());
    await add(1, { _dupefinder: { _fw_name: 'DupeFinderExact' } });
    const { launchId } = await run(1, MEMORY);
    const { spec, createdOn, updatedOn } = await world().firework(1);
    const fwId = await store.takeFireworkIds(1);
    const own = { fwId, name: 'fw2', spec, createdOn, updatedOn, archivedLaunches: [] };
    const fireworks = [{ ...own, state: 'FIZZLED' as const, launches: [launchId] }];
    const dates = { createdOn: new Date(), updatedOn: new Date() };
    const links = createLinks([fwId], []);
    await store.addWorkflows([{ name: 'w', metadata: {}, links, fireworks, state: 'FIZZLED', ...dates }]);
    const policy = { canary: 1, rules: [AGAIN] };
    expect(await night(policy, '--key', 'one')).toMatchObject({
      status: 0,
      steps: ['1 rerun! rule', '2 rerun rule'],
      json: { steps: [{}, { reason: 'shares a launch with 1', status: 'done', to: 'READY' }] },
    });
    expect(await states(1, 2)).toEqual(['READY', 'READY']);
    expect((await collectSteps(store, 'one')).map(({ canary }) => canary)).toEqual([true, false]);
    expect(await night(policy, '--key', 'one')).toMatchObject({ status: 0, steps: [] });
  });

  it('never runs beside another one, but takes over from a dead one', async () => {
    const { store } = world();
    const { night } = recoveryTools(world());
    const context = createRunContext({ operation: 'recover', commandLine: [] });
    const living = createLockOwner(context);
    await store.takeLease('recover', living);
    const refused = await night({ rules: [AGAIN] });
    expect(refused.status).toBe(1);
    expect(refused.err).toContain(
      `another recovery is under way: process ${String(process.pid)} on ${context.host}`,
    );
    expect(await store.findNights({})).toEqual([]);
    await store.releaseLease('recover', living);
    await store.takeLease('recover', { name: `${context.host}:999999999:x`, expiresAt: Date.now() + 1e6 });
    expect(await night({ rules: [AGAIN] })).toMatchObject({ status: 0 });
    await store.takeLease('recover', { name: 'elsewhere:1:x', expiresAt: Date.now() - 1 });
    expect(await night({ rules: [AGAIN] })).toMatchObject({ status: 0 });
  });

  it('tells a tired person what to type', async () => {
    const { lpad } = world();
    const { night } = recoveryTools(world());
    expect(await lpad('recover')).toMatchObject({ status: 2 });
    expect((await lpad('recover', '--policy', 'nowhere.yaml')).err).toContain(
      'the policy nowhere.yaml does not exist',
    );
    expect((await lpad('recover', '--policy', 'recovery.txt')).err).toContain('ends in .yaml, .yml or .json');
    expect((await night({ rules: [] })).err).toContain('rules: must not be empty');
    expect(await night({ rules: [AGAIN] }, '--key', 'a b')).toMatchObject({ status: 2 });
    const checked = await lpad('recover', '--policy', 'recovery.json', '--check');
    expect(checked).toMatchObject({ status: 0, err: '' });
    expect(checked.out).toContain('1. again\n   when: always\n   do:   rerun it\n');
  });
});
