/** Real kills: a few of the writes in `npm test`, several hundred in `npm run test:chaos`. */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { createEmbeddedStore } from '../../src/storage/embedded/embedded-store';
import { createMongoStore } from '../../src/storage/mongo/mongo-store';
import { killReruns, killUndos, type RoundOptions, type Tally } from '../chaos/kill-rounds';
import type { KillWorld } from '../chaos/kill-world';
import { describeWithMongo, freshDatabase } from '../support/mongod';
import { createTemporaryFolder } from '../support/temporary-folder';
import { buildRlaunch } from './rocket/build-program';

const ALL = process.env['LPAD_CHAOS'] !== undefined;

jest.setTimeout(ALL ? 3_600_000 : 180_000);

let lpad = '';

beforeAll(async () => {
  lpad = join(dirname(await buildRlaunch()), 'lpad.js');
});

/** In `npm run test:chaos`, of each test: two stores and two commands make several hundred. */
const MANY = 150;

/** So many, spread evenly, with the first and the last. */
function pick(few: number): RoundOptions['pick'] {
  return (writes) => {
    const count = Math.min(ALL ? MANY : few, writes);
    return Array.from({ length: count }, (_, at) => Math.round((at * (writes - 1)) / (count - 1)));
  };
}

function report(name: string, { kills }: Tally): void {
  if (ALL) process.stderr.write(`${name}: ${String(kills)} kills\n`);
  expect(kills).toBeGreaterThan(0);
}

function killTests(name: string, rounds: Omit<RoundOptions, 'pick'>): void {
  it('a rerun leaves every workflow rerun or untouched, and an undo still brings all back', async () => {
    report(`reruns on ${name}`, await killReruns({ ...rounds, pick: pick(9) }));
  });

  it('an undo leaves every workflow brought back or rerun', async () => {
    report(`undos on ${name}`, await killUndos({ ...rounds, pick: pick(5) }));
  });
}

describeWithMongo('killed with SIGKILL, on MongoDB,', () => {
  const folder = createTemporaryFolder();
  const database = freshDatabase();
  const file = join(folder, 'my_launchpad.yaml');
  writeFileSync(file, JSON.stringify({ host: database.uri, name: database.name, uri_mode: true }));

  afterAll(async () => {
    rmSync(folder, { recursive: true });
    await database.drop();
  });

  killTests('MongoDB', {
    createWorld: () =>
      Promise.resolve({
        kind: 'mongodb',
        program: [process.execPath, lpad, '-l', file],
        openStore: async () => {
          const store = createMongoStore({ uri: database.uri, database: database.name });
          await store.open();
          return store;
        },
      }),
    dispose: () => Promise.resolve(),
  });
});

describe('killed with SIGKILL, on the embedded store,', () => {
  const folders = new Map<KillWorld, string>();

  killTests('the embedded store', {
    createWorld: () => {
      const folder = createTemporaryFolder();
      const data = join(folder, 'data');
      mkdirSync(data);
      const file = join(folder, 'my_launchpad.yaml');
      writeFileSync(file, JSON.stringify({ path: data }));
      const world: KillWorld = {
        kind: 'embedded',
        program: [process.execPath, lpad, '-l', file],
        openStore: async () => {
          const store = createEmbeddedStore({ folder: data });
          await store.open();
          return store;
        },
      };
      folders.set(world, folder);
      return Promise.resolve(world);
    },
    dispose: (world) => {
      rmSync(folders.get(world) ?? '', { recursive: true, force: true });
      return Promise.resolve();
    },
  });
});
