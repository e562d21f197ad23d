/** `lpad rerun_from_file`, by the programs as they are typed: the documented example of Hydra's --experimental-rerun. */
import {
  cpSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { spawn } from 'node:child_process';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { main, mainRlaunch } from '../../src/cli/main';
import { fakeIo } from '../support/fake-io';
import { temporaryFolder } from '../support/temporary-folder';

jest.setTimeout(120_000);

const home = temporaryFolder();

interface Ran {
  readonly status: number;
  readonly out: string;
  readonly err: string;
}

interface Place {
  readonly cwd: string;
  lpad(...words: readonly string[]): Promise<Ran>;
  rlaunch(...words: readonly string[]): Promise<Ran>;
}

function newPlace(env: Readonly<Record<string, string>> = {}): Place {
  const cwd = mkdtempSync(join(home, 'place-'));
  const type = async (program: typeof main, words: readonly string[]): Promise<Ran> => {
    const changes = { cwd, home, env: { PATH: process.env['PATH'], LPAD_URI: join(cwd, 'db'), ...env } };
    const fake = fakeIo('', changes);
    const status = await program(words, fake.io);
    return { status, out: fake.out(), err: fake.err() };
  };
  return {
    cwd,
    lpad: (...words) => type(main, words),
    rlaunch: (...words) => type(mainRlaunch, words),
  };
}

/** A job that has run, in its own directory. */
async function ranJob(
  spec: object,
  ...words: readonly string[]
): Promise<Place & { readonly dir: string; readonly file: string }> {
  const place = newPlace();
  writeFileSync(join(place.cwd, 'wf.json'), JSON.stringify({ name: 'my_app', spec }));
  expect(await place.lpad('add', 'wf.json')).toMatchObject({ status: 0 });
  expect(await place.rlaunch('-s', 'rapidfire', ...words)).toMatchObject({ status: 0 });
  const name = readdirSync(place.cwd).find((one) => one.startsWith('launcher_')) ?? '';
  const dir = join(place.cwd, name);
  return { ...place, dir, file: join(dir, '.lpad/job.json') };
}

const script = (command: unknown): object => ({ _fw_name: 'ScriptTask', script: command });
const MY_APP = {
  foo: 'bar',
  time_now: { _resolve: 'now:%H-%M-%S-%f' },
  _tasks: [script('echo cfg.foo=bar >> my_app.log'), script('pwd >> my_app.log')],
};
const returned = (dir: string, name = 'job_return.json'): Record<string, unknown> =>
  JSON.parse(readFileSync(join(dir, '.lpad', name), 'utf8')) as Record<string, unknown>;

describe('lpad rerun_from_file', () => {
  test('runs exactly that job again: same directory, log appended, and a warning of what it does not do', async () => {
    const { lpad, dir, file } = await ranJob(MY_APP);
    const before = readFileSync(join(dir, 'my_app.log'), 'utf8');
    const { status, err, out } = await lpad('rerun_from_file', file);
    expect({ status, out }).toEqual({ status: 0, out: '' });
    expect(readFileSync(join(dir, 'my_app.log'), 'utf8')).toBe(before + before);
    expect(err).toContain(
      'warning: a saved job runs outside of the database: no state changes there, children get nothing of the result, and trackers, background tasks and hooks are not called\n',
    );
    expect(err).toMatch(
      /INFO spec[.]time_now [(]now:%H-%M-%S-%f[)] is resolved anew: [\d-]+; in the first run it was /,
    );
    expect(err).toMatch(/Firework 1 [(]my_app[)], from its file: COMPLETED; see .*job_return[.]json\n$/);
    expect(returned(dir, 'job_return.1.json')).toMatchObject({ rerun: false, state: 'COMPLETED' });
    expect(returned(dir)).toMatchObject({ rerun: true, frozen: false, state: 'COMPLETED' });
    await lpad('rerun_from_file', file);
    const log = readFileSync(join(dir, '.lpad/rerun.log'), 'utf8');
    expect(log.match(/INFO Rerunning the job of/g)).toHaveLength(2);
  });

  test('takes the values of the first run with --frozen', async () => {
    const { lpad, dir, file } = await ranJob(MY_APP);
    const { err } = await lpad('rerun_from_file', file, '--frozen');
    expect(err).toMatch(/INFO spec[.]time_now [(]now:%H-%M-%S-%f[)] is [\d-]+, as in the first run/);
    const first = returned(dir, 'job_return.1.json')['resolved'];
    expect(first).toHaveLength(1);
    expect(returned(dir)).toMatchObject({ frozen: true, resolved: first });
    await lpad('rerun_from_file', file);
    expect(returned(dir)['resolved']).not.toEqual(first);
  });

  test('needs no database, and no configuration of one', async () => {
    const { lpad, dir, file, cwd } = await ranJob(MY_APP);
    rmSync(join(cwd, 'db'), { recursive: true });
    expect(await lpad('rerun_from_file', file)).toMatchObject({ status: 0 });
    expect(readdirSync(cwd).sort()).toEqual([dir.slice(cwd.length + 1), 'wf.json']);
    const nowhere = newPlace({ LPAD_URI: 'mongodb://127.0.0.1:1/none' });
    expect(await nowhere.lpad('rerun_from_file', file)).toMatchObject({ status: 0 });
  });

  test('changes nothing in the database', async () => {
    const { lpad, file } = await ranJob({ _tasks: [script('false')] });
    const all = async (): Promise<string> => (await lpad('get_wflows', '-d', 'all', '-q', '{}')).out;
    const fws = async (): Promise<string> => (await lpad('get_fws', '-d', 'all', '-q', '{}')).out;
    const before = [await all(), await fws()];
    expect(before[1]).toContain('FIZZLED');
    await lpad('rerun_from_file', file);
    expect([await all(), await fws()]).toEqual(before);
  });

  test('ends with 1 when the job is FIZZLED, and says why', async () => {
    const { lpad, dir, file } = await ranJob({ _tasks: [script('test -e there')] });
    const failed = await lpad('rerun_from_file', file);
    expect(failed.status).toBe(1);
    expect(failed.err).toContain('ScriptTask fizzled! Return code: [1]');
    expect(failed.err).toContain('from its file: FIZZLED');
    writeFileSync(join(dir, 'there'), '');
    expect((await lpad('rerun_from_file', file)).status).toBe(0);
    expect(returned(dir, 'job_return.2.json')).toMatchObject({ state: 'FIZZLED' });
  });

  test('appends what is printed and logged to the files of a redirected launch', async () => {
    const { lpad, dir, file } = await ranJob(
      { _tasks: [script('echo out; echo err >&2')] },
      '--local_redirect',
    );
    await lpad('rerun_from_file', file);
    expect(readFileSync(join(dir, 'FW_job.out'), 'utf8')).toBe('out\nout\n');
    const errors = readFileSync(join(dir, 'FW_job.error'), 'utf8');
    expect(errors.match(/^err$/gm)).toHaveLength(2);
    expect(errors.match(/INFO RUNNING fw_id: 1/g)).toHaveLength(2);
    expect(existsSync(join(dir, '.lpad/rerun.log'))).toBe(false);
  });

  test('does not call trackers and background tasks, but hands them to the Firetasks', async () => {
    const background = { _fw_name: 'BackgroundTask', tasks: [script('touch background')], num_launches: 1 };
    const spec = {
      _background_tasks: [{ ...background, run_on_finish: true }],
      _trackers: [{ filename: 'x', nlines: 1 }],
      _tasks: [script('true')],
    };
    const { lpad, dir, file } = await ranJob(spec);
    expect(existsSync(join(dir, 'background'))).toBe(true);
    rmSync(join(dir, 'background'));
    expect(await lpad('rerun_from_file', file)).toMatchObject({ status: 0 });
    expect(existsSync(join(dir, 'background'))).toBe(false);
  });

  test('ignores other options with a warning that names them', async () => {
    const { lpad, file } = await ranJob({ _tasks: [script('true')] });
    const words = [
      '--task-level',
      '-s',
      'FIZZLED',
      '--set',
      'a=1',
      '--yes',
      '-l',
      'x.yaml',
      '-o',
      'json',
      'foo=baz',
    ];
    const { status, err, out } = await lpad('rerun_from_file', file, ...words);
    expect({ status, out }).toEqual({ status: 0, out: '' });
    expect(err).toContain(
      'warning: ignored, since a saved job runs as it was saved: -s/--state, --task-level, --set, -y/--yes, -l/--launchpad_file, -o/--output, foo=baz\n',
    );
  });

  test.each([
    ['--frozzen', 'unknown option --frozzen for rerun_from_file; did you mean --frozen?'],
    ['--plan=x', 'unknown option --plan for rerun_from_file'],
    ['other/job.json', 'rerun_from_file runs one job per call, and got'],
  ])('refuses %s, and runs nothing', async (word, message) => {
    const { lpad, dir, file } = await ranJob({ _tasks: [script('true')] });
    const { status, err } = await lpad('rerun_from_file', file, word);
    expect(status).toBe(2);
    expect(err).toContain(`lpad: ${message}`);
    expect(readdirSync(join(dir, '.lpad')).sort()).toEqual(['job.json', 'job_return.json']);
  });

  test('shows with --dry-run what it would do, and does nothing', async () => {
    const { lpad, dir, file } = await ranJob(MY_APP);
    const before = readFileSync(join(dir, 'my_app.log'), 'utf8');
    const { status, out } = await lpad('rerun_from_file', file, '--dry-run');
    expect(status).toBe(0);
    expect(out).toMatch(/^Firework 1 [(]my_app[)], launch 1 of \S+, would run again in /);
    expect(out).toContain(
      'Firetasks: ScriptTask, ScriptTask\nspec.time_now (now:%H-%M-%S-%f) is resolved anew: ',
    );
    expect(readFileSync(join(dir, 'my_app.log'), 'utf8')).toBe(before);
    expect(readdirSync(join(dir, '.lpad')).sort()).toEqual(['job.json', 'job_return.json']);
  });

  describe('runs nothing, and says why,', () => {
    test.each<[string, (file: string) => void, RegExp]>([
      ['of a missing file', (file) => rmSync(file), /^lpad: there is no .*job[.]json\n {2}try: /],
      [
        'of one that was cut off',
        (file) => writeFileSync(file, readFileSync(file).subarray(0, 200)),
        /^lpad: the saved job is damaged: /,
      ],
      [
        'of one of a newer format',
        (file) => writeFileSync(file, readFileSync(file, 'utf8').replace('"format": 1', '"format": 9')),
        /^lpad: .*job[.]json has format 9 [(]lpad \S+ wrote it[)]; this lpad reads formats up to 1\n/,
      ],
    ])('%s', async (_, spoil, message) => {
      const { lpad, dir, file } = await ranJob({ _tasks: [script('echo x >> ran')] });
      spoil(file);
      const { status, err } = await lpad('rerun_from_file', file);
      expect(status).toBe(2);
      expect(err).toMatch(message);
      expect(readFileSync(join(dir, 'ran'), 'utf8')).toBe('x\n');
    });

    test('of a folder, but names the file in it', async () => {
      const { lpad, dir, file } = await ranJob({ _tasks: [script('true')] });
      const { status, err } = await lpad('rerun_from_file', dir);
      expect(status).toBe(2);
      expect(err).toBe(`lpad: ${dir} is a folder, no saved job\n  try: lpad rerun_from_file ${file}\n`);
    });

    test('while a variable is missing that a marker names', async () => {
      process.env['LPAD_TEST_CUTOFF'] = '520';
      const spec = { cutoff: { _resolve: 'env:LPAD_TEST_CUTOFF' }, _tasks: [script('echo x >> ran')] };
      const { lpad, dir, file } = await ranJob(spec);
      delete process.env['LPAD_TEST_CUTOFF'];
      const { status, err } = await lpad('rerun_from_file', file);
      expect(status).toBe(1);
      expect(err).toContain(
        'lpad: spec.cutoff: the environment has no variable LPAD_TEST_CUTOFF\n  try: --frozen',
      );
      expect(await lpad('rerun_from_file', file, '--frozen')).toMatchObject({ status: 0 });
      expect(readFileSync(join(dir, 'ran'), 'utf8')).toBe('x\nx\n');
    });
  });

  describe('of a launch that has left no result', () => {
    async function unfinished(changes: (text: string) => string): ReturnType<typeof ranJob> {
      const ran = await ranJob({ _tasks: [script('true')] });
      rmSync(join(ran.dir, '.lpad/job_return.json'));
      writeFileSync(ran.file, changes(readFileSync(ran.file, 'utf8')));
      return ran;
    }

    test('is refused while its process lives, unless it is insisted on', async () => {
      const child = spawn('sleep', ['60']);
      const { lpad, file } = await unfinished((text) =>
        text
          .replace(/"pid": \d+/, `"pid": ${String(child.pid)}`)
          .replace(/"saved_on": "[^"]*"/, `"saved_on": "${new Date(Date.now() + 60_000).toISOString()}"`),
      );
      const refused = await lpad('rerun_from_file', file);
      expect(refused.status).toBe(1);
      expect(refused.err).toContain(`as process ${String(child.pid)} on ${hostname()} and is still running`);
      expect(refused.err).toContain('--include-running');
      expect(await lpad('rerun_from_file', file, '--include-running')).toMatchObject({ status: 0 });
      child.kill();
    });

    test('is refused when it ran on another machine', async () => {
      const { lpad, file } = await unfinished((text) => text.replace(/"host": "[^"]*"/, '"host": "node-77"'));
      const { status, err } = await lpad('rerun_from_file', file);
      expect(status).toBe(1);
      expect(err).toContain(
        'on node-77 and has left no result yet: from here nobody can tell whether it still runs',
      );
    });

    test('runs when its process is gone, or its number is that of a later one', async () => {
      const gone = await unfinished((text) => text.replace(/"pid": \d+/, '"pid": 4194304'));
      expect(await gone.lpad('rerun_from_file', gone.file)).toMatchObject({ status: 0 });
      const child = spawn('sleep', ['60']);
      const reused = await unfinished((text) =>
        text
          .replace(/"pid": \d+/, `"pid": ${String(child.pid)}`)
          .replace(/"saved_on": "[^"]*"/, '"saved_on": "2026-01-01T00:00:00+00:00"'),
      );
      expect(await reused.lpad('rerun_from_file', reused.file)).toMatchObject({ status: 0 });
      child.kill();
    });
  });

  test('runs where the file lies when its directory was moved or copied, and says so', async () => {
    const { lpad, dir, cwd } = await ranJob({ _tasks: [script('echo x >> ran')] });
    cpSync(dir, join(cwd, 'copy'), { recursive: true });
    const { status, err } = await lpad('rerun_from_file', join(cwd, 'copy/.lpad/job.json'));
    expect(status).toBe(0);
    expect(err).toContain(
      `WARNING it ran in ${dir}; its file lies in another directory now, where it runs: ${join(cwd, 'copy')}`,
    );
    expect(readFileSync(join(dir, 'ran'), 'utf8')).toBe('x\n');
    expect(readFileSync(join(cwd, 'copy/ran'), 'utf8')).toBe('x\nx\n');
  });

  test('runs a file that lies elsewhere in the directory that it names', async () => {
    const { lpad, dir, file, cwd } = await ranJob({ _tasks: [script('echo x >> ran')] });
    renameSync(file, join(cwd, 'kept.json'));
    writeFileSync(join(cwd, 'job_return.json'), readFileSync(join(dir, '.lpad/job_return.json')));
    expect(await lpad('rerun_from_file', 'kept.json')).toMatchObject({ status: 0 });
    expect(readFileSync(join(dir, 'ran'), 'utf8')).toBe('x\nx\n');
    rmSync(dir, { recursive: true });
    const { status, err } = await lpad('rerun_from_file', 'kept.json');
    expect(status).toBe(2);
    expect(err).toContain(`ran in is not there: ${dir}`);
  });

  test('reads a file that somebody has compressed', async () => {
    const { lpad, file } = await ranJob({ _tasks: [script('true')] });
    writeFileSync(`${file}.gz`, gzipSync(readFileSync(file)));
    rmSync(file);
    expect(await lpad('rerun_from_file', file)).toMatchObject({ status: 0 });
  });

  test('begins where the first run began, with its files and what it had stored', async () => {
    const first = await ranJob({ _tasks: [script('echo one > one'), script('test -e two')] });
    writeFileSync(join(first.dir, 'two'), '');
    expect(await first.lpad('rerun_fws', '-i', '1', '--task-level', '--copy-data')).toMatchObject({
      status: 0,
    });
    expect(await first.rlaunch('-s', 'rapidfire')).toMatchObject({ status: 0 });
    const [, second = ''] = readdirSync(first.cwd)
      .filter((one) => one.startsWith('launcher_'))
      .sort();
    const dir = join(first.cwd, second);
    rmSync(join(dir, 'one'));
    rmSync(first.dir, { recursive: true });
    const { status, err } = await first.lpad('rerun_from_file', join(dir, '.lpad/job.json'));
    expect(status).toBe(0);
    expect(err).toContain('files could not be fetched again, those in the directory are used');
    expect(err.match(/Task started/g)).toHaveLength(1);
    expect(existsSync(join(dir, 'one'))).toBe(false);
  });

  test('does not touch jobs beside compressed and archived files', async () => {
    const tasks = [
      script('echo x > x'),
      { _fw_name: 'CompressDirTask' },
      { _fw_name: 'ArchiveDirTask', base_name: 'all' },
    ];
    const { lpad, file, dir } = await ranJob({ _tasks: tasks });
    expect(existsSync(join(dir, 'x.gz'))).toBe(true);
    expect(await lpad('rerun_from_file', file)).toMatchObject({ status: 0 });
  });
});
