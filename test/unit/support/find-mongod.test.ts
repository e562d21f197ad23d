import { chmodSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { cacheFolder } from '../../support/cache-folder';
import { findMongod } from '../../support/find-mongod';
import { temporaryFolder } from '../../support/temporary-folder';

describe('findMongod', () => {
  const folder = temporaryFolder();
  const installed = join(folder, 'mongod');

  beforeAll(() => {
    writeFileSync(installed, '#!/bin/sh\n');
    chmodSync(installed, 0o755);
  });

  it('prefers a server that is running', async () => {
    const env = { LPAD_TEST_MONGO_URI: 'mongodb://host:1', MONGOMS_SYSTEM_BINARY: '/a/mongod', PATH: folder };

    expect(await findMongod(env)).toEqual({ kind: 'running', uri: 'mongodb://host:1' });
  });

  it('then the binary that mongodb-memory-server is told to use', async () => {
    expect(await findMongod({ MONGOMS_SYSTEM_BINARY: '/a/mongod', PATH: folder })).toEqual({
      kind: 'binary',
      path: '/a/mongod',
    });
  });

  it('then a mongod on the PATH', async () => {
    expect(await findMongod({ PATH: `/nowhere::${folder}` })).toEqual({ kind: 'binary', path: installed });
  });
});

describe('cacheFolder', () => {
  it('is where the environment says, or else below the user’s cache', () => {
    expect(cacheFolder({ LPAD_TEST_CACHE: '/a', XDG_CACHE_HOME: '/b' })).toBe('/a');
    expect(cacheFolder({ XDG_CACHE_HOME: '/b' })).toBe('/b/lpad-test');
    expect(cacheFolder({})).toMatch(/\/\.cache\/lpad-test$/);
  });
});
