/** The examples of Guild AI's own tests (needed.md, restart-runs.md), with the commands of lpad. */
import { describeRestarts } from './restart-world';

const UNCHANGED = 'Skipping run because flags have not changed (--needed specified)';
const MATCHED = 'Skipping because the following runs match this operation (--needed specified):';

const ECHO = { name: 'echo', spec: { x: 1.5, y: 2, z: 'a' } } as const;

describeRestarts('a rerun if needed', (world) => {
  it('is skipped while the values are those of the last completed run, and made when they change', async () => {
    const { add, runAll, lpad, states, firework } = world();
    await add(ECHO);
    await runAll();
    const skipped = await lpad('rerun_fws', '-i', '1', '--needed');
    expect(skipped).toMatchObject({ status: 0, out: `skipped  1 echo: ${UNCHANGED}\n` });
    expect(await states()).toBe('1 COMPLETED');
    const reserved = await lpad(
      'rerun_fws',
      '-i',
      '1',
      '--needed',
      '--set',
      '_priority=3',
      '--force-sourcecode',
    );
    expect(reserved.out).toMatch(
      /^skipped .*\n +_priority was not compared: keys that begin with _ are no parameters\n +its source code was not compared\n$/,
    );
    // Equal to what they are, they are not changed.
    expect(
      (await lpad('rerun_fws', '-i', '1', '--needed', '--set', 'x=1.5', '--set', 'y=2.0')).out,
    ).toContain(UNCHANGED);
    const rerun = await lpad('rerun_fws', '-i', '1', '--needed', '--set', 'x=2', '--dry-run');
    expect([rerun.status, rerun.out]).toEqual([
      0,
      expect.stringMatching(/^rerun {4}1 echo: COMPLETED -> READY/),
    ]);
    expect(await states()).toBe('1 COMPLETED');
    await lpad('rerun_fws', '-i', '1', '--needed', '--set', 'x=2');
    await runAll();
    expect((await firework(1)).spec).toMatchObject({ x: 2, y: 2, z: 'a' });
    expect((await lpad('rerun_fws', '-i', '1', '--needed')).out).toContain(UNCHANGED);
  });

  it('takes the last-specified values, which stay, and undo takes them back', async () => {
    const { add, runAll, lpad, firework } = world();
    await add(ECHO);
    await runAll();
    await lpad('rerun_fws', '-i', '1', '--set', 'x=10');
    await runAll();
    await lpad('rerun_fws', '-i', '1');
    await runAll();
    expect((await firework(1)).spec['x']).toBe(10);
    await lpad('rerun_fws', '-i', '1', '--set', 'x=11');
    expect(await lpad('undo')).toMatchObject({ status: 0 });
    expect((await firework(1)).spec['x']).toBe(10);
    await lpad('rerun_fws', '-i', '1', '--set', 'new=1', '--unset', 'y');
    await runAll();
    const { spec } = await firework(1);
    expect([spec['x'], spec['y'], spec['new']]).toEqual([10, undefined, 1]);
    const missing = await lpad('rerun_fws', '-i', '1', '--unset', 'new', '--needed', '--dry-run');
    expect(missing.out).toMatch(/^rerun/);
  });

  it('is skipped with a list when other completed runs of the name have the values', async () => {
    const { add, runAll, lpad, states } = world();
    await add(
      { ...ECHO, spec: { x: 1, y: 'b c' } },
      { ...ECHO, spec: { y: 'b c', x: 1 } },
      { ...ECHO, spec: { x: 2, y: 'b c' } },
      { name: 'other', spec: { x: 3, y: 'b c' } },
    );
    await runAll();
    const skipped = await lpad('rerun_fws', '-i', '3', '--set', 'x=1', '--needed');
    expect([skipped.status, skipped.out.replaceAll(/\d{4}-\d\d-\d\d \d\d:\d\d:\d\d/g, 'WHEN')]).toEqual([
      0,
      [
        `skipped  3 echo: ${MATCHED}`,
        '           [1]  echo  WHEN  COMPLETED  x=1 y="b c"',
        '           [2]  echo  WHEN  COMPLETED  y="b c" x=1',
        '',
      ].join('\n'),
    ]);
    const json = JSON.parse(
      (await lpad('rerun_fws', '-i', '3', '--set', 'x=1', '--needed', '-o', 'json')).out,
    ) as { targets: readonly { matches: readonly object[] }[] };
    expect(json.targets[0]?.matches).toMatchObject([
      { fw_id: 1, name: 'echo', launch_id: 1, parameters: { x: 1 }, recorded: true },
      { fw_id: 2 },
    ]);
    // One of another name does not count, and neither does one that is to run again.
    expect((await lpad('rerun_fws', '-i', '3', '--set', 'x=3', '--needed', '--dry-run')).out).toMatch(
      /^rerun/,
    );
    await lpad('rerun_fws', '-i', '1', '2');
    expect((await lpad('rerun_fws', '-i', '3', '--set', 'x=1', '--needed')).out).toMatch(/^rerun/);
    expect(await states()).toBe('1 READY, 2 READY, 3 READY, 4 COMPLETED');
  });

  it('is always made of what failed, unless another run has what it would give', async () => {
    const { add, runAll, lpad, states } = world();
    const fail = { name: 'fail', script: 'exit $CODE' };
    await add(
      { ...fail, spec: { code: 1 }, script: 'exit 1' },
      { ...fail, spec: { code: 0 }, script: 'true' },
    );
    await runAll();
    expect(await states()).toBe('1 FIZZLED, 2 COMPLETED');
    const again = await lpad('rerun_fws', '-i', '1', '--needed');
    expect(again.out).toMatch(/^rerun {4}1 fail: FIZZLED -> READY/);
    await runAll();
    const matched = await lpad('rerun_fws', '-i', '1', '--set', 'code=0', '--needed');
    expect([matched.status, matched.out]).toEqual([0, expect.stringContaining(MATCHED)]);
    expect(await states()).toBe('1 FIZZLED, 2 COMPLETED');
  });

  it('is decided for each of several, and of all skipped nothing is written', async () => {
    const { add, runAll, lpad, states } = world();
    await add({ ...ECHO, spec: { x: 1 } }, { ...ECHO, spec: { x: 2 } }, { name: 'bad', script: 'exit 1' });
    await runAll();
    const ids = await lpad('rerun_fws', '-q', '{}', '--needed', '-o', 'ids');
    expect(ids).toMatchObject({ status: 0, out: '3\n', err: expect.stringContaining('2 skipped') as string });
    expect(await states()).toBe('1 COMPLETED, 2 COMPLETED, 3 READY');
    const none = await lpad('rerun_fws', '-n', 'echo', '--needed', '-o', 'json');
    expect([none.status, JSON.parse(none.out)]).toMatchObject([
      0,
      { journal_id: null, counts: { rerun: 0, skipped: 2 } },
    ]);
  });

  it('compares a launch without a record with the present spec, and says so', async () => {
    const { add, runAll, lpad, store } = world();
    await add(ECHO, { ...ECHO, spec: { x: 7 } });
    // As FireWorks' rocket leaves it.
    await runAll({ store: { ...store, insertLaunch: (launch) => store.insertLaunch(launch) } });
    expect((await lpad('rerun_fws', '-i', '1', '--needed')).out).toBe(
      `skipped  1 echo: ${UNCHANGED}\n` +
        "         launch 1 has no record, as FireWorks' rocket ran it: compared with the present spec\n",
    );
    const matched = await lpad(
      'rerun_fws',
      '-i',
      '1',
      '--unset',
      'y',
      '--unset',
      'z',
      '--set',
      'x=7',
      '--needed',
    );
    expect(matched.out).toContain("COMPLETED  x=7  (by FireWorks' rocket: values of the present spec)");
  });

  it('compares with what the last launch had, and not with what the spec became since', async () => {
    const { add, runAll, lpad } = world();
    await add(ECHO);
    await runAll();
    await lpad('rerun_fws', '-i', '1', '--set', 'x=3');
    await lpad('pause_fws', '-i', '1');
    await lpad('resume_fws', '-i', '1');
    expect((await lpad('rerun_fws', '-i', '1', '--needed', '--set', 'x=1.5')).out).toMatch(/^rerun/);
  });
});

describeRestarts('the latest Firework of a name', (world) => {
  it('is the one that was launched last, or the marked one', async () => {
    const { add, runAll, lpad } = world();
    await add(ECHO, ECHO, ECHO, { name: 'other' });
    const latest = async (...names: readonly string[]): Promise<string> =>
      (
        await lpad('get_fws', ...names.flatMap((name) => ['-n', name]), '--latest', '-d', 'ids', '-o', 'json')
      ).out.replaceAll(/\s/g, '');
    await runAll();
    expect(await latest('echo')).toBe('[3]');
    await lpad('rerun_fws', '-i', '2');
    await runAll();
    expect(await latest('echo', 'other')).toBe('[2,4]');
    expect(await lpad('mark_fws', '-i', '1')).toMatchObject({
      status: 0,
      out: 'marked    1 echo: stays COMPLETED\n',
    });
    expect(await latest('echo')).toBe('[1]');
    const rerun = await lpad('rerun_fws', '-n', 'echo', '--latest', '-o', 'ids');
    expect([rerun.status, rerun.out]).toEqual([0, '1\n']);
    await lpad('mark_fws', '-n', 'echo', '--clear');
    expect(await latest('echo')).toBe('[2]');
    expect(await lpad('rerun_fws', '--latest', '-i', '3')).toMatchObject({ status: 2 });
  });

  it('stays marked when the mark is planned, made, taken away, and that is undone', async () => {
    const { add, lpad, store } = world();
    await add(ECHO, ECHO);
    const metadata = async (): Promise<unknown> => {
      for await (const one of store.findWorkflows({})) return one.metadata;
      return undefined;
    };
    await lpad('mark_fws', '-i', '1-2', '--plan', 'plan.json');
    expect(await metadata()).toEqual({});
    expect(await lpad('apply', 'plan.json')).toMatchObject({ status: 0 });
    expect(await metadata()).toEqual({ _marked: { 1: true, 2: true } });
    expect(await lpad('mark_fws', '-i', '2', '--clear')).toMatchObject({ status: 0 });
    expect((await lpad('mark_fws', '-i', '1-2', '--dry-run')).out).toBe(
      'skipped   1 echo: is marked already\nmarked    2 echo: stays READY\n',
    );
    expect(await lpad('undo')).toMatchObject({ status: 0, out: 'restored 2 echo: stays READY\n' });
    expect(await metadata()).toEqual({ _marked: { 1: true, 2: true } });
    expect(await lpad('mark_fws', '-i', '9')).toMatchObject({
      status: 1,
      out: 'failed    9: no Firework 9\n',
    });
    expect(await lpad('mark_fws')).toMatchObject({ status: 2 });
  });

  it('loses only the marks of a command that is undone when others came in between', async () => {
    const { add, lpad, store } = world();
    await add(ECHO, ECHO, ECHO);
    await lpad('mark_fws', '-i', '1-2', '-o', 'json');
    const [run] = JSON.parse((await lpad('journal', '-o', 'json')).out) as readonly { journal_id: string }[];
    await lpad('mark_fws', '-i', '3');
    await lpad('mark_fws', '-i', '2', '--clear');
    expect(await lpad('undo', run?.journal_id ?? '')).toMatchObject({ status: 0 });
    for await (const one of store.findWorkflows({}))
      expect(one).toMatchObject({ metadata: { _marked: { 3: true } } });
    expect(await store.findLockHolders()).toEqual([]);
  });
});
