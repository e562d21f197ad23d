/** `rlaunch multi`: processes side by side, their signals, and their deaths. */
import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Firework, Launch } from '../../../src/domain/model';
import { addWorkflows } from '../../../src/launchpad/add-workflows';
import { parseWorkflowFile } from '../../../src/specs/workflow-files/workflow-file';
import { createEmbeddedStore } from '../../../src/storage/embedded/embedded-store';
import type { LaunchPadStore } from '../../../src/storage/launchpad-store';
import { runProgram } from '../../support/run-program';
import { temporaryFolder } from '../../support/temporary-folder';
import { buildRlaunch } from './build-program';
import { script } from './rocket-world';

describe('rlaunch multi', () => {
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

  async function add(...workflows: readonly object[]): Promise<void> {
    await withStore(async (store) => {
      for (const workflow of workflows) {
        const options = { file: 'f.json', format: 'json', now: new Date() } as const;
        await addWorkflows(store, parseWorkflowFile(JSON.stringify(workflow), options));
      }
    });
  }

  function everything(): Promise<{ fireworks: Firework[]; launches: Launch[] }> {
    return withStore(async (store) => {
      const fireworks: Firework[] = [];
      const launches: Launch[] = [];
      for await (const one of store.findFireworks({}, 'summary')) fireworks.push(one);
      for await (const one of store.queryLaunches({}, 'all')) launches.push(one);
      return { fireworks, launches };
    });
  }

  function place(name: string): string {
    const path = join(folder, name);
    mkdirSync(path);
    return path;
  }

  function begin(cwd: string, ...argv: readonly string[]): [ChildProcess, Promise<number | null>] {
    const child = spawn(process.execPath, [rlaunch, 'multi', ...argv], { cwd, env, stdio: 'ignore' });
    const ended = new Promise<number | null>((resolve) => child.once('exit', resolve));
    return [child, ended];
  }

  const states = (fireworks: readonly Firework[]): readonly string[] => fireworks.map(({ state }) => state);

  it('shares the work, also what one process releases while others have none', async () => {
    const cwd = place('shared');
    writeFileSync(join(cwd, 'nodes'), 'b\na\nb\nc\nd\n');
    const slow = script(1, [
      { script: 'sleep 0.5; echo $LPAD_NODE_LIST $LPAD_SUB_NPROCS', store_stdout: true },
    ]);
    const chain = {
      name: 'w',
      metadata: {},
      fws: [slow, script(2, ['true']), script(3, ['true'])],
      links: { 1: [2, 3] },
    };
    await add(chain, slow, slow, slow);
    const argv = ['multi', '2', '--sleep', '1', '--nodefile', 'NODES', '--ppn', '3'];
    const result = await runProgram(process.execPath, [rlaunch, ...argv], {
      cwd,
      env: { ...env, NODES: 'nodes' },
    });
    expect(result.code).toBe(0);
    expect(result.stderr).toMatch(/Launching Rocket : \(Process-1\)/);
    expect(result.stderr).toMatch(/Sub job finished : \(Process-2\)/);
    const { fireworks, launches } = await everything();
    expect(new Set(states(fireworks))).toEqual(new Set(['COMPLETED']));
    const stored = launches.map(({ action }) => action?.['stored_data'] as Record<string, unknown>);
    expect(new Set(stored.map((one) => one['multiprocess_name']))).toEqual(
      new Set(['Process-1', 'Process-2']),
    );
    const seen = stored.map((one) => one['stdout']).filter((one) => one !== undefined);
    expect(new Set(seen)).toEqual(new Set(['a,b 6\n', 'c,d 6\n']));
  });

  it.each(['SIGINT', 'SIGTERM'] as const)('passes %s on, and leaves nothing RUNNING', async (signal) => {
    const cwd = place(signal);
    const slow = script(1, [`touch ${cwd}/started-$$; sleep 60`]);
    await add(slow, slow, slow);
    const [child, ended] = begin(cwd, '3');
    while (startedIn(cwd) < 3) await sleep(50);
    child.kill(signal);
    expect(await ended).toBe(130);
    const { fireworks, launches } = await everything();
    expect(states(fireworks)).toEqual(['FIZZLED', 'FIZZLED', 'FIZZLED']);
    expect(JSON.stringify(launches.map(({ action }) => action))).toContain(`interrupted by ${signal}`);
  });

  it('goes on when a process dies, and fizzles what it was running', async () => {
    const cwd = place('death');
    const deadly = script(
      1,
      [`test ! -e ${cwd}/dead || exit 0; echo $$ > ${cwd}/dead; sleep 0.3; kill -9 $PPID; sleep 60`],
      {
        _priority: 1,
      },
    );
    await add(deadly, script(1, ['sleep 0.3']), script(1, ['sleep 0.3']), script(1, ['sleep 0.3']));
    const [, ended] = begin(cwd, '2', '--sleep', '1');
    expect(await ended).toBe(1);
    const { fireworks, launches } = await everything();
    expect(states(fireworks)).toEqual(['FIZZLED', 'COMPLETED', 'COMPLETED', 'COMPLETED']);
    const died = launches.find(({ fwId }) => fwId === 1);
    expect(JSON.stringify(died?.action)).toContain('was ended by SIGKILL');
    // Its script, and what that was waiting for.
    const script1 = Number(readFileSync(join(cwd, 'dead'), 'utf8'));
    expect(script1).toBeGreaterThan(0);
    // Whoever adopts an orphan takes a moment to notice that it ended.
    const isThere = (): boolean => {
      try {
        return process.kill(-script1, 0);
      } catch {
        return false;
      }
    };
    for (let tries = 0; isThere() && tries < 50; tries += 1) await sleep(100);
    expect(isThere()).toBe(false);
  });

  it('says what is wrong with its arguments', async () => {
    const cwd = place('wrong');
    writeFileSync(join(cwd, 'nodes'), 'a\nb\nc\n');
    const wrong = async (...argv: readonly string[]): Promise<string> => {
      const result = await runProgram(process.execPath, [rlaunch, 'multi', ...argv], { cwd, env });
      expect(result.code).toBe(2);
      return result.stderr;
    };
    expect(await wrong()).toContain('multi needs NUM_JOBS');
    expect(await wrong('0')).toContain('no number of processes');
    expect(await wrong('2', '--exclude_current_node')).toContain('needs --nodefile');
    expect(await wrong('2', '--nodefile', 'nodes')).toContain(
      "can't allocate nodes, 3 can't be divided by 2",
    );
    expect(await wrong('2', '--nodefile', 'none')).toContain('cannot be read');
    expect(existsSync(join(cwd, 'FW.json'))).toBe(false);
    expect(readFileSync(join(cwd, 'nodes'), 'utf8')).toBe('a\nb\nc\n');
  });
});

function startedIn(folder: string): number {
  return readdirSync(folder).filter((name) => name.startsWith('started-')).length;
}
