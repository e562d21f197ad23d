/** Firetasks and duplicate finders of one's own, by the programs as they are shipped. */
import { mkdirSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { runProgram, type ProgramResult } from '../../support/run-program';
import { temporaryFolder } from '../../support/temporary-folder';
import { buildRlaunch } from './build-program';

const GREET = `
exports.greet = {
  name: 'GreetTask',
  parameters: {
    type: 'object',
    required: ['whom'],
    properties: { whom: { type: 'string' }, times: { type: 'integer', minimum: 1 } },
    additionalProperties: false,
  },
  run: ({ parameters }) => ({ stored_data: { greeting: 'hello ' + parameters.whom } }),
};`;

const FINDER = `
exports.sameLabel = {
  name: 'SameLabel',
  query: (spec) => ({ 'spec.label': spec.label, launches: { $ne: [] } }),
  verify: (spec, other) => spec.size <= other.size,
};`;

describe("Firetasks of one's own", () => {
  const folder = temporaryFolder();
  let rlaunch = '';
  let count = 0;
  beforeAll(async () => {
    rlaunch = await buildRlaunch();
  });

  /** A folder with a database of its own, and a launchpad file that says so. */
  function place(files: Readonly<Record<string, string>>, settings = ''): string {
    count += 1;
    const cwd = join(folder, String(count));
    mkdirSync(cwd);
    const all = { 'my_launchpad.yaml': `path: db\n${settings}`, ...files };
    for (const [name, text] of Object.entries(all)) writeFileSync(join(cwd, name), text);
    return cwd;
  }

  function run(
    cwd: string,
    words: readonly string[],
    changes: NodeJS.ProcessEnv = {},
  ): Promise<ProgramResult> {
    const [name = '', ...args] = words;
    const program = rlaunch.replace(/rlaunch[.]js$/, `${name}.js`);
    const env = { PATH: process.env['PATH'], HOME: folder, ...changes };
    return runProgram(process.execPath, [program, ...args], { cwd, env });
  }

  function firework(tasks: readonly object[], spec: object = {}): string {
    return JSON.stringify({ spec: { ...spec, _tasks: tasks } });
  }

  async function states(cwd: string): Promise<unknown> {
    const { stdout } = await run(cwd, ['lpad', 'get_fws', '-q', '{}', '-o', 'json']);
    const found = JSON.parse(stdout) as readonly { readonly fw_id: number; readonly state: string }[];
    return Object.fromEntries(found.map(({ fw_id, state }) => [fw_id, state]));
  }

  it('are loaded from the module that the launchpad file names, and run', async () => {
    const wf = firework([{ _fw_name: 'GreetTask', whom: 'Ada' }]);
    const cwd = place({ 'greet.cjs': GREET, 'wf.json': wf }, 'firetasks: [./greet.cjs]\n');
    expect(await run(cwd, ['lpad', 'add', 'wf.json'])).toMatchObject({ code: 0, stderr: '' });
    expect((await run(cwd, ['rlaunch', '-s', 'rapidfire'])).code).toBe(0);
    const { stdout } = await run(cwd, ['lpad', 'get_fws', '-i', '1', '-d', 'all']);
    expect(stdout).toContain('"greeting": "hello Ada"');
  });

  it('know which run they belong to, and are found again when their job is rerun from its file', async () => {
    const module = `
import { runContext } from 'lpad';
export const where = {
  name: 'WhereTask',
  run: ({ spec, logger }) => logger.info(JSON.stringify({ ...runContext(), who: spec.who })),
};`;
    const python = {
      _fw_name: 'PyTask',
      func: 'os.system',
      args: ['echo $LPAD_RUN_ID $LPAD_ROOT_ID $LPAD_FW_ID'],
    };
    const wf = firework([{ _fw_name: 'WhereTask' }, python], { who: { _resolve: 'env:LPAD_WHO' } });
    const cwd = place({ 'where.mjs': module, 'wf.json': wf }, 'firetasks: [./where.mjs]\n');
    mkdirSync(join(cwd, 'node_modules'));
    symlinkSync(dirname(dirname(rlaunch)), join(cwd, 'node_modules/lpad'));
    await run(cwd, ['lpad', 'add', 'wf.json']);
    const first = await run(cwd, ['rlaunch', 'rapidfire'], { LPAD_WHO: 'ada' });
    expect(first).toMatchObject({ code: 0, stdout: '1 1 1\n' });
    expect(first.stderr).toContain('INFO {"runId":1,"rootId":1,"fwId":1,"launchId":1,"who":"ada"}');
    const [job = ''] = readdirSync(cwd)
      .filter((name) => name.startsWith('launcher_'))
      .map((name) => join(name, '.lpad/job.json'));
    const again = await run('/', ['lpad', 'rerun_from_file', join(cwd, job)], { LPAD_WHO: 'grace' });
    expect(again).toMatchObject({ code: 0, stdout: '1 1 1\n' });
    expect(again.stderr).toContain('INFO {"runId":1,"rootId":1,"fwId":1,"launchId":1,"who":"grace"}');
  });

  it('have their parameters checked when a workflow is added, place by place', async () => {
    const wf = [
      'spec:',
      '  _tasks:',
      '  - _fw_name: GreetTask',
      '    whom: 5',
      '    tmies: 2',
      '  - _fw_name: ScriptTask',
      '  - { _fw_name: ForeachTask, split: x, task: { _fw_name: GreetTask, whom: Ada, times: 0 } }',
    ].join('\n');
    const cwd = place({ 'greet.cjs': GREET, 'wf.yaml': wf }, 'firetasks: ./greet.cjs\n');
    const { code, stdout, stderr } = await run(cwd, ['lpad', 'add', 'wf.yaml']);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr.trimEnd().split('\n')).toEqual([
      'lpad: spec._tasks[0].tmies: is no known key; did you mean times?, in wf.yaml line 5',
      'spec._tasks[0].whom: must be a text, is 5, in wf.yaml line 4',
      'spec._tasks[1].script: is missing, in wf.yaml line 6',
      'spec._tasks[2].task.times: must be at least 1, is 0, in wf.yaml line 7',
    ]);
  });

  it('that nobody knows are left alone, and a slip in a name is told', async () => {
    const cwd = place({
      'wf.json': firework([{ _fw_name: 'ScritpTask', script: 'true' }]),
      'other.json': firework([{ _fw_name: 'pkg::Simulate' }]),
    });
    expect(await run(cwd, ['lpad', 'add', 'wf.json', 'other.json'])).toMatchObject({
      code: 0,
      stderr:
        'warning: wf.json: no Firetask ScritpTask is known here; did you mean ScriptTask? Only a rocket that knows it will run it\n',
    });
    await run(cwd, ['rlaunch', 'rapidfire']);
    expect(await states(cwd)).toEqual({ 1: 'READY', 2: 'READY' });
  });

  it.each([
    ['a module that is not there', 'firetasks: [./none.mjs]', {}, 'cannot be loaded'],
    ['a name without ./', 'firetasks: [greet.cjs]', { 'greet.cjs': GREET }, 'is written ./greet.cjs'],
    ['a module without any', 'firetasks: [./a.cjs]', { 'a.cjs': 'exports.x = 1' }, 'exports no Firetask'],
    [
      'the name of a built-in one',
      'firetasks: [./a.cjs]',
      { 'a.cjs': "exports.x = { name: 'ScriptTask', run() {} }" },
      'two Firetasks are called ScriptTask',
    ],
  ])('are refused clearly: %s', async (_, settings, files, words) => {
    const { code, stderr } = await run(place(files, settings), ['rlaunch', 'rapidfire']);
    expect({ code, stderr }).toEqual({ code: 2, stderr: expect.stringContaining(words) as string });
  });

  it('may be TypeScript where Node or a loader reads it, and are refused with a way out elsewhere', async () => {
    const ts = `interface P { readonly whom: string }\n${GREET.replace('({ parameters })', '({ parameters }: { parameters: P })')}`;
    const wf = firework([{ _fw_name: 'GreetTask', whom: 'Ada' }]);
    const cwd = place({ 'greet.ts': ts, 'wf.json': wf }, 'firetasks: [./greet.ts]\n');
    symlinkSync(resolve(__dirname, '../../../node_modules'), join(cwd, 'node_modules'));
    const native = Boolean((process.features as { readonly typescript?: unknown }).typescript);
    const without = await run(cwd, ['lpad', 'add', 'wf.json']);
    expect(without.code).toBe(native ? 0 : 2);
    if (!native) expect(without.stderr).toContain('Node 22.18 or later');
    const loader = {
      NODE_OPTIONS: '-r ts-node/register/transpile-only',
      TS_NODE_COMPILER_OPTIONS: '{"module":"commonjs","moduleResolution":"node10"}',
    };
    expect(await run(cwd, ['lpad', 'add', 'wf.json'], loader)).toMatchObject({ code: 0, stderr: '' });
    expect((await run(cwd, ['rlaunch', '-s', 'rapidfire'], loader)).code).toBe(0);
  });

  it('find duplicates in a way of their own', async () => {
    const tasks = [{ _fw_name: 'ScriptTask', script: 'true' }];
    const like = (label: string, size: number): string =>
      firework(tasks, { label, size, _dupefinder: { _fw_name: 'SameLabel' }, _priority: 10 - size });
    const files = { 'f.cjs': FINDER, '1.json': like('a', 2), '2.json': like('a', 3), '3.json': like('a', 1) };
    const cwd = place(files, 'firetasks: [./f.cjs]\n');
    await run(cwd, ['lpad', 'add', '1.json']);
    await run(cwd, ['rlaunch', '-s', 'rapidfire']);
    await run(cwd, ['lpad', 'add', '2.json', '3.json']);
    await run(cwd, ['rlaunch', '-s', 'rapidfire']);
    const { stdout } = await run(cwd, ['lpad', 'get_fws', '-q', '{}', '-d', 'more']);
    const found = JSON.parse(stdout) as readonly {
      readonly launches: readonly { readonly fw_id: number }[];
    }[];
    // The smaller one takes what the first has computed; the larger one must run.
    expect(found.map(({ launches }) => launches.map(({ fw_id }) => fw_id))).toEqual([[1], [2], [1]]);
    expect(await states(cwd)).toEqual({ 1: 'COMPLETED', 2: 'COMPLETED', 3: 'COMPLETED' });
  });

  it('leave Fireworks alone whose duplicate finder nobody knows', async () => {
    const wf = firework([{ _fw_name: 'ScriptTask', script: 'true' }], { _dupefinder: { _fw_name: 'Mine' } });
    const cwd = place({ 'wf.json': wf });
    await run(cwd, ['lpad', 'add', 'wf.json']);
    await run(cwd, ['rlaunch', 'rapidfire']);
    const { code, stderr } = await run(cwd, ['rlaunch', 'singleshot', '-f', '1']);
    expect({ code, stderr }).toEqual({ code: 1, stderr: expect.stringContaining('Mine') as string });
    expect(await states(cwd)).toEqual({ 1: 'READY' });
  });

  describe('in Python', () => {
    const PY = [{ _fw_name: 'PyTask', func: 'len', args: ['abc'], stored_data_varname: 'length' }];

    it('run in the Python that the configuration names', async () => {
      const cwd = place({ 'wf.json': firework(PY) }, 'python: ./my-python\n');
      writeFileSync(join(cwd, 'my-python'), '#!/bin/sh\nexec python3 "$@"\n', { mode: 0o755 });
      await run(cwd, ['lpad', 'add', 'wf.json']);
      await run(cwd, ['rlaunch', '-s', 'rapidfire']);
      const { stdout } = await run(cwd, ['lpad', 'get_fws', '-i', '1', '-d', 'all']);
      expect(stdout).toContain('"length": 3');
    });

    it('stay READY where that Python is not there', async () => {
      const cwd = place({ 'wf.json': firework(PY) });
      await run(cwd, ['lpad', 'add', 'wf.json']);
      const none = join(cwd, 'none');
      const { stderr } = await run(cwd, ['rlaunch', '-s', 'rapidfire'], { LPAD_PYTHON: none });
      expect(stderr).toContain(`warning: ${none} cannot run Firetasks of Python`);
      expect(await states(cwd)).toEqual({ 1: 'READY' });
    });

    it('print where the others print, and keep the words of Python when they fail', async () => {
      const tasks = [
        { _fw_name: 'PyTask', func: 'print', args: ['on stdout'] },
        { _fw_name: 'PyTask', func: 'sys.stderr.write', args: ['x'] },
      ];
      const cwd = place({ 'wf.json': firework(tasks) });
      await run(cwd, ['lpad', 'add', 'wf.json']);
      const { stdout, stderr } = await run(cwd, ['rlaunch', '-s', 'rapidfire']);
      expect(stdout).toBe('on stdout\n');
      expect(stderr).toContain("ModuleNotFoundError: No module named 'sys.stderr'; 'sys' is not a package");
      const error = await run(cwd, ['lpad', 'get_fws', '--error', 'ModuleNotFoundError', '-d', 'ids']);
      expect(error.stdout).toBe('1\n');
    });

    it('whose process dies make the Firework FIZZLED', async () => {
      const cwd = place({ 'wf.json': firework([{ _fw_name: 'PyTask', func: 'os.abort' }]) });
      await run(cwd, ['lpad', 'add', 'wf.json']);
      const { stderr } = await run(cwd, ['rlaunch', '-s', 'rapidfire']);
      expect(stderr).toContain(
        'RuntimeError: the Python of PyTask ended with -6 before the Firetask was done',
      );
      expect(await states(cwd)).toEqual({ 1: 'FIZZLED' });
    });
  });
});
