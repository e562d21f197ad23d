/** A database that goes away while something runs, and a disk that is full. */
import { mkdirSync, rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { addWorkflows } from '../../../src/launchpad/add-workflows';
import { createFiretaskRegistry } from '../../../src/rocket/firetask-registry';
import { rapidfire } from '../../../src/rocket/rapidfire';
import { launchRocket } from '../../../src/rocket/rocket';
import type { RocketOptions } from '../../../src/rocket/rocket-options';
import { parseWorkflowFile } from '../../../src/specs/workflow-files/workflow-file';
import type { LaunchPadStore } from '../../../src/storage/launchpad-store';
import { createMongoStore } from '../../../src/storage/mongo/mongo-store';
import { ownMongod, type OwnMongod } from '../../chaos/own-mongod';
import { describeWith } from '../../support/outside';
import { findMongod } from '../../support/find-mongod';
import { createTemporaryFolder } from '../../support/temporary-folder';
import { act, acting, describeOnBothStores, script, WORKER } from './rocket-world';

const { LPAD_TEST_MONGO_URI: _running, ...env } = process.env;

describeWith('a mongod to kill', true, 'a rocket whose MongoDB goes away', () => {
  const folder = createTemporaryFolder();
  let mongod: OwnMongod | undefined;
  let store: LaunchPadStore;
  let restarted: Promise<void> | undefined;
  const log: string[] = [];
  const note = (message: string): void => void log.push(message);

  beforeAll(async () => {
    const found = await findMongod(env);
    if (found.kind !== 'binary') return;
    mkdirSync(join(folder, 'data'));
    mongod = await ownMongod(join(folder, 'data'));
    await mongod?.start();
    store = createMongoStore({ uri: mongod?.uri ?? '', database: 'outage' });
    await store.open();
  }, 60_000);
  beforeEach(async () => {
    await store.reset();
  });
  afterAll(async () => {
    await restarted;
    await store.close();
    await mongod?.kill();
    rmSync(folder, { recursive: true, force: true });
  });

  async function add(workflow: object): Promise<void> {
    const options = { file: 'f.json', format: 'json', now: new Date() } as const;
    await addWorkflows(store, parseWorkflowFile(JSON.stringify(workflow), options));
  }

  /** Away at once, and back after so long. */
  async function outage(ms: number): Promise<void> {
    // What it has answered for, it has on disk after so long.
    await sleep(300);
    await mongod?.kill();
    restarted = sleep(ms).then(() => mongod?.start());
  }

  function optionsWith(run: () => Promise<void>): Omit<RocketOptions, 'launchDir'> {
    return {
      store,
      worker: WORKER,
      registry: createFiretaskRegistry([act(run)]),
      logger: { debug: note, info: note, warn: note, error: note },
      signal: new AbortController().signal,
      output: { stdout: 2, writeStderr: () => undefined },
      settings: { pingEveryMs: 200 },
    };
  }

  const CHAIN = { name: 'w', metadata: {}, fws: [acting(1), acting(2)], links: { 1: [2] } };

  it('survives an outage while its Firetask runs, and goes on with the next', async () => {
    await add(CHAIN);
    let runs = 0;
    const run = async (): Promise<void> => {
      runs += 1;
      if (runs === 1) await outage(6000);
    };
    const outcome = await rapidfire({ ...optionsWith(run), folder, nlaunches: 0, sleepSecs: 1 });
    expect(outcome).toEqual({ launched: 2, fizzled: 0 });
    expect(await store.countFireworks({ where: { state: 'COMPLETED' } })).toBe(2);
    expect(await store.findLockHolders()).toEqual([]);
    expect(log.join('\n')).toContain('the database does not answer, trying again');
  }, 90_000);

  it('brings a result home whose writing was broken off half way', async () => {
    await add(CHAIN);
    let broken = false;
    const breaking: LaunchPadStore = {
      ...store,
      commitPatches: async (entry, owner, options) => {
        const isEnd = entry.patches.some(({ changes }) =>
          changes.some(({ fields }) => fields.some(({ after }) => after === 'COMPLETED')),
        );
        if (isEnd && !broken) {
          broken = true;
          await outage(3000);
        }
        return store.commitPatches(entry, owner, options);
      },
    };
    const options = { ...optionsWith(() => Promise.resolve()), store: breaking };
    const started = Date.now();
    expect(await launchRocket({ ...options, launchDir: folder })).toMatchObject({
      state: 'COMPLETED',
      saved: true,
    });
    // It takes its own lock again, which it could not give back: others would wait for minutes.
    expect(Date.now() - started).toBeLessThan(60_000);
    expect(await store.findFireworkIds({ where: { state: 'COMPLETED' } })).toEqual([1]);
    expect(await store.findFireworkIds({ where: { state: 'READY' } })).toEqual([2]);
    expect(await store.findLockHolders()).toEqual([]);
  }, 90_000);

  it('leaves nothing RUNNING that it could not start', async () => {
    await add(CHAIN);
    let broken = false;
    const breaking: LaunchPadStore = {
      ...store,
      commitPatches: async (...args) => {
        if (!broken) {
          broken = true;
          await outage(3000);
        }
        return store.commitPatches(...args);
      },
    };
    const options = { ...optionsWith(() => Promise.resolve()), store: breaking };
    await expect(launchRocket({ ...options, launchDir: folder })).rejects.toMatchObject({
      code: 'NO_DATABASE',
    });
    expect(await store.findFireworkIds({ where: { state: 'READY' } })).toEqual([1]);
    expect(await store.findLockHolders()).toEqual([]);
    const launches: string[] = [];
    for await (const { state } of store.queryLaunches({}, 'brief')) launches.push(state);
    expect(launches).toEqual(['FIZZLED']);
  }, 90_000);
});

describeOnBothStores('a rocket on a full disk', (world) => {
  it('fizzles with the reason', async () => {
    const { add, launch, launchOf, folder } = world();
    await add(script(1, ['true']));
    mkdirSync(join(folder, 'a'));
    symlinkSync('/dev/full', join(folder, 'a', 'FW.json'));
    expect(await launch('a')).toMatchObject({ state: 'FIZZLED', saved: true });
    expect(JSON.stringify(await launchOf(1))).toContain('ENOSPC');
  });
});
