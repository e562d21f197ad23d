/** What `get_fws` shows is what `rerun_fws` takes: for random selectors on a population of both stores. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { STATES } from '../../src/domain/state';
import type { LaunchPadStore } from '../../src/storage/launchpad-store';
import { createEmbeddedStore } from '../../src/storage/embedded/embedded-store';
import { createMongoStore } from '../../src/storage/mongo/mongo-store';
import { main } from '../../src/cli/main';
import { describeWithMongo, freshDatabase } from '../support/mongod';
import { fakeIo } from '../support/fake-io';
import { NAMES, POPULATION, populate } from '../support/population';

const ids = fc.uniqueArray(fc.integer({ min: 1, max: POPULATION }), { minLength: 1, maxLength: 8 });
const selector = fc
  .record(
    {
      ids: ids.map((list) => ['-i', list.join(',')]),
      name: fc.constantFrom(...NAMES).map((name) => ['-n', name]),
      state: fc.constantFrom(...STATES).map((state) => ['-s', state]),
      query: fc
        .integer({ min: 0, max: 250 })
        .map((at) => ['-q', `{"spec.temperature": {"$gte": ${String(at)}}}`]),
      error: fc.constantFrom('out of memory', 'ValueError', '^Mem').map((regex) => ['--error', regex]),
      order: fc.constantFrom(['--sort', 'updated_on'], ['--rsort', 'updated_on']),
      max: fc.integer({ min: 0, max: 6 }).map((max) => ['-m', String(max)]),
    },
    { requiredKeys: [] },
  )
  .filter(({ ids: some, name, state, query, error }) => Boolean(some ?? name ?? state ?? query ?? error))
  .map((words) => Object.values(words).flat());

function holdsPreview(open: () => { readonly config: string; readonly store: LaunchPadStore }): void {
  let folder = '';
  let file = '';

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'lpad-preview-'));
    const { config, store } = open();
    file = join(folder, 'my_launchpad.json');
    writeFileSync(file, config);
    await store.open();
    await store.reset();
    await populate(store);
    await store.close();
  });

  afterAll(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  async function run(...argv: readonly string[]): Promise<unknown> {
    const { io, out, err } = fakeIo('', { cwd: folder });
    const status = await main(['-l', file, ...argv], io);
    expect([status, err()]).toEqual([expect.any(Number), expect.not.stringContaining('lpad:')]);
    return JSON.parse(out());
  }

  it('prints the ids that a rerun with the same selectors takes', async () => {
    await fc.assert(
      fc.asyncProperty(selector, async (words) => {
        const shown = (await run('get_fws', ...words, '-d', 'ids', '-o', 'json')) as readonly number[];
        const plan = (await run('rerun_fws', ...words, '--dry-run', '-o', 'json')) as {
          readonly targets: readonly { readonly fw_id: number }[];
        };
        const taken = plan.targets.map((target) => target.fw_id);
        expect(taken).toEqual(shown.toSorted((one, other) => one - other));
      }),
      { numRuns: 60 },
    );
  }, 120_000);
}

describe('a preview on the embedded store', () => {
  holdsPreview(() => {
    const folder = mkdtempSync(join(tmpdir(), 'lpad-preview-db-'));
    return { config: JSON.stringify({ path: folder }), store: createEmbeddedStore({ folder }) };
  });
});

describeWithMongo('a preview on MongoDB', () => {
  holdsPreview(() => {
    const { uri, name } = freshDatabase();
    const config = JSON.stringify({ host: uri, name, uri_mode: true });
    return { config, store: createMongoStore({ uri, database: name }) };
  });
});
