/** `lpad rerun_wflows`, `follow` and `lineage` as they are typed, also wrongly: on an embedded database. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { main, mainRlaunch } from '../../src/cli/main';
import { fakeIo, type FakeIo } from '../support/fake-io';
import { createTemporaryFolder } from '../support/temporary-folder';

const task = (script: string): object => ({ _fw_name: 'ScriptTask', script, store_stdout: true });
const WORKFLOW = {
  name: 'w',
  fws: [
    { fw_id: 1, name: 'one', spec: { n: 1, _tasks: [task('echo one')] } },
    { fw_id: 2, name: 'two', spec: { n: 1, _tasks: [task('echo two')] } },
  ],
  links: { 1: [2] },
};

interface Typed {
  readonly status: number;
  readonly out: string;
  readonly err: string;
}

describe('lpad rerun_wflows', () => {
  let cwd = '';

  function world(): FakeIo {
    return fakeIo('', { cwd, now: () => new Date(), env: { LPAD_URI: join(cwd, 'db') } });
  }

  async function lpad(...words: readonly string[]): Promise<Typed> {
    const { io, out, err } = world();
    return { status: await main(words, io), out: out(), err: err() };
  }

  async function rapidfire(): Promise<void> {
    const { io } = world();
    expect(await mainRlaunch(['-s', 'rapidfire'], io)).toBe(0);
  }

  beforeAll(async () => {
    cwd = createTemporaryFolder();
    mkdirSync(join(cwd, 'db'));
    writeFileSync(join(cwd, 'w.json'), JSON.stringify(WORKFLOW));
    await lpad('add', 'w.json');
    await rapidfire();
  });

  it.each([
    [['rerun_wflows', '-i', '1'], 'how? rerun_wflows needs --as-new or --rerun-from FW_ID'],
    [['rerun_wflows', '--as-new'], 'nothing is selected'],
    [
      ['rerun_wflows', '-i', '1', '--as-new', '--rerun-from', '2'],
      '--as-new and --rerun-from exclude each other',
    ],
    [
      ['rerun_wflows', '-i', '1', '--as-new', '--definition', 'w.json'],
      '--definition needs --rerun-from beside it',
    ],
    [['rerun_wflows', '-i', '1', '--as-new', '-e', 'X'], '-e X: there is no KEY=VALUE in it'],
    [['rerun_wflows', '-i', '1', '--as-new', '-e', '1X=2'], '-e 1X=2: "1X" is no name'],
    [['rerun_wflows', '-i', '1', '--as-new', '--label', '=2'], '--label =2: "" is no name'],
    [['rerun_wflows', '-i', '1', '--as-new', '--name', ''], '--name: an empty text is no name'],
    [['rerun_wflows', '-i', '1', '--as-new', '-f', '--dry-run'], '-f has no run to follow with --dry-run'],
    [['rerun_wflows', '-i', '1,7', '--as-new', '-f'], '-f follows one run, and these would be 2'],
    [['rerun_fws', '-i', '1', '--as-new', '--task-level'], '--as-new and --task-level exclude each other'],
    [['rerun_fws', '-i', '1', '--as-new', '--reset-held'], '--as-new and --reset-held exclude each other'],
    [['rerun_fws', '-i', '1', '--label', 'a=b'], '--label needs --as-new beside it'],
    [['add', 'w.json', '--rerun-from', '1', '--local'], '--local and --rerun-from exclude each other'],
    [['add', 'w.json', '--local'], '--local: what is added goes to the database'],
    [['add', 'w.json', 'w.json', '--rerun-from', '1'], '--rerun-from takes one file'],
    [['follow'], 'follow shows one run'],
    [['lineage', '-i', '1,2'], 'lineage shows one family'],
  ])('%j says what is wrong, and does nothing', async (words, says) => {
    const { status, out, err } = await lpad(...words);
    expect({ status, out }).toEqual({ status: 2, out: '' });
    expect(err).toContain(says);
    expect((await lpad('get_wflows', '-d', 'count')).out).toBe('1\n');
  });

  it.each([
    [['rerun_wflows', '-i', '9', '--as-new'], 'failed   9: no workflow has a Firework 9\n'],
    [['rerun_fws', '-i', '9', '--as-new'], 'failed   9: no workflow has a Firework 9\n'],
    [
      ['rerun_wflows', '-i', '1', '--as-new', '--set', 'n.deep=1'],
      'refused  1 w: 1 one: spec.n is no object',
    ],
  ])('%j fails with the reason', async (words, out) => {
    const typed = await lpad(...words);
    expect(typed.status).toBe(1);
    expect(typed.out.startsWith(out)).toBe(true);
  });

  it('asks before many', async () => {
    const refused = await lpad('rerun_wflows', '-i', '1', '--as-new', '--max-unasked', '0');
    expect(refused).toMatchObject({ status: 4, out: '' });
    expect(refused.err).toContain('this would add 1 new runs');
  });

  it('adds, and says what as data', async () => {
    const { status, out } = await lpad('rerun_wflows', '-i', '2', '--rerun-from', '2', '-o', 'json');
    expect(status).toBe(0);
    expect(JSON.parse(out)).toMatchObject({
      dry_run: false,
      runs: [
        {
          fw_id: 1,
          outcome: 'new run',
          run: { fw_id: 3, name: 'w', id_map: { 1: 3, 2: 4 }, executed: [2], standing: [1] },
        },
      ],
    });
    const again = await lpad('rerun_fws', '-i', '2', '--as-new', '-o', 'ids');
    expect(again).toMatchObject({ status: 0, out: '5\n' });
    expect(JSON.parse((await lpad('lineage', '-i', '5', '-o', 'json')).out)).toMatchObject({
      fw_id: 1,
      reruns: [
        { fw_id: 3, rerun_of: 1, rerun_from: 2, reruns: [] },
        { fw_id: 5, name: 'two', rerun_of: 2, rerun_from: null },
      ],
    });
    await rapidfire();
    expect((await lpad('follow', '-i', '3')).status).toBe(0);
  });

  it('writes a plan, and apply adds it once', async () => {
    expect((await lpad('rerun_wflows', '-i', '1', '--as-new', '--plan', 'plan.json')).status).toBe(0);
    expect(readFileSync(join(cwd, 'plan.json'), 'utf8')).toContain('"operation": "rerun as new"');
    const before = Number((await lpad('get_wflows', '-d', 'count')).out);
    expect((await lpad('apply', 'plan.json')).status).toBe(0);
    expect(Number((await lpad('get_wflows', '-d', 'count')).out)).toBe(before + 1);
    expect(await lpad('apply', 'plan.json')).toMatchObject({
      status: 5,
      out: 'left alone: workflow w is there already\n',
    });
    expect((await lpad('undo')).status).toBe(0);
  });

  it('-f ends with the status of the run, and with 130 when nobody follows any more', async () => {
    const failing = lpad(
      'rerun_wflows',
      '-i',
      '1',
      '--as-new',
      '--set',
      '_tasks.0.script=exit 3',
      '-f',
      '-o',
      'json',
    );
    await new Promise((done) => setTimeout(done, 1000));
    await rapidfire();
    const { status, out } = await failing;
    expect(status).toBe(1);
    expect(out.trim().split('\n').at(-1)).toBe('{"kind": "end", "state": "FIZZLED"}');
    const { io, interrupt, err } = world();
    const following = main(['rerun_wflows', '-i', '1', '--as-new', '-f'], io);
    await new Promise((done) => setTimeout(done, 1500));
    interrupt();
    expect(await following).toBe(130);
    expect(err()).toMatch(/Following has ended, the run goes on. To follow it further: lpad follow -i \d+\n/);
    expect((await lpad('get_wflows', '-s', 'READY', '-d', 'count')).out).toBe('1\n');
  });
});
