/** Several programs at once on a real MongoDB, and a MongoDB that goes away. */
import { rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { MongoClient, type Collection, type Document } from 'mongodb';
import { createAction } from '../../src/domain/actions/fw-action';
import { completeLaunch } from '../../src/launchpad/launches/complete-launch';
import { createLockOwner, createRunContext } from '../../src/launchpad/run-context';
import type { LaunchPadStore } from '../../src/storage/launchpad-store';
import { createMongoStore } from '../../src/storage/mongo/mongo-store';
import { fates, fill, leftovers, snapshot } from '../chaos/kill-world';
import { ownMongod, type OwnMongod } from '../chaos/own-mongod';
import { describeWithMongo, freshDatabase } from '../support/mongod';
import { describeWithPeer, peerLpad, writeLaunchpadFile } from '../support/peer';
import { runProgram, type ProgramResult } from '../support/run-program';
import { createTemporaryFolder } from '../support/temporary-folder';
import { launch, workflow } from '../support/workflow-builder';
import { buildRlaunch } from './rocket/build-program';

const ALL = process.env['LPAD_CHAOS'] !== undefined;
const WORKFLOWS = 100;

jest.setTimeout(ALL ? 1_800_000 : 180_000);

let lpad = '';

beforeAll(async () => {
  lpad = join(dirname(await buildRlaunch()), 'lpad.js');
});

interface Database {
  readonly uri: string;
  readonly name: string;
}

interface Place {
  readonly store: LaunchPadStore;
  readonly workflows: Collection;
  readonly file: string;
  lpad(...args: readonly string[]): Promise<ProgramResult>;
}

/** A database, opened by our store and by the driver, and the file that tells both programs where it is. */
function usePlace(database: () => Database): () => Place {
  const folder = createTemporaryFolder();
  let place: (Place & { readonly client: MongoClient }) | undefined;
  beforeAll(async () => {
    const { uri, name } = database();
    const file = writeLaunchpadFile(folder, { uri, name, drop: () => Promise.resolve() });
    const client = new MongoClient(uri);
    const store = createMongoStore({ uri, database: name });
    await store.open();
    place = {
      store,
      client,
      file,
      workflows: client.db(name).collection('workflows'),
      lpad: (...args) => runProgram(process.execPath, [lpad, '-l', file, ...args], { env: process.env }),
    };
  });
  beforeEach(() => place?.store.reset());
  afterAll(async () => {
    await place?.store.close();
    await place?.client.close();
    rmSync(folder, { recursive: true });
  });
  return () => {
    if (!place) throw new Error('only inside of a test');
    return place;
  };
}

interface Report {
  readonly targets: readonly { readonly fw_id: number; readonly outcome: string }[];
}

function rerunOf({ stdout }: ProgramResult): readonly number[] {
  const { targets } = JSON.parse(stdout) as Report;
  return targets.filter(({ outcome }) => outcome === 'rerun').map(({ fw_id }) => fw_id);
}

/** How often each launch was archived, as the journal tells. */
async function archivals(store: LaunchPadStore): Promise<readonly number[]> {
  const counts = new Map<number, number>();
  for await (const { patches } of store.findJournalEntries({})) {
    for (const { fields } of patches.flatMap(({ changes }) => changes)) {
      const before = fields.find(({ path }) => path[0] === 'launches')?.before as
        readonly number[] | undefined;
      for (const id of before ?? []) counts.set(id, (counts.get(id) ?? 0) + 1);
    }
  }
  return [...counts.values()];
}

describeWithMongo('reruns at once', () => {
  const database = freshDatabase();
  const place = usePlace(() => database);
  afterAll(() => database.drop());

  it('of everything that is FIZZLED archive each launch once', async () => {
    const { store, lpad } = place();
    await fill(store, WORKFLOWS);
    const both = await Promise.all(
      [1, 2].map(() => lpad('rerun_fws', '-s', 'FIZZLED', '--yes', '-o', 'json')),
    );
    expect(both.map(({ code }) => code)).toEqual([0, 0]);
    const rerun = both.flatMap(rerunOf);
    expect(new Set(rerun).size).toBe(WORKFLOWS / 2);
    expect(await archivals(store)).toEqual(Array<number>(WORKFLOWS / 2).fill(1));
    expect(await leftovers(store)).toEqual([]);
    expect(await store.countFireworks({ where: { state: 'FIZZLED' } })).toBe(0);
  });

  it('of the same roots leave every workflow wholly rerun', async () => {
    const { store, lpad } = place();
    const roots = await fill(store, WORKFLOWS);
    const before = await snapshot(store);
    const args = ['rerun_fws', '-i', roots.join(','), '--yes', '-o', 'json'];
    const all = await Promise.all([1, 2, 3].map(() => lpad(...args)));
    expect(all.map(({ code }) => code)).toEqual([0, 0, 0]);
    expect(new Set(fates(before, await snapshot(store)))).toEqual(new Set(['rerun']));
    expect(await leftovers(store)).toEqual([]);
    expect(new Set(await archivals(store))).toEqual(new Set([1]));
  });

  it('of a Firework whose rocket ends after its launch was archived leave the Firework alone', async () => {
    const { store, lpad } = place();
    const view = workflow().chain(2).state(1, 'RUNNING').launches(1, [1]).view();
    await store.addWorkflows([{ ...view.workflow, fireworks: [...view.fireworks.values()] }]);
    const running = launch(1, { state: 'RUNNING', stateHistory: [] });
    await store.insertLaunch(running);
    expect((await lpad('rerun_fws', '-i', '1', '--include-running', '--yes')).code).toBe(0);
    const after = await snapshot(store);
    const now = (): Date => new Date();
    const ended = {
      launch: running,
      state: 'COMPLETED',
      action: createAction(),
      endedOn: now(),
      now,
    } as const;
    expect(await completeLaunch(store, ended)).toMatchObject({ kind: 'written', archived: true });
    expect(await snapshot(store)).toEqual(after);
    for await (const { state } of store.findLaunches([1], 'all')) expect(state).toBe('COMPLETED');
  });
});

describeWithPeer("Python's lpad on the same workflows", () => {
  const database = freshDatabase();
  const place = usePlace(() => database);
  afterAll(() => database.drop());

  it('reruns them at the same time, and each is wholly rerun', async () => {
    const { store, lpad, file } = place();
    const roots = await fill(store, 20);
    const before = await snapshot(store);
    const ids = roots.join(',');
    const today = new Date().toISOString().slice(0, 10);
    const [python, ours] = await Promise.all([
      peerLpad(file, 'rerun_fws', '-i', ids, '--password', today),
      sleep(900).then(() => lpad('rerun_fws', '-i', ids, '--yes')),
    ]);
    expect([python, ours]).toMatchObject([{ code: 0, stderr: '' }, { code: 0 }]);
    expect(new Set(fates(before, await snapshot(store)))).toEqual(new Set(['rerun']));
    expect(await leftovers(store)).toEqual([]);
  });

  it('holds a lock that ours waits for', async () => {
    const { store, workflows, lpad } = place();
    await fill(store, 2);
    await workflows.updateOne({ nodes: 1 }, { $set: { locked: true } });
    const running = lpad('rerun_fws', '-i', '1,4', '--yes', '-o', 'json');
    await sleep(2000);
    const states = await stateOf(workflows, 1);
    await workflows.updateOne({ nodes: 1 }, { $unset: { locked: '' } });
    const ended = await running;
    expect([states, ended.code, rerunOf(ended)]).toEqual(['COMPLETED', 0, [1, 4]]);
    expect(await stateOf(workflows, 1)).toBe('READY');
  });

  it('waits for a lock that ours holds', async () => {
    const { store, workflows, file } = place();
    await fill(store, 1);
    const owner = createLockOwner(createRunContext({ operation: 'rerun', commandLine: [] }));
    const key = String((await workflows.findOne({ nodes: 1 }))?._id);
    await store.lockWorkflows([key], owner, 0);
    const running = peerLpad(file, 'rerun_fws', '-i', '1');
    await sleep(4000);
    const states = await stateOf(workflows, 1);
    await store.unlockWorkflows([key], owner);
    expect([states, (await running).code]).toEqual(['COMPLETED', 0]);
    expect(await stateOf(workflows, 1)).toBe('READY');
    expect(await leftovers(store)).toEqual([]);
  });
});

async function stateOf(workflows: Collection, fwId: number): Promise<unknown> {
  return (await workflows.findOne<Document>({ nodes: fwId }))?.['state'];
}

/** Restarts a server: `npm run test:chaos` alone, see CONTRIBUTING.md for what it has found and is open. */
describeWithMongo('a MongoDB that is killed in the middle of a rerun, and started again', () => {
  const folder = createTemporaryFolder();
  const rounds = ALL ? 20 : 2;
  let server: OwnMongod | undefined;

  beforeAll(async () => {
    server = await ownMongod(folder);
    await server?.start();
  });
  afterAll(async () => {
    await server?.kill();
    rmSync(folder, { recursive: true, force: true });
  });

  it('costs no workflow: the next rerun finishes what was begun', async () => {
    if (!server) return process.stderr.write('no mongod of its own to be killed: not tested\n');
    const place: Database = { uri: server.uri, name: 'restarts' };
    const file = join(createTemporaryFolder(), 'my_launchpad.yaml');
    writeFileSync(file, JSON.stringify({ host: place.uri, name: place.name, uri_mode: true }));
    const open = async (): Promise<LaunchPadStore> => {
      const store = createMongoStore({ uri: place.uri, database: place.name });
      await store.open();
      return store;
    };
    for (let round = 0; round < rounds; round += 1) {
      let store = await open();
      await store.reset();
      const roots = await fill(store, ALL ? 2000 : 600);
      const before = await snapshot(store);
      await store.close();
      const args = [lpad, '-l', file, 'rerun_fws', '-i', roots.join(','), '--yes'];
      const running = runProgram(process.execPath, args, { env: process.env });
      await Promise.race([running, sleep(500 + round * (ALL ? 70 : 500))]);
      await server.kill();
      await sleep(300);
      await server.start();
      const { code, stderr } = await running;
      if (code !== 0) expect([code, stderr]).toEqual([3, expect.stringMatching(/MongoDB/)]);
      store = await open();
      const next = await runProgram(process.execPath, args, { env: process.env });
      expect([next.code, next.stderr]).toEqual([0, expect.anything()]);
      expect(await leftovers(store)).toEqual([]);
      expect(new Set(fates(before, await snapshot(store)))).toEqual(new Set(['rerun']));
      await store.close();
    }
  });
});
