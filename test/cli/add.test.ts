/** `lpad add` of folders, and of what cannot be added: on an embedded database, which needs no server. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { main } from '../../src/cli/main';
import { fakeIo } from '../support/fake-io';
import { createTemporaryFolder } from '../support/temporary-folder';

const SCRIPT = { _fw_name: 'ScriptTask', script: 'true' };

describe('lpad add', () => {
  let cwd = '';

  beforeEach(() => {
    cwd = createTemporaryFolder();
    mkdirSync(join(cwd, 'campaign'));
  });

  function write(path: string, value: unknown): void {
    writeFileSync(join(cwd, path), typeof value === 'string' ? value : JSON.stringify(value));
  }

  async function lpad(...words: readonly string[]): Promise<{ status: number; out: string; err: string }> {
    const { io, out, err } = fakeIo('', { cwd, env: { LPAD_URI: join(cwd, 'db') } });
    const status = await main(words, io);
    return { status, out: out(), err: err() };
  }

  it('-d adds the workflow files of a folder in order, and says what else is in it', async () => {
    write('campaign/b.YAML', 'spec: {_tasks: []}\nname: second\n');
    write('campaign/a.json', { name: 'first', spec: { _tasks: [SCRIPT] } });
    write('campaign/notes.txt', 'x');
    write('campaign/.hidden', 'x');
    mkdirSync(join(cwd, 'campaign', 'launcher_1'));
    write('campaign/launcher_1/FW.json', { name: 'old', spec: { _tasks: [] } });
    expect(await lpad('add', '-d', 'campaign')).toEqual({
      status: 0,
      out: 'Added a workflow. first, id_map: {-1: 1}\nAdded a workflow. second, id_map: {-1: 2}\n',
      err:
        'warning: campaign: folders in it are left out: launcher_1 (lpad add -d adds each)\n' +
        'warning: campaign: no workflow files, left out: notes.txt\n',
    });
  });

  it('-d adds nothing when one of the files is wrong', async () => {
    write('campaign/a.json', { spec: { _tasks: [SCRIPT] } });
    write('campaign/b.json', { spce: {} });
    expect(await lpad('add', '-d', 'campaign')).toMatchObject({ status: 2, out: '' });
    expect((await lpad('get_fws', '-d', 'count')).out).toBe('0\n');
  });

  it('--check refuses what has an input without a source', async () => {
    write('w.json', { spec: { _tasks: [{ _fw_name: 'PyTask', func: 'f', inputs: ['x'] }] } });
    const refused = await lpad('add', '-c', 'w.json');
    expect(refused).toMatchObject({ status: 2, out: '' });
    expect(refused.err).toContain('the input x has no source');
    expect((await lpad('add', 'w.json')).status).toBe(0);
    expect(await lpad('check_wflow', '-i', '1')).toEqual({
      status: 1,
      out: 'Firework 1 Unnamed FW: the input x has no source: no output of a parent, nothing in the spec, no earlier Firetask\n',
      err: '',
    });
  });

  it.each([
    [
      ['add', 'campaign'],
      'lpad: campaign: a workflow file ends in .yaml, .yml or .json\n  try: lpad add -d campaign   (when it is a folder)\n',
    ],
    [['add', '-d', 'campaign'], 'lpad: no .yaml, .yml or .json file in campaign\n'],
    [['add', '-d', 'w.json'], 'lpad: cannot read the folder w.json: it is a file; leave out -d\n'],
  ])('%j says what is wrong', async (words, err) => {
    write('w.json', { spec: { _tasks: [] } });
    expect(await lpad(...words)).toEqual({ status: 2, out: '', err });
  });

  it.each([
    [['add_scripts', 'true', 'false', '-n', 'one'], '2 scripts need as many names, not 1'],
    [['add_scripts', ' '], 'an empty text is no script'],
    [['add_scripts'], 'add_scripts needs SCRIPT'],
  ])('%j adds nothing', async (words, says) => {
    const result = await lpad(...words);
    expect(result).toMatchObject({ status: 2, out: '' });
    expect(result.err).toContain(says);
    expect((await lpad('get_fws', '-d', 'count')).out).toBe('0\n');
  });

  it('scripts may stand in one word, separated', async () => {
    const { out } = await lpad('add_scripts', 'make; make check', '-d', ';', '-n', 'a', 'b', '-o', 'json');
    expect(JSON.parse(out)).toEqual([{ name: 'a', id_map: { 0: 1, 1: 2 } }]);
    const fws = JSON.parse((await lpad('get_fws', '-d', 'all')).out) as object[];
    expect(fws).toMatchObject([
      { name: 'a', state: 'READY', spec: { _tasks: [{ script: 'make', use_shell: true }] } },
      { name: 'b', state: 'WAITING', spec: { _tasks: [{ script: 'make check', use_shell: true }] } },
    ]);
  });
});
