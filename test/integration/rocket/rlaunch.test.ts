import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { addWorkflows } from '../../../src/launchpad/add-workflows';
import { parseWorkflowFile } from '../../../src/specs/workflow-files/workflow-file';
import { createEmbeddedStore } from '../../../src/storage/embedded/embedded-store';
import type { LaunchPadStore } from '../../../src/storage/launchpad-store';
import { runProgram } from '../../support/run-program';
import { temporaryFolder } from '../../support/temporary-folder';
import { buildRlaunch } from './build-program';

describe('rlaunch', () => {
  const folder = temporaryFolder();
  const env = { PATH: process.env['PATH'], HOME: folder, LPAD_URI: join(folder, 'store') };
  let rlaunch = '';
  beforeAll(async () => {
    rlaunch = await buildRlaunch();
  });
  beforeEach(() => withStore((store) => store.reset()));

  async function withStore<T>(work: (store: LaunchPadStore) => Promise<T>): Promise<T> {
    const store = createEmbeddedStore({ folder: join(folder, 'store') });
    await store.open();
    try {
      return await work(store);
    } finally {
      await store.close();
    }
  }

  async function add(tasks: readonly object[]): Promise<void> {
    const text = JSON.stringify({ spec: { _tasks: tasks } });
    const drafts = parseWorkflowFile(text, { file: 'f.json', format: 'json', now: new Date() });
    await withStore((store) => addWorkflows(store, drafts));
  }

  function firstLaunch(): Promise<unknown> {
    return withStore(async (store) => {
      for await (const launch of store.findLaunches([1], 'all')) return launch;
      return undefined;
    });
  }

  function place(name: string): string {
    const path = join(folder, name);
    mkdirSync(path);
    return path;
  }

  it('runs what is there, and passes on what it prints', async () => {
    const cwd = place('run');
    await add([{ _fw_name: 'ScriptTask', script: 'echo out; echo err >&2' }]);
    const result = await runProgram(process.execPath, [rlaunch, 'rapidfire'], { cwd, env });
    expect(result).toMatchObject({ code: 0, stdout: 'out\n' });
    expect(result.stderr).toMatch(/^err$/m);
    expect(readdirSync(cwd)).toEqual([expect.stringMatching(/^launcher_\d{4}(-\d\d){5}-\d{6}$/)]);
    expect(await firstLaunch()).toMatchObject({ state: 'COMPLETED' });
  });

  it.each(['SIGTERM', 'SIGINT'] as const)(
    'ends the running Firework as FIZZLED on %s, with all it started',
    async (signal) => {
      const cwd = place(signal);
      await add([
        {
          _fw_name: 'ScriptTask',
          script: "trap '' TERM; (sleep 60; touch late) & touch started; wait; sleep 60",
        },
      ]);
      const child = spawn(process.execPath, [rlaunch, 'singleshot'], { cwd, env, stdio: 'ignore' });
      const ended = new Promise<number | null>((resolve) => child.once('exit', resolve));
      while (!existsSync(join(cwd, 'started'))) await sleep(20);
      child.kill(signal);
      expect(await ended).toBe(130);
      expect(await firstLaunch()).toMatchObject({
        state: 'FIZZLED',
        action: {
          exit: true,
          stored_data: {
            _message: `interrupted by ${signal}`,
            _exception: {
              _stacktrace: expect.stringMatching(
                new RegExp(`InterruptedError: interrupted by ${signal}\n$`),
              ) as string,
            },
          },
        },
      });
      const left = await runProgram('pgrep', ['-f', 'touch started'], { cwd });
      expect(left.stdout).toBe('');
    },
  );

  it.each(['SIGTERM', 'SIGINT'] as const)('ends a rerun from a file as FIZZLED on %s', async (signal) => {
    const cwd = place(`rerun-${signal}`);
    await add([
      {
        _fw_name: 'ScriptTask',
        script: 'test -e first || { touch first; exit 0; }; touch started; sleep 60',
      },
    ]);
    await runProgram(process.execPath, [rlaunch, 'singleshot'], { cwd, env });
    const lpad = rlaunch.replace(/rlaunch[.]js$/, 'lpad.js');
    const words = [lpad, 'rerun_from_file', '.lpad/job.json'];
    const child = spawn(process.execPath, words, { cwd, env, stdio: 'ignore' });
    const ended = new Promise<number | null>((resolve) => child.once('exit', resolve));
    while (!existsSync(join(cwd, 'started'))) await sleep(20);
    const second = await runProgram(process.execPath, words, { cwd, env });
    expect(second).toMatchObject({ code: 1 });
    expect(second.stderr).toContain(
      `lpad: this job is being rerun already, by process ${String(child.pid)} on `,
    );
    child.kill(signal);
    expect(await ended).toBe(130);
    expect(JSON.parse(readFileSync(join(cwd, '.lpad/job_return.json'), 'utf8'))).toMatchObject({
      rerun: true,
      state: 'FIZZLED',
      action: { stored_data: { _message: `interrupted by ${signal}` } },
    });
    expect(existsSync(join(cwd, '.lpad/rerun.lock'))).toBe(false);
    expect(await firstLaunch()).toMatchObject({ state: 'COMPLETED' });
  });

  it('fizzles what it runs at once when a second signal comes', async () => {
    const cwd = place('twice');
    writeFileSync(join(cwd, 'FW_config.yaml'), 'firetasks: [./deaf.cjs]\n');
    writeFileSync(
      join(cwd, 'deaf.cjs'),
      "exports.deaf = { name: 'Deaf', run: () => new Promise((done) => { require('fs').writeFileSync(" +
        "require('path').join(process.cwd(), 'started'), ''); setTimeout(done, 60000); }) };\n",
    );
    await add([{ _fw_name: 'Deaf' }]);
    const child = spawn(process.execPath, [rlaunch, 'singleshot'], { cwd, env, stdio: 'ignore' });
    const ended = new Promise<number | null>((resolve) => child.once('exit', resolve));
    while (!existsSync(join(cwd, 'started'))) await sleep(20);
    child.kill('SIGINT');
    await sleep(300);
    const second = Date.now();
    child.kill('SIGINT');
    expect(await ended).toBe(130);
    // Without it the Firetask has ten seconds to stop.
    expect(Date.now() - second).toBeLessThan(5000);
    expect(await firstLaunch()).toMatchObject({ state: 'FIZZLED' });
    const left = await withStore((store) => store.findFireworkIds({ where: { state: 'FIZZLED' } }));
    expect(left).toEqual([1]);
  });

  it('knows the Firetasks of modules that FW_config.yaml names, CommonJS and ESM', async () => {
    const cwd = place('own');
    writeFileSync(join(cwd, 'FW_config.yaml'), 'firetasks: [./one.cjs, ./two.mjs]\n');
    writeFileSync(
      join(cwd, 'one.cjs'),
      "exports.one = { name: 'One', run: async () => ({ stored_data: { one: 1 } }) };\n",
    );
    writeFileSync(
      join(cwd, 'two.mjs'),
      "export const two = { name: 'Two', run: async () => ({ stored_data: { two: 2 } }) };\n",
    );
    await add([{ _fw_name: 'One' }, { _fw_name: 'Two' }]);
    const result = await runProgram(process.execPath, [rlaunch, 'singleshot'], { cwd, env });
    expect(result.code).toBe(0);
    expect(await firstLaunch()).toMatchObject({
      state: 'COMPLETED',
      action: { stored_data: { one: 1, two: 2 } },
    });
  });
});
