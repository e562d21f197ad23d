import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { findPrunable, pruneJournal } from '../../../src/launchpad/journal/prune-journal';
import { getRun } from '../../../src/launchpad/journal/list-runs';
import { undoRun } from '../../../src/launchpad/journal/undo-run';
import { deleteWorkflows } from '../../../src/launchpad/remove/delete-workflows';
import { foldersInUse, foldersOf, removeFolders } from '../../../src/launchpad/remove/launch-folders';
import { createRunContext, type RunContext } from '../../../src/launchpad/run-context';
import type { LaunchPadStore } from '../../../src/storage/launchpad-store';
import { describeOnBothStores, script } from './rocket-world';

const contextOf = (operation: string): RunContext => createRunContext({ operation, commandLine: ['lpad'] });

async function all(store: LaunchPadStore): Promise<object> {
  const found = [];
  for await (const one of store.findFireworks({}, 'all')) found.push(one);
  for await (const one of store.findWorkflows({})) found.push(one);
  for await (const one of store.findLaunches([1, 2, 3], 'all')) found.push(one);
  for await (const one of store.findLaunchRecords([1, 2, 3])) found.push(one);
  return found;
}

describeOnBothStores('a workflow that goes', (world) => {
  it('comes back whole with an undo, until the journal is pruned', async () => {
    const { add, launch, store } = world();
    await add({
      name: 'w',
      metadata: {},
      links: { 1: [2] },
      fws: [script(1, ['true']), script(2, ['exit 1'])],
    });
    await launch('a');
    await launch('b');
    const before = await all(store);
    expect(before).toContainEqual(
      expect.objectContaining({ launchId: 2, spec: expect.anything() as object }),
    );
    const request = { memberships: await store.findMemberships([2]), dryRun: false };
    const report = await deleteWorkflows(store, request, contextOf('delete'));
    expect(report.outcomes).toMatchObject([{ fwId: 2, outcome: 'deleted', name: 'w', fwIds: [1, 2] }]);
    expect(await all(store)).toEqual([]);
    const { entries } = await getRun(store, report.journalId);
    const undone = await undoRun(store, { entries, dryRun: false }, contextOf('undo'));
    expect(undone.fireworks.map(({ outcome }) => outcome)).toEqual(['restored', 'restored']);
    expect(await all(store)).toEqual(before);
    const again = await undoRun(store, { entries, dryRun: false }, contextOf('undo'));
    expect(again.fireworks).toMatchObject([
      { fwId: 1, outcome: 'moved on' },
      { fwId: 2, outcome: 'moved on' },
    ]);
    const prunable = await findPrunable(store, { keep: 1, now: new Date() });
    expect(prunable.runs.map(({ run }) => run)).toEqual([report.journalId]);
    await pruneJournal(store, prunable);
    await expect(getRun(store, report.journalId)).rejects.toThrow('the journal has no');
  });

  it('leaves folders alone that another Firework is to run in', async () => {
    const { add, launch, store, folder } = world();
    await add(script(1, ['true']));
    await add(script(2, ['true']));
    await launch('a', { fwId: 1 });
    await launch('b', { fwId: 2 });
    await add(script(3, ['true'], { _launch_dir: join(folder, 'a', 'inner') }));
    const request = { memberships: await store.findMemberships([1, 2]), dryRun: false };
    const { outcomes } = await deleteWorkflows(store, request, contextOf('delete'));
    const launches = outcomes.flatMap((one) => one.launches);
    const inUse = await foldersInUse(store, launches, '/');
    const removed = await removeFolders(foldersOf(launches), inUse);
    expect(removed).toEqual([
      {
        folder: join(folder, 'a'),
        outcome: 'kept',
        reason: `Firework 3 is to run in ${join(folder, 'a', 'inner')}`,
      },
      { folder: join(folder, 'b'), outcome: 'removed' },
    ]);
    expect([existsSync(join(folder, 'a')), existsSync(join(folder, 'b'))]).toEqual([true, false]);
  });
});
