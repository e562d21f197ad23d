/** What was selected by its state is rerun only while it still has that state. */
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { rerunFireworks } from '../../src/launchpad/rerun/rerun-fireworks';
import { createRunContext } from '../../src/launchpad/run-context';
import { createEmbeddedStore } from '../../src/storage/embedded/embedded-store';
import type { LaunchPadStore } from '../../src/storage/launchpad-store';
import { createMongoStore } from '../../src/storage/mongo/mongo-store';
import { describeWithMongo, freshDatabase } from '../support/mongod';
import { populate } from '../support/population';

const OPTIONS = { includeRunning: false, resetHeld: false, clearRecovery: false };

function asksAgain(create: () => LaunchPadStore): void {
  it('spares a result that came in between the selection and the rerun', async () => {
    const store = create();
    await store.open();
    try {
      await store.reset();
      await populate(store);
      const [fizzled = 0] = await store.findFireworkIds({ where: { state: 'FIZZLED' } });
      const [completed = 0] = await store.findFireworkIds({ where: { state: 'COMPLETED' } });
      const report = await rerunFireworks(
        store,
        {
          // As if the second had been FIZZLED when it was selected.
          ids: [fizzled, completed],
          selection: { where: { state: 'FIZZLED' } },
          options: OPTIONS,
          noDuplicates: false,
          dryRun: false,
        },
        createRunContext({ operation: 'rerun', commandLine: [] }),
      );
      const outcomes = new Map(report.targets.map((target) => [target.fwId, target.outcome]));
      expect(outcomes).toEqual(
        new Map([
          [fizzled, 'rerun'],
          [completed, 'skipped'],
        ]),
      );
      expect(await store.findFireworkIds({ ids: [completed], where: { state: 'COMPLETED' } })).toEqual([
        completed,
      ]);
      expect(await store.findLockHolders()).toEqual([]);
    } finally {
      await store.close();
    }
  });
}

describe('a rerun by state on the embedded store', () => {
  asksAgain(() => createEmbeddedStore({ folder: mkdtempSync(join(tmpdir(), 'lpad-stale-')) }));
});

describeWithMongo('a rerun by state on MongoDB', () => {
  asksAgain(() => {
    const { uri, name } = freshDatabase();
    return createMongoStore({ uri, database: name });
  });
});
