import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expandVariables } from '../../../src/rocket/directory/launch-directory';
import { filesOutMods, takeFilesIn } from '../../../src/rocket/directory/pass-files';
import { copyPreviousDir, recoveryOf } from '../../../src/rocket/directory/recovery';
import { readTrackers, trackersOf } from '../../../src/rocket/directory/trackers';
import { launcherName, makeLauncherDir } from '../../../src/rocket/launcher-directory';
import { temporaryFolder } from '../../support/temporary-folder';

describe('a launch directory', () => {
  const folder = temporaryFolder();

  function place(name: string, files: Readonly<Record<string, string>> = {}): string {
    const path = join(folder, name);
    mkdirSync(path, { recursive: true });
    for (const [file, text] of Object.entries(files)) writeFileSync(join(path, file), text);
    return path;
  }

  it('may be named with variables of the environment', () => {
    const env = { HOME: '/home/a', DAY: '7' };
    expect(expandVariables('$HOME/${DAY}/$NO/${NO}/~', env)).toBe('/home/a/7/$NO/${NO}/~');
  });

  it('of rapidfire is named after the time, to the microsecond, and is nobody else’s', async () => {
    expect(launcherName(Date.UTC(2026, 10, 21, 7, 45, 51, 465) * 1000 + 64)).toBe(
      'launcher_2026-11-21-07-45-51-465064',
    );
    const made = await Promise.all([1, 2, 3].map(() => makeLauncherDir(folder)));
    const coarse = await Promise.all([1, 2].map(() => makeLauncherDir(folder, '%Y')));
    expect(new Set(coarse).size).toBe(2);
    expect(new Set(made).size).toBe(3);
  });

  it('is watched by trackers: the last lines of a file', async () => {
    const big = Array.from({ length: 30_000 }, (_, index) => `line ${String(index)}`).join('\n');
    const dir = place('tracked', { log: 'a\nb\r\nc\n\n', big: `${big}\n`, one: 'only', none: '' });
    const tracker = (filename: string, nlines: number): object => ({ filename, nlines, allow_zipped: false });
    const spec = {
      _trackers: [
        ['log', 3],
        ['big', 2],
        ['one', 5],
        ['none', 5],
        ['gone', 5],
      ].map(([filename, nlines]) => ({ filename, nlines })),
    };
    expect(await readTrackers(trackersOf(spec), dir)).toEqual([
      { ...tracker('log', 3), content: 'b\nc\n' },
      { ...tracker('big', 2), content: 'line 29998\nline 29999' },
      { ...tracker('one', 5), content: 'only' },
      tracker('none', 5),
      tracker('gone', 5),
    ]);
    expect(() => trackersOf({ _trackers: [{ filename: 'a', nlines: 1001 }] })).toThrow(
      'maximum of 1000 lines',
    );
  });

  it('hands out the last match of each pattern', async () => {
    const dir = place('out', { 'a.1': '', 'a.2': '', '.a.3': '', 'b[1]': '' });
    place('out/sub', { 'x.gz': '' });
    const mods = await filesOutMods(
      { _files_out: { a: 'a.*', hidden: '.a*', deep: 's?b/x.[a-g]z', none: 'z*' } },
      dir,
    );
    expect(mods).toEqual([
      { _set: { '_files_prev->a': join(dir, 'a.2') } },
      { _set: { '_files_prev->hidden': join(dir, '.a.3') } },
      { _set: { '_files_prev->deep': join(dir, 'sub/x.gz') } },
    ]);
  });

  it('takes in files, and (de)compresses them by their names', async () => {
    const dir = place('in', { 'plain.txt': 'text' });
    const take = (from: string, to: string): Promise<void> =>
      takeFilesIn({ _files_in: { f: to, g: 'unused' }, _files_prev: { f: join(dir, from) } }, dir);
    await take('plain.txt', 'packed.gz');
    await take('packed.gz', 'again.txt');
    expect(readFileSync(join(dir, 'again.txt'), 'utf8')).toBe('text');
    expect(readFileSync(join(dir, 'packed.gz')).subarray(0, 2)).toEqual(Buffer.from([0x1f, 0x8b]));
    await take('plain.txt', 'packed.bz2');
    await take('packed.bz2', 'other.xz');
    await take('other.xz', 'last.txt');
    expect(readFileSync(join(dir, 'last.txt'), 'utf8')).toBe('text');
  });

  it('is copied into one that lies inside it', async () => {
    const old = place('old', { a: '1' });
    place('old/sub', { b: '2' });
    const inner = place('old/launcher', { a: 'mine' });
    const checkpoint = { _task_n: 0, _all_stored_data: {}, _all_update_spec: {}, _all_mod_spec: [] };
    await copyPreviousDir({ checkpoint, mode: 'cp', previousDir: old }, inner);
    expect(readdirSync(inner).sort()).toEqual(['a', 'sub']);
    expect(readFileSync(join(inner, 'a'), 'utf8')).toBe('1');
  });

  it('is recovered as the spec says', () => {
    expect(recoveryOf({})).toBeUndefined();
    expect(recoveryOf({ _recovery: { _task_n: 2, _mode: null, _all_update_spec: { a: 1 } } })).toEqual({
      checkpoint: { _task_n: 2, _all_stored_data: {}, _all_update_spec: { a: 1 }, _all_mod_spec: [] },
      mode: null,
      previousDir: '',
    });
    expect(() => recoveryOf({ _recovery: { _task_n: 2, _mode: 'mv' } })).toThrow('unknown _mode: "mv"');
    expect(() => recoveryOf({ _recovery: { _task_n: 2, _mode: 'cp' } })).toThrow('no _prev_dir');
  });
});
