/** Tests that run on a MongoDB and on the embedded store, each with a world of its own: an empty store and an empty folder. */
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import type { ValueObject } from '../../src/domain/model';
import { createEmbeddedStore } from '../../src/storage/embedded/embedded-store';
import type { LaunchPadStore } from '../../src/storage/launchpad-store';
import { createMongoStore } from '../../src/storage/mongo/mongo-store';
import { describeWithMongo, freshDatabase } from './mongod';
import { createTemporaryFolder } from './temporary-folder';

export interface Ground {
  readonly store: LaunchPadStore;
  readonly folder: string;
  /** What a launchpad file says to lead to the store. */
  readonly config: ValueObject;
}

/** `createWorld` is called before each test. */
export function describeWorlds<World>(
  name: string,
  createWorld: (ground: Ground) => World,
  tests: (world: () => World) => void,
): void {
  describeWithMongo(`${name}, on MongoDB`, () => {
    const { uri, name: database, drop } = freshDatabase();
    afterAll(() => drop());
    const config = { host: uri, name: database, uri_mode: true };
    onStore(createMongoStore({ uri, database }), config, createWorld, tests);
  });
  describe(`${name}, on the embedded store`, () => {
    const folder = createTemporaryFolder();
    afterAll(() => rmSync(folder, { recursive: true, force: true }));
    const path = join(folder, 'store');
    onStore(createEmbeddedStore({ folder: path }), { path }, createWorld, tests);
  });
}

function onStore<World>(
  store: LaunchPadStore,
  config: ValueObject,
  createWorld: (ground: Ground) => World,
  tests: (world: () => World) => void,
): void {
  let world: World | undefined;
  const folders: string[] = [];
  beforeAll(() => store.open());
  beforeEach(async () => {
    await store.reset();
    const folder = createTemporaryFolder();
    folders.push(folder);
    world = createWorld({ store, folder, config });
  });
  afterAll(async () => {
    await store.close();
    for (const folder of folders) rmSync(folder, { recursive: true, force: true });
  });
  tests(() => {
    if (!world) throw new Error('only inside of a test');
    return world;
  });
}
