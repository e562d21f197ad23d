/** What `get_fws` and `get_wflows` show is what commands that change something take: for random selectors, on both stores. */
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
const common = {
  ids: ids.map((list) => ['-i', list.join(',')]),
  state: fc.constantFrom(...STATES).map((state) => ['-s', state]),
  order: fc.constantFrom(['--sort', 'updated_on'], ['--rsort', 'updated_on']),
  max: fc.integer({ min: 0, max: 6 }).map((max) => ['-m', String(max)]),
};
const temperature = fc
  .integer({ min: 0, max: 250 })
  .map((at) => ['-q', `{"spec.temperature": {"$gte": ${String(at)}}}`]);

const ofFireworks = fc
  .record(
    {
      ...common,
      name: fc.constantFrom(...NAMES).map((name) => ['-n', name]),
      query: temperature,
      error: fc.constantFrom('out of memory', 'ValueError', '^Mem').map((regex) => ['--error', regex]),
    },
    { requiredKeys: [] },
  )
  .filter(({ ids: some, name, state, query, error }) => Boolean(some ?? name ?? state ?? query ?? error))
  .map((words) => Object.values(words).flat());

const ofWorkflows = fc
  .record(
    {
      ...common,
      name: fc.integer({ min: 0, max: 8 }).map((at) => ['-n', `w${String(at)}`]),
      query: fc
        .integer({ min: 1, max: POPULATION })
        .map((at) => ['-q', `{"nodes": {"$gte": ${String(at)}}}`]),
    },
    { requiredKeys: [] },
  )
  .filter(({ ids: some, name, state, query }) => Boolean(some ?? name ?? state ?? query))
  .map((words) => Object.values(words).flat());

const FIREWORK_COMMANDS = [
  ['rerun_fws'],
  ['pause_fws'],
  ['resume_fws'],
  ['defuse_fws'],
  ['reignite_fws'],
  ['update_fws', '-u', '{"a": 1}'],
  ['set_priority', '5'],
] as const;

const WORKFLOW_COMMANDS = [
  ['pause_wflows'],
  ['resume_wflows'],
  ['defuse_wflows'],
  ['reignite_wflows'],
  ['archive_wflows'],
  ['set_priority', '5', '-wf'],
] as const;

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

  async function holdsFor(
    query: string,
    command: readonly string[],
    words: readonly string[],
  ): Promise<void> {
    const shown = (await run(query, ...words, '-d', 'ids', '-o', 'json')) as readonly number[];
    const plan = (await run(...command, ...words, '--dry-run', '-o', 'json')) as {
      readonly targets: readonly { readonly fw_id: number }[];
    };
    const taken = plan.targets.map((target) => target.fw_id);
    expect([command, taken]).toEqual([command, shown.toSorted((one, other) => one - other)]);
  }

  it('of Fireworks prints the ids that a command with the same selectors takes', async () => {
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...FIREWORK_COMMANDS), ofFireworks, (command, words) =>
        holdsFor('get_fws', command, words),
      ),
      { numRuns: 80 },
    );
  }, 120_000);

  it('of Workflows prints the ids that a command with the same selectors takes', async () => {
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...WORKFLOW_COMMANDS), ofWorkflows, (command, words) =>
        holdsFor('get_wflows', command, words),
      ),
      { numRuns: 80 },
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
