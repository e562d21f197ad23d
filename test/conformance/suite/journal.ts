import { Double, Long } from 'bson';
import { ABSENT, change, guarded, type WorkflowPatch } from '../../../src/domain/patch';
import type { JournalEntry } from '../../../src/storage/launchpad-store';
import type { UseStore } from '../store-suite';
import {
  collect,
  entry,
  firework,
  owner,
  statePatch,
  workflowInStates,
  workflowOf,
  workflowWith,
} from './builders';

export function journalTests(useStore: UseStore): void {
  /** Commits something under each id, so that there are entries. */
  async function note(...ids: readonly string[]): Promise<WorkflowPatch[]> {
    const store = useStore();
    const me = owner('amy');
    const patches: WorkflowPatch[] = [];
    for (const [place, id] of ids.entries()) {
      await store.addWorkflows([workflowInStates(100 + place, 'FIZZLED')]);
      const patch = statePatch(await workflowWith(store, 100 + place), [100 + place], 'FIZZLED', 'READY');
      await store.lockWorkflows([patch.workflowKey], me, 0);
      await store.commitPatches(entry([patch], { id, run: id.slice(0, 1) }), me);
      patches.push(patch);
    }
    return patches;
  }

  async function find(filter: {
    run?: string;
    limit?: number;
    status?: JournalEntry['status'];
  }): Promise<string[]> {
    return (await collect(useStore().findJournalEntries(filter))).map(({ id }) => id);
  }

  it('gives back an entry whole, with every type of value', async () => {
    const store = useStore();
    const spec = { _tasks: [], n: new Double(1), l: Long.fromNumber(5), 'a.b': null };
    await store.addWorkflows([workflowOf([firework(1, { spec })])]);
    const workflowKey = (await workflowWith(store, 1)).key;
    const patch: WorkflowPatch = {
      workflowKey,
      changes: [
        {
          collection: 'fireworks',
          id: 1,
          fields: [
            guarded(['spec', 'n'], new Double(1), ABSENT),
            change(['spec', 'new'], ABSENT, {
              date: new Date(0),
              list: [null, Long.fromString('1152921504606846976')],
            }),
            change(['spec', 'a.b'], null, new Double(2)),
          ],
        },
        {
          collection: 'workflows',
          id: workflowKey,
          fields: [guarded(['fwStates', '1'], 'READY', 'WAITING')],
        },
      ],
    };
    const me = owner('amy');
    await store.lockWorkflows([workflowKey], me, 0);
    const noted = entry([patch], { details: { options: { yes: true }, count: 2 } });
    await store.commitPatches(noted, me);
    expect(await store.getJournalEntry(noted.id)).toStrictEqual({ ...noted, status: 'done' });
    expect(await collect(store.findJournalEntries({}))).toStrictEqual([{ ...noted, status: 'done' }]);
  });

  it('lists entries from the newest on, by run, status and number', async () => {
    const store = useStore();
    await note('a1', 'a2', 'b1', 'b2');
    await store.markJournalEntry('a2', 'undone');
    expect(await find({})).toEqual(['b2', 'b1', 'a2', 'a1']);
    expect(await find({ limit: 2 })).toEqual(['b2', 'b1']);
    expect(await find({ run: 'a' })).toEqual(['a2', 'a1']);
    expect(await find({ status: 'undone' })).toEqual(['a2']);
    expect(await find({ status: 'done', limit: 1, run: 'a' })).toEqual(['a1']);
    expect(await find({ status: 'applying' })).toEqual([]);
  });

  it('knows the status that an entry was marked with, and no entry that there is not', async () => {
    const store = useStore();
    const patches = await note('a1');
    await store.markJournalEntry('a1', 'undone');
    expect(await store.getJournalEntry('a1')).toStrictEqual(
      entry(patches, { id: 'a1', run: 'a', status: 'undone' }),
    );
    expect(await store.getJournalEntry('a2')).toBeUndefined();
  });

  it('gives an entry that is still applying to whoever takes it over first', async () => {
    const store = useStore();
    await note('a1');
    const bob = owner('bob');
    expect(await store.takeOverJournalEntry('a1', 'amy', bob)).toBe(false);
    await store.markJournalEntry('a1', 'applying');
    expect(await store.takeOverJournalEntry('a1', 'carl', bob)).toBe(false);
    expect(await store.takeOverJournalEntry('a1', 'amy', bob)).toBe(true);
    expect(await store.takeOverJournalEntry('a1', 'amy', owner('dora'))).toBe(false);
    expect(await store.getJournalEntry('a1')).toMatchObject({ owner: 'bob', status: 'applying' });
  });

  it('forgets the patches that an entry is marked without', async () => {
    const store = useStore();
    await store.addWorkflows([workflowInStates(1, 'FIZZLED'), workflowInStates(2, 'FIZZLED')]);
    const [one, two] = [await workflowWith(store, 1), await workflowWith(store, 2)];
    const patches = [statePatch(one, [1], 'FIZZLED', 'READY'), statePatch(two, [2], 'FIZZLED', 'READY')];
    const me = owner('amy');
    await store.lockWorkflows([one.key, two.key], me, 0);
    await store.commitPatches(entry(patches), me);
    await store.markJournalEntry(entry([]).id, 'done', [one.key]);
    expect(await store.getJournalEntry(entry([]).id)).toStrictEqual(
      entry(patches.slice(1), { status: 'done' }),
    );
  });

  it('has nothing of a commit that is not worth it', async () => {
    const store = useStore();
    await store.addWorkflows([workflowInStates(1, 'FIZZLED')]);
    const patch = statePatch(await workflowWith(store, 1), [1], 'FIZZLED', 'READY');
    const me = owner('amy');
    await store.lockWorkflows([patch.workflowKey], me, 0);
    expect(await store.commitPatches(entry([patch]), me, { journal: false })).toEqual([
      { kind: 'committed' },
    ]);
    expect(await find({})).toEqual([]);
  });

  it('holds entries larger than a document of MongoDB', async () => {
    const store = useStore();
    const ids = [1, 2, 3, 4];
    const large = 'x'.repeat(6_000_000);
    await store.addWorkflows([workflowOf(ids.map((id) => firework(id)))]);
    const patch: WorkflowPatch = {
      workflowKey: (await workflowWith(store, 1)).key,
      changes: ids.map((id) => ({
        collection: 'fireworks',
        id,
        fields: [change(['spec', 'large'], ABSENT, large)],
      })),
    };
    const me = owner('amy');
    await store.lockWorkflows([patch.workflowKey], me, 0);
    expect(await store.commitPatches(entry([patch]), me)).toEqual([{ kind: 'committed' }]);
    expect((await store.getJournalEntry(entry([]).id))?.patches).toStrictEqual([patch]);
  });
}
