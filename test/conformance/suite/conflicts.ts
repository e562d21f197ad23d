import { guarded, ABSENT, type DocumentChange } from '../../../src/domain/patch';
import type { UseStore } from '../store-suite';
import {
  entry,
  everything,
  firework,
  owner,
  stateChange,
  statePatch,
  workflowInStates,
  workflowOf,
  workflowWith,
} from './builders';

export function conflictTests(useStore: UseStore): void {
  it('leave the whole workflow as it was, name the document, and touch no other workflow', async () => {
    const store = useStore();
    await store.addWorkflows([workflowInStates(1, 'FIZZLED', 'FIZZLED'), workflowInStates(3, 'FIZZLED')]);
    const [one, other] = [await workflowWith(store, 1), await workflowWith(store, 3)];
    const me = owner('amy');
    await store.lockWorkflows([one.key, other.key], me, 0);
    const stale = statePatch(one, [1, 2], 'FIZZLED', 'READY');
    const wrong: DocumentChange = stateChange(2, 'RUNNING', 'READY');
    const patches = [
      { ...stale, changes: stale.changes.map((one) => (one.id === 2 ? wrong : one)) },
      statePatch(other, [3], 'FIZZLED', 'READY'),
    ];
    const outcomes = await store.commitPatches(entry(patches), me);
    expect(outcomes).toEqual([
      {
        kind: 'conflict',
        reason: expect.stringMatching(/^Firework 2 changed.*: state was RUNNING, is FIZZLED$/) as string,
      },
      { kind: 'committed' },
    ]);
    expect(await store.findFireworkIds({ where: { state: 'READY' } })).toEqual([3]);
    expect(await workflowWith(store, 1)).toStrictEqual(one);
    // What was not written is nothing to take back.
    expect((await store.getJournalEntry(entry([]).id))?.patches).toStrictEqual([patches[1]]);
    expect(
      await store.findFireworkIds({ ids: [1], where: { state: 'FIZZLED', updated_on: one.updatedOn } }),
    ).toEqual([]);
    expect(await store.findFireworkIds({ where: { state: 'FIZZLED' } })).toEqual([1, 2]);
  });

  it('are found when a field is there that should not be, and when a document is gone', async () => {
    const store = useStore();
    await store.addWorkflows([workflowOf([firework(1, { spec: { _tasks: [], _recovery: 1 } })])]);
    const before = await everything(store);
    const workflowKey = (await workflowWith(store, 1)).key;
    const changes: readonly DocumentChange[] = [
      { collection: 'fireworks', id: 1, fields: [guarded(['spec', '_recovery'], ABSENT, 2)] },
      { collection: 'fireworks', id: 99, fields: [guarded(['state'], 'READY', 'PAUSED')] },
    ];
    for (const one of changes) {
      const me = owner('amy');
      await store.lockWorkflows([workflowKey], me, 0);
      const outcomes = await store.commitPatches(
        entry([{ workflowKey, changes: [one] }], { id: `e${one.id}` }),
        me,
      );
      expect(outcomes).toEqual([
        { kind: 'conflict', reason: expect.stringContaining(`Firework ${one.id}`) as string },
      ]);
    }
    expect(await everything(store)).toStrictEqual(before);
  });

  it('are what the second of two commits meets that start from the same state', async () => {
    const store = useStore();
    await store.addWorkflows([workflowInStates(1, 'FIZZLED', 'WAITING')]);
    const workflow = await workflowWith(store, 1);
    const commits = [
      ['READY', 'committed'],
      ['PAUSED', 'conflict'],
    ] as const;
    for (const [state, kind] of commits) {
      const me = owner(`to ${state}`);
      await store.lockWorkflows([workflow.key], me, 0);
      const patch = statePatch(workflow, [1], 'FIZZLED', state);
      expect(await store.commitPatches(entry([patch], { id: state }), me)).toMatchObject([{ kind }]);
      await store.unlockWorkflows([workflow.key], me);
    }
    expect(await store.findFireworkIds({ where: { state: 'READY' } })).toEqual([1]);
  });

  it('are what an owner meets whose lock was taken over', async () => {
    const store = useStore();
    await store.addWorkflows([workflowInStates(1, 'FIZZLED')]);
    const before = await everything(store);
    const patch = statePatch(await workflowWith(store, 1), [1], 'FIZZLED', 'READY');
    const late = owner('amy', -1000);
    await store.lockWorkflows([patch.workflowKey], late, 0);
    await store.takeOverLocks([patch.workflowKey], 'amy', owner('bob'));
    expect(await store.commitPatches(entry([patch]), late)).toMatchObject([{ kind: 'conflict' }]);
    expect(await everything(store)).toStrictEqual(before);
  });
}
