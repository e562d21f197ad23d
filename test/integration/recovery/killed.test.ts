/** `lpad recover` killed at its writes: a second call in the same night does what is left, once, and knows what was done. */
import { rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { createEmbeddedStore } from '../../../src/storage/embedded/embedded-store';
import type { LaunchPadStore } from '../../../src/storage/launchpad-store';
import { createMongoStore } from '../../../src/storage/mongo/mongo-store';
import { fill, leftovers, runKilled, snapshot, type KillWorld } from '../../chaos/kill-world';
import { describeWithMongo, freshDatabase } from '../../support/mongod';
import { createTemporaryFolder } from '../../support/temporary-folder';
import { buildRlaunch } from '../rocket/build-program';
import { collectSteps } from './collect-steps';

const WORKFLOWS = 20;
const KILLS = process.env['LPAD_CHAOS'] === undefined ? 7 : 60;

jest.setTimeout(process.env['LPAD_CHAOS'] === undefined ? 300_000 : 3_600_000);

let lpad = '';

beforeAll(async () => {
  lpad = join(dirname(await buildRlaunch()), 'lpad.js');
});

function killTests(kind: KillWorld['kind'], open: () => LaunchPadStore, config: object): void {
  const folder = createTemporaryFolder();
  const file = join(folder, 'my_launchpad.yaml');
  const policy = join(folder, 'recovery.json');
  const recover = ['recover', '--policy', policy, '--key', 'one', '-o', 'json'];
  writeFileSync(file, JSON.stringify(config));
  writeFileSync(policy, JSON.stringify({ canary: 0, rules: [{ name: 'again', match: {}, do: 'rerun' }] }));

  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  async function fresh(): Promise<{ readonly world: KillWorld; readonly store: LaunchPadStore }> {
    const store = open();
    await store.open();
    await store.reset();
    await fill(store, WORKFLOWS);
    const program = [process.execPath, lpad, '-l', file];
    return { store, world: { kind, program, openStore: () => Promise.resolve(store) } };
  }

  it('reruns each Firework once, and every step says which command of the journal did it', async () => {
    const { world, store } = await fresh();
    const whole = await runKilled(world, recover);
    expect(whole).toMatchObject({ code: 0 });
    const writes = Number(/writes: (\d+)/.exec(whole.stderr)?.[1]);
    await store.close();
    for (let kill = 0; kill < KILLS; kill += 1) {
      const killAt = Math.round((kill * (writes - 1)) / (KILLS - 1));
      const where = `killed at write ${String(killAt)} of ${String(writes)}`;
      const round = await fresh();
      const before = await snapshot(round.store);
      const fizzled = [...before.fireworks.values()].filter(({ state }) => state === 'FIZZLED');
      const { killed, stderr } = await runKilled(round.world, recover, killAt);
      expect([where, killed, killed ? '' : stderr]).toEqual([where, true, '']);
      const next = await runKilled(round.world, recover);
      expect([where, next.code, next.code === 0 ? '' : next.stderr]).toEqual([where, 0, '']);
      const after = await snapshot(round.store);
      for (const { fwId, launches } of fizzled) {
        const now = after.fireworks.get(fwId);
        expect([where, now]).toMatchObject([
          where,
          { state: 'READY', launches: [], archivedLaunches: launches },
        ]);
      }
      const runs = new Map<string, Set<number>>();
      for await (const { run, patches } of round.store.findJournalEntries({})) {
        const ids = runs.get(run) ?? new Set<number>();
        for (const { collection, id } of patches.flatMap(({ changes }) => changes))
          if (collection === 'fireworks') ids.add(Number(id));
        runs.set(run, ids);
      }
      const steps = await collectSteps(round.store, 'one');
      expect([where, steps.map(({ fwId }) => fwId)]).toEqual([where, fizzled.map(({ fwId }) => fwId)]);
      const wrong = steps.filter(
        ({ fwId, status, to, journalId }) =>
          status !== 'done' || to !== 'READY' || runs.get(journalId ?? '')?.has(fwId) !== true,
      );
      expect([where, wrong, await leftovers(round.store)]).toEqual([where, [], []]);
      await round.store.close();
    }
  });
}

describeWithMongo('lpad recover killed with SIGKILL, on MongoDB,', () => {
  const { uri, name, drop } = freshDatabase();
  afterAll(drop);
  killTests('mongodb', () => createMongoStore({ uri, database: name }), { host: uri, name, uri_mode: true });
});

describe('lpad recover killed with SIGKILL, on the embedded store,', () => {
  const path = createTemporaryFolder();
  afterAll(() => rmSync(path, { recursive: true, force: true }));
  killTests('embedded', () => createEmbeddedStore({ folder: path }), { path });
});
