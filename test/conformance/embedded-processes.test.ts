/** Several processes on one embedded store, and processes that are killed while they write. */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import { createEmbeddedStore } from '../../src/storage/embedded/embedded-store';
import type { LaunchPadStore } from '../../src/storage/launchpad-store';
import { createTemporaryFolder } from '../support/temporary-folder';
import { collect } from './suite/builders';

const CHILD = join(__dirname, 'embedded-child.ts');
/** Each starts three processes; `npm run test:chaos` kills several hundred. */
const ROUNDS = Number(process.env['LPAD_KILL_ROUNDS'] ?? 4);
const KILLED_PER_ROUND = 3;

function startChild(folder: string, ...args: readonly string[]): ChildProcess {
  return spawn(process.execPath, ['-r', 'ts-node/register/transpile-only', CHILD, folder, ...args], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: {
      ...process.env,
      TS_NODE_COMPILER_OPTIONS: JSON.stringify({ module: 'commonjs', moduleResolution: 'node10' }),
    },
  });
}

async function started({ stdout }: ChildProcess): Promise<void> {
  if (stdout) await once(stdout, 'data');
}

async function idsFrom(child: ChildProcess): Promise<readonly number[]> {
  if (!child.stdout) throw new Error('the child has no output');
  return JSON.parse(await text(child.stdout)) as readonly number[];
}

/** Members and workflow, documents and indexes: all say the same. */
async function expectWhole(store: LaunchPadStore): Promise<void> {
  const states = new Map<number, string>();
  for await (const { fwId, state } of store.findFireworks({}, 'summary')) states.set(fwId, state);
  for await (const { nodes, fwStates } of store.findWorkflows({})) {
    const [first] = nodes;
    const one = first === undefined ? undefined : states.get(first);
    expect(nodes.map((node) => states.get(node))).toEqual(nodes.map(() => one));
    expect([...fwStates.values()]).toEqual(nodes.map(() => one));
  }
  for (const state of ['READY', 'FIZZLED']) {
    const expected = [...states].filter(([, one]) => one === state).map(([id]) => id);
    expect(await store.findFireworkIds({ where: { state } })).toEqual(expected);
  }
}

describe('an embedded store that several processes use', () => {
  let folder = '';
  let store: LaunchPadStore;

  beforeEach(async () => {
    folder = createTemporaryFolder();
    store = createEmbeddedStore({ folder });
    await store.open();
  });

  afterEach(async () => {
    await store.close();
    rmSync(folder, { recursive: true, force: true });
  });

  it('gives each process ids of its own, and keeps what all of them add', async () => {
    const children = [startChild(folder, 'add', '60'), startChild(folder, 'add', '60')];
    const ids = (await Promise.all(children.map(idsFrom))).flat();
    expect(new Set(ids).size).toBe(360);
    expect(await store.findFireworkIds({})).toEqual(ids.toSorted((one, other) => one - other));
    expect(await store.countWorkflows({})).toBe(120);
  });

  it('never lets two processes claim the same Firework', async () => {
    await idsFrom(startChild(folder, 'add', '40'));
    const children = [startChild(folder, 'claim', '80'), startChild(folder, 'claim', '80')];
    const ids = (await Promise.all(children.map(idsFrom))).flat();
    expect(ids).toHaveLength(120);
    expect(new Set(ids).size).toBe(120);
  });

  it('has whole workflows only, whenever a process that commits is killed', async () => {
    let commits = 0;
    for (let round = 0; round < ROUNDS; round += 1) {
      const children = Array.from({ length: KILLED_PER_ROUND }, () => startChild(folder, 'flip'));
      await Promise.all(children.map(started));
      for (const child of children) {
        await sleep(10 + Math.random() * 60);
        child.kill('SIGKILL');
        await once(child, 'exit');
      }
      await expectWhole(store);
      const entries = (await collect(store.findJournalEntries({}))).length;
      expect(entries).toBeGreaterThan(commits);
      commits = entries;
      expect((await collect(store.findJournalEntries({ status: 'applying' }))).length).toBe(0);
    }
    expect(await store.countWorkflows({})).toBe(ROUNDS * KILLED_PER_ROUND);
    // A process that starts afterwards sees the same.
    await store.close();
    await store.open();
    await expectWhole(store);
  }, 180_000);
});
