import { Double, Long } from 'bson';
import type { Workflow } from '../../../src/domain/model';
import {
  ABSENT,
  change,
  insertion,
  invertPatch,
  orphanKey,
  removal,
  type DocumentChange,
  type WorkflowPatch,
} from '../../../src/domain/patch';
import type { WholeDocument } from '../../../src/storage/whole-documents';
import type { UseStore } from '../store-suite';
import { RICH_SPEC } from './adding';
import {
  collect,
  entry,
  everything,
  firework,
  launch,
  owner,
  quarantine,
  UPDATED,
  workflowInStates,
  workflowOf,
  workflowWith,
} from './builders';

export function structureTests(useStore: UseStore): void {
  let entries = 0;

  async function commit(patches: readonly WorkflowPatch[], keys: readonly string[]): Promise<unknown> {
    const me = owner('amy');
    expect(await useStore().lockWorkflows(keys, me, 0)).toEqual({ locked: keys, busy: [] });
    entries += 1;
    return useStore().commitPatches(entry(patches, { id: `structure-${String(entries)}` }), me);
  }

  /** Firework 3 below 1, and above what was below it. */
  function growth(workflow: Workflow): WorkflowPatch {
    const newcomer = firework(3, { state: 'READY', spec: RICH_SPEC });
    return {
      workflowKey: workflow.key,
      changes: [
        insertion('fireworks', 3, newcomer),
        {
          collection: 'workflows',
          id: workflow.key,
          fields: [
            change(['links', '3'], ABSENT, [2]),
            change(['links', '1'], [2], [2, 3]),
            change(['parentLinks', '3'], ABSENT, [1]),
            change(['parentLinks', '2'], [1], [1, 3]),
            change(['fwStates', '3'], ABSENT, 'READY'),
            change(['updatedOn'], workflow.updatedOn, new Date(UPDATED)),
          ],
        },
      ],
    };
  }

  async function chain(): Promise<Workflow> {
    await useStore().addWorkflows([
      workflowOf([firework(1), firework(2, { state: 'WAITING' })], { edges: [[1, 2]] }),
    ]);
    return workflowWith(useStore(), 1);
  }

  it('let a workflow grow, and shrink to exactly what it was', async () => {
    const store = useStore();
    const workflow = await chain();
    const before = await everything(store);
    const patch = growth(workflow);
    expect(await commit([patch], [workflow.key])).toEqual([{ kind: 'committed' }]);
    expect(await workflowWith(store, 3)).toStrictEqual({
      ...workflow,
      nodes: [1, 2, 3],
      links: new Map([
        [1, [2, 3]],
        [2, []],
        [3, [2]],
      ]),
      fwStates: new Map([
        [1, 'READY'],
        [2, 'WAITING'],
        [3, 'READY'],
      ]),
      updatedOn: new Date(UPDATED),
    });
    expect(await collect(store.findFireworks({ ids: [3] }, 'all'))).toStrictEqual([
      firework(3, { spec: RICH_SPEC }),
    ]);
    expect(await store.countWorkflows({ where: { 'parent_links.2': [1, 3] } })).toBe(1);
    expect(await store.findMemberships([3])).toEqual([{ workflowKey: workflow.key, members: [3], size: 3 }]);
    expect(await store.findLockHolders()).toEqual([]);
    await commit([invertPatch(patch)], [workflow.key]);
    expect(await everything(store)).toStrictEqual(before);
    expect(await store.findMemberships([3])).toEqual([]);
  });

  it('leave the counters and other Fireworks alone where an id is taken', async () => {
    const store = useStore();
    const workflow = await chain();
    await store.addWorkflows([workflowOf([firework(3, { name: 'somebody else' })])]);
    const before = await everything(store);
    const patch = growth(workflow);
    expect(await commit([patch], [workflow.key])).toEqual([
      { kind: 'conflict', reason: expect.stringContaining('Firework 3') as string },
    ]);
    expect(await everything(store)).toStrictEqual(before);
    expect(await store.findLockHolders()).toEqual([]);
  });

  it('give a new Firework to a claim only as a whole member', async () => {
    const store = useStore();
    const workflow = await chain();
    await commit([growth(workflow)], [workflow.key]);
    const claimed = await store.claimFirework({ where: { fw_id: 3 }, order: 'id', now: new Date() });
    expect(claimed).toMatchObject({ fwId: 3, state: 'RESERVED' });
    expect((await workflowWith(store, 3)).nodes).toEqual([1, 2, 3]);
  });

  /** Everything of a workflow, as the change that takes it away. */
  async function removalOf(workflow: Workflow, launchIds: readonly number[]): Promise<WorkflowPatch> {
    const found: readonly WholeDocument[] = await collect(
      useStore().findWholeDocuments({ workflows: [workflow.key], fwIds: workflow.nodes, launchIds }),
    );
    const changes = found.map(({ collection, id, document }): DocumentChange =>
      removal(collection, id, document),
    );
    const members = changes.filter(({ collection }) => collection !== 'workflows');
    const last = changes.filter(({ collection }) => collection === 'workflows');
    return { workflowKey: workflow.key, changes: [...members, ...last] };
  }

  it('delete a workflow, and bring back the very documents, types of numbers and all', async () => {
    const store = useStore();
    const spec = { ...RICH_SPEC, double: new Double(2), long: Long.fromNumber(5) };
    await store.addWorkflows([
      workflowOf([firework(1, { spec, state: 'COMPLETED', launches: [1] }), firework(2)], {
        edges: [[1, 2]],
        metadata: { 'a.b': new Double(1) },
      }),
    ]);
    await store.insertLaunch(
      launch(1, 1, { state: 'COMPLETED', action: { stored_data: { e: new Double(3) } } }),
      { launchId: 1, fwId: 1, name: 'fw-1', spec: { e: new Double(1) }, startedOn: UPDATED },
    );
    await store.addOfflineRun({
      fwId: 1,
      launchId: 1,
      name: 'fw-1',
      createdOn: UPDATED,
      updatedOn: UPDATED,
      deprecated: false,
      completed: true,
    });
    await store.putQuarantines([quarantine(1), quarantine(2, { releasedOn: new Date(5) }), quarantine(3)]);
    const workflow = await workflowWith(store, 1);
    const all = { workflows: [workflow.key], fwIds: [1, 2], launchIds: [1] };
    const before = await collect(store.findWholeDocuments(all));
    expect(before.map(({ collection, launchId }) => [collection, launchId])).toEqual([
      ['workflows', undefined],
      ['fireworks', undefined],
      ['fireworks', undefined],
      ['quarantines', undefined],
      ['quarantines', undefined],
      ['launches', 1],
      ['launchRecords', 1],
      ['offlineRuns', 1],
    ]);
    const patch = await removalOf(workflow, [1]);
    expect(await commit([patch], [workflow.key])).toEqual([{ kind: 'committed' }]);
    expect(await collect(store.findWholeDocuments(all))).toEqual([]);
    expect(await everything(store)).toEqual({ fireworks: [], workflows: [] });
    expect(await collect(store.findQuarantines())).toEqual([quarantine(3)]);
    expect(await store.findMemberships([1])).toEqual([]);
    expect((await store.findFireworksOfLaunches([1])).size).toBe(0);
    // From the journal, as an undo does it.
    const journaled = await store.getJournalEntry(`structure-${String(entries)}`);
    expect(await commit((journaled?.patches ?? []).map(invertPatch), [])).toEqual([{ kind: 'committed' }]);
    expect(await collect(store.findWholeDocuments(all))).toEqual(before);
    expect(await store.findLockHolders()).toEqual([]);
    expect(await store.findMemberships([2])).toEqual([{ workflowKey: workflow.key, members: [2], size: 2 }]);
    expect([...(await store.findFireworksOfLaunches([1]))]).toEqual([[1, [1]]]);
  });

  it('delete a workflow although a quarantine of it was released or forgotten meanwhile', async () => {
    const store = useStore();
    await store.addWorkflows([workflowInStates(1, 'FIZZLED', 'FIZZLED')]);
    await store.putQuarantines([quarantine(1), quarantine(2)]);
    const workflow = await workflowWith(store, 1);
    const patch = await removalOf(workflow, []);
    await store.putQuarantines([quarantine(1, { releasedOn: new Date(5) })]);
    await store.removeQuarantines([2]);
    expect(await commit([patch], [workflow.key])).toEqual([{ kind: 'committed' }]);
    expect(await collect(store.findQuarantines())).toEqual([]);
    // What somebody has noted by then stays.
    await store.putQuarantines([quarantine(2, { reason: 'another' })]);
    expect(await commit([invertPatch(patch)], [])).toEqual([{ kind: 'committed' }]);
    expect(await collect(store.findQuarantines())).toEqual([
      quarantine(1),
      quarantine(2, { reason: 'another' }),
    ]);
  });

  it('delete nothing of a workflow of which a Firework was claimed meanwhile', async () => {
    const store = useStore();
    await store.addWorkflows([workflowInStates(1, 'READY', 'COMPLETED', 'READY')]);
    const workflow = await workflowWith(store, 1);
    const patch = await removalOf(workflow, []);
    await store.claimFirework({ fwId: 3, where: {}, order: 'id', now: new Date() });
    const before = await everything(store);
    expect(await commit([patch], [workflow.key])).toEqual([
      { kind: 'conflict', reason: expect.stringContaining('Firework 3') as string },
    ]);
    expect(await everything(store)).toStrictEqual(before);
  });

  it('delete Fireworks that belong to no workflow, without a lock', async () => {
    const store = useStore();
    await store.addWorkflows([workflowInStates(1, 'READY')]);
    const workflow = await workflowWith(store, 1);
    const [whole] = await collect(
      store.findWholeDocuments({ workflows: [workflow.key], fwIds: [], launchIds: [] }),
    );
    await commit(
      [{ workflowKey: workflow.key, changes: [removal('workflows', workflow.key, whole?.document ?? {})] }],
      [workflow.key],
    );
    const found = await collect(store.findWholeDocuments({ workflows: [], fwIds: [1], launchIds: [] }));
    const changes = found.map(({ collection, id, document }) => removal(collection, id, document));
    expect(await commit([{ workflowKey: orphanKey(1), changes }], [])).toEqual([{ kind: 'committed' }]);
    expect(await everything(store)).toEqual({ fireworks: [], workflows: [] });
  });

  it('leave no trace in the journal of what is transient', async () => {
    const store = useStore();
    const workflow = await chain();
    const me = owner('amy');
    await store.lockWorkflows([workflow.key], me, 0);
    const outcomes = await store.commitPatches(
      entry([growth(workflow)], { id: 'passing', transient: true }),
      me,
    );
    expect(outcomes).toEqual([{ kind: 'committed' }]);
    expect(await collect(store.findJournalEntries({}))).toEqual([]);
    expect(await collect(store.findJournalEntries({ status: 'applying' }))).toEqual([]);
    expect(await store.getJournalEntry('passing')).toBeUndefined();
  });

  it('forget entries for good when they are told to', async () => {
    const store = useStore();
    const workflow = await chain();
    await commit([growth(workflow)], [workflow.key]);
    const id = `structure-${String(entries)}`;
    expect(await collect(store.findJournalHeads())).toEqual([
      { id, run: 'run-1', status: 'done', createdOn: new Date('2026-11-21T09:30:00Z') },
    ]);
    await store.removeJournalEntries([id]);
    expect(await collect(store.findJournalHeads())).toEqual([]);
    expect(await store.getJournalEntry(id)).toBeUndefined();
  });

  it('keep actions that are too large for a launch, one for each', async () => {
    const store = useStore();
    if (store.documentLimit === undefined) {
      expect(await store.readLargeAction('0123456789abcdef01234567')).toBeUndefined();
      return;
    }
    const large = JSON.stringify({ text: 'ä'.repeat(400_000) });
    await store.writeLargeAction(7, '{"old": true}');
    const id = await store.writeLargeAction(7, large);
    expect(await store.readLargeAction(id)).toBe(large);
    expect(await store.readLargeAction('0123456789abcdef01234567')).toBeUndefined();
    expect(await store.readLargeAction('no id')).toBeUndefined();
    const parts = await collect(store.findWholeDocuments({ workflows: [], fwIds: [], launchIds: [7] }));
    expect(parts.map(({ collection, launchId }) => [collection, launchId])).toEqual([
      ['gridFiles', 7],
      ...Array.from({ length: 4 }, () => ['gridChunks', 7]),
    ]);
  });
}
