/** Commands that read, on the embedded store: what FireWorks has no like of. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { main } from '../../src/cli/main';
import { fakeIo } from '../support/fake-io';
import { createTemporaryFolder } from '../support/temporary-folder';

describe('commands that read', () => {
  let cwd = '';

  beforeEach(async () => {
    cwd = createTemporaryFolder();
    mkdirSync(join(cwd, 'run'));
    const fws = [1, 2, 3].map((fw_id) => ({ fw_id, name: `f${fw_id}`, spec: { _tasks: [] } }));
    const workflow = { fws, links: { 1: [2, 3] }, metadata: { project: 'x' }, name: 'w' };
    writeFileSync(join(cwd, 'w.json'), JSON.stringify([workflow, { name: 'alone', spec: { _tasks: [] } }]));
    expect(await lpad('add', 'w.json')).toMatchObject({ status: 0 });
  });

  async function lpad(...words: readonly string[]): Promise<{ status: number; out: string; err: string }> {
    const { io, out, err } = fakeIo('', { cwd, env: { LPAD_URI: join(cwd, 'db') }, now: () => new Date() });
    const status = await main(words, io);
    return { status, out: out(), err: err() };
  }

  it.each([
    [['get_fws_in_wflows', '-wfn', 'w', '-d', 'ids'], '[\n    1,\n    2,\n    3\n]\n'],
    [['get_fws_in_wfs', '-wfi', '2', '-fws', 'READY', '-d', 'ids'], '1\n'],
    [['get_fws_in_wfs', '-wfq', '{"metadata.project": "x"}', '-fwi', '2-9', '-d', 'count'], '2\n'],
    [['get_fws_in_wfs', '-wfs', 'READY', '-wfn', 'alone', '-d', 'ids'], '4\n'],
    [['get_fws_in_wfs', '-m', '2', '-d', 'count'], '2\n'],
    [['get_launchdir', '1'], 'None\n'],
    [['get_launchdir', '1', '-o', 'json'], 'null\n'],
    [['track_fws'], ''],
    [['track_fws', '-o', 'json'], '[]\n'],
    [['check_wflow', '-i', '2'], ''],
  ])('%j', async (words, out) => {
    expect(await lpad(...words)).toMatchObject({ status: 0, out });
  });

  it('tell which Fireworks there are not', async () => {
    expect(await lpad('get_qids', '-i', '2', '9')).toEqual({
      status: 0,
      out: 'None\nNone\n',
      err: 'warning: there is no Firework 9\n',
    });
    expect(await lpad('get_launchdir', '9')).toMatchObject({ status: 1, out: '' });
  });

  it('count what was paused in a report', async () => {
    expect(await lpad('pause_fws', '-i', '1')).toMatchObject({ status: 0 });
    const [period] = JSON.parse((await lpad('report', '-o', 'json')).out) as [object];
    expect(period).toMatchObject({ states: { PAUSED: 1, READY: 1, WAITING: 2 }, total: 4 });
  });

  it('show a table, or data, not both', async () => {
    expect((await lpad('get_wflows', '-t')).out).toMatch(
      /\| state +\| name +\| created_on +\| states_list \|/,
    );
    expect(await lpad('get_wflows', '-t', '-o', 'json')).toMatchObject({ status: 2, out: '' });
  });

  it('dump to stdout in either form', async () => {
    const { out } = await lpad('dump_wflow', '-i', '3', '-f', '-');
    expect(JSON.parse(out)).toMatchObject({
      name: 'w',
      links: { 1: [2, 3], 2: [], 3: [] },
      metadata: { project: 'x' },
    });
    expect((await lpad('dump_wflow', '-i', '3', '-f', '-', '-o', 'yaml')).out).toContain(
      'metadata:\n  project: x\n',
    );
  });

  it('take an export from stdin', async () => {
    const { out } = await lpad('export', '-i', '4', '-');
    const fake = fakeIo(out, { cwd, env: { LPAD_URI: join(cwd, 'db') } });
    expect(await main(['import', '--new-ids', '-'], fake.io)).toBe(0);
    expect(fake.out()).toBe('Imported 1 workflow, 1 Firework and 0 launches as Firework 5.\n');
    expect((await lpad('get_fws', '-n', 'alone', '-d', 'ids')).out).toBe('[\n    4,\n    5\n]\n');
  });
});
