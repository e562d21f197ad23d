/** Worlds for kills, on a MongoDB and on the embedded store: how many, and where they are. */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { LaunchPadStore } from '../../src/storage/launchpad-store';
import { createEmbeddedStore } from '../../src/storage/embedded/embedded-store';
import { createMongoStore } from '../../src/storage/mongo/mongo-store';
import { buildRlaunch } from '../integration/rocket/build-program';
import { describeWithMongo, freshDatabase } from '../support/mongod';
import { createTemporaryFolder } from '../support/temporary-folder';
import type { KillWorld } from './kill-world';

export const ALL_KILLS = process.env['LPAD_CHAOS'] !== undefined;

export interface WorldMaker {
  readonly createWorld: () => Promise<KillWorld>;
  readonly dispose: (world: KillWorld) => Promise<void>;
}

/** So many, spread evenly, with the first and the last; `many` in `npm run test:chaos`. */
export function spread(few: number, many: number): (writes: number) => readonly number[] {
  return (writes) => {
    const count = Math.min(ALL_KILLS ? many : few, writes);
    if (count < 2) return [0];
    return Array.from({ length: count }, (_, at) => Math.round((at * (writes - 1)) / (count - 1)));
  };
}

/** `settings` go into the launchpad files. */
export function describeKills(
  name: string,
  tests: (store: string, worlds: WorldMaker) => void,
  settings: object = {},
): void {
  jest.setTimeout(ALL_KILLS ? 3_600_000 : 180_000);
  let bin = '';
  beforeAll(async () => {
    bin = dirname(await buildRlaunch());
  });

  function worldIn(
    folder: string,
    kind: KillWorld['kind'],
    place: object,
    open: () => LaunchPadStore,
  ): KillWorld {
    const file = join(folder, 'my_launchpad.yaml');
    const work = join(folder, 'work');
    mkdirSync(work, { recursive: true });
    writeFileSync(file, JSON.stringify({ ...place, ...settings }));
    const program = (script: string): readonly string[] => [process.execPath, join(bin, script), '-l', file];
    return {
      kind,
      folder: work,
      program: program('lpad.js'),
      rocket: program('rlaunch.js'),
      openStore: async () => {
        const store = open();
        await store.open();
        return store;
      },
    };
  }

  describeWithMongo(`${name}, on MongoDB,`, () => {
    const folder = createTemporaryFolder();
    const { uri, name: database, drop } = freshDatabase();
    afterAll(async () => {
      rmSync(folder, { recursive: true });
      await drop();
    });
    tests('MongoDB', {
      createWorld: () => {
        const place = { host: uri, name: database, uri_mode: true };
        return Promise.resolve(worldIn(folder, 'mongodb', place, () => createMongoStore({ uri, database })));
      },
      dispose: () => Promise.resolve(),
    });
  });

  describe(`${name}, on the embedded store,`, () => {
    const folders = new Map<KillWorld, string>();
    tests('the embedded store', {
      createWorld: () => {
        const folder = createTemporaryFolder();
        const path = join(folder, 'data');
        mkdirSync(path);
        const world = worldIn(folder, 'embedded', { path }, () => createEmbeddedStore({ folder: path }));
        folders.set(world, folder);
        return Promise.resolve(world);
      },
      dispose: (world) => {
        rmSync(folders.get(world) ?? '', { recursive: true, force: true });
        return Promise.resolve();
      },
    });
  });
}
