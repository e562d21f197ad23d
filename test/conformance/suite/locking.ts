import { setTimeout as sleep } from 'node:timers/promises';
import type { UseStore } from '../store-suite';
import { entry, everything, owner, statePatch, workflowInStates, workflowWith } from './builders';

export function lockTests(useStore: UseStore): void {
  async function addTwo(): Promise<readonly [string, string]> {
    const store = useStore();
    await store.addWorkflows([workflowInStates(1, 'READY'), workflowInStates(2, 'READY')]);
    return [(await workflowWith(store, 1)).key, (await workflowWith(store, 2)).key];
  }

  it('are held by one owner, while others find the workflow busy', async () => {
    const store = useStore();
    const [one, two] = await addTwo();
    expect(await store.lockWorkflows([one], owner('amy'), 0)).toEqual({ locked: [one], busy: [] });
    expect(await store.lockWorkflows([one, two], owner('bob'), 0)).toEqual({ locked: [two], busy: [one] });
  });

  it('are taken with the workflow of a member in one step, while they are free', async () => {
    const store = useStore();
    const [one] = await addTwo();
    const amy = owner('amy');
    expect(await store.lockWorkflowOf(1, amy)).toMatchObject({ key: one, nodes: [1] });
    expect(await store.lockWorkflowOf(1, owner('bob'))).toBeUndefined();
    expect(await store.lockWorkflows([one], owner('bob'), 0)).toEqual({ locked: [], busy: [one] });
    await store.unlockWorkflows([one], amy);
    expect(await store.lockWorkflowOf(1, owner('bob'))).toMatchObject({ key: one });
    expect(await store.lockWorkflowOf(99_999, amy)).toBeUndefined();
  });

  it('are taken again by their owner', async () => {
    const store = useStore();
    const [one] = await addTwo();
    await store.lockWorkflows([one], owner('amy'), 0);
    expect(await store.lockWorkflows([one], owner('amy'), 0)).toEqual({ locked: [one], busy: [] });
  });

  it('leave the workflow as it is to readers', async () => {
    const store = useStore();
    const [one] = await addTwo();
    const before = await everything(store);
    await store.lockWorkflows([one], owner('amy'), 0);
    expect(await everything(store)).toStrictEqual(before);
  });

  it('are given back by their owner only', async () => {
    const store = useStore();
    const [one] = await addTwo();
    await store.lockWorkflows([one], owner('amy'), 0);
    await store.unlockWorkflows([one], owner('bob'));
    expect(await store.lockWorkflows([one], owner('carl'), 0)).toEqual({ locked: [], busy: [one] });
    await store.unlockWorkflows([one], owner('amy'));
    expect(await store.lockWorkflows([one], owner('carl'), 0)).toEqual({ locked: [one], busy: [] });
  });

  it('are released by force while it is the same holder', async () => {
    const store = useStore();
    const [one, two] = await addTwo();
    await store.lockWorkflows([one, two], owner('amy'), 0);
    const holders = await store.findLockHolders();
    await store.unlockWorkflows([two], owner('amy'));
    await store.lockWorkflows([two], owner('bob'), 0);
    await store.forceUnlock(holders);
    await store.forceUnlock([]);
    expect((await store.findLockHolders()).map((holder) => holder.owner?.name)).toEqual(['bob']);
  });

  it('are waited for', async () => {
    const store = useStore();
    const [one] = await addTwo();
    await store.lockWorkflows([one], owner('amy'), 0);
    const waiting = store.lockWorkflows([one], owner('bob'), 10_000);
    await sleep(100);
    await store.unlockWorkflows([one], owner('amy'));
    expect(await waiting).toEqual({ locked: [one], busy: [] });
  });

  it('are no longer waited for when the time is over', async () => {
    const store = useStore();
    const [one] = await addTwo();
    await store.lockWorkflows([one], owner('amy'), 0);
    const start = Date.now();
    expect(await store.lockWorkflows([one], owner('bob'), 200)).toEqual({ locked: [], busy: [one] });
    expect(Date.now() - start).toBeGreaterThanOrEqual(190);
  });

  it('are not free when they have expired: their owner may have left work half done', async () => {
    const store = useStore();
    const [one] = await addTwo();
    await store.lockWorkflows([one], owner('amy', -1000), 0);
    expect(await store.lockWorkflows([one], owner('bob'), 0)).toEqual({ locked: [], busy: [one] });
  });

  it('are taken over from the owner that is named, and from no other', async () => {
    const store = useStore();
    const [one, two] = await addTwo();
    await store.lockWorkflows([one], owner('amy', -1000), 0);
    await store.lockWorkflows([two], owner('carl'), 0);
    expect(await store.takeOverLocks([one, two], 'amy', owner('bob'))).toEqual([one]);
    expect(await store.takeOverLocks([one], 'amy', owner('dora'))).toEqual([]);
    expect(await store.lockWorkflows([one], owner('amy'), 0)).toEqual({ locked: [], busy: [one] });
  });

  it('have holders whom anybody may ask for', async () => {
    const store = useStore();
    const [one, two] = await addTwo();
    const amy = { name: 'amy', expiresAt: 1_800_000_000_000 };
    expect(await store.findLockHolders()).toEqual([]);
    await store.lockWorkflows([two], amy, 0);
    expect(await store.findLockHolders()).toEqual([{ workflowKey: two, member: 2, owner: amy }]);
    expect(await store.findLockHolders([one, two])).toEqual([{ workflowKey: two, member: 2, owner: amy }]);
    expect(await store.findLockHolders([one])).toEqual([]);
  });

  it('go to one of many who ask at once', async () => {
    const store = useStore();
    const [one] = await addTwo();
    const asked = Array.from({ length: 10 }, (_, place) =>
      store.lockWorkflows([one], owner(`run-${place}`), 0),
    );
    const locked = (await Promise.all(asked)).filter((result) => result.locked.length > 0);
    expect(locked).toHaveLength(1);
  });

  it('have the new holder after a take-over, and none when they are released', async () => {
    const store = useStore();
    const [one, two] = await addTwo();
    const bob = owner('bob');
    await store.lockWorkflows([one, two], owner('amy', -1000), 0);
    expect(await store.takeOverLocks([one], 'amy', bob)).toEqual([one]);
    expect(await store.findLockHolders([one])).toEqual([{ workflowKey: one, member: 1, owner: bob }]);
    await store.unlockWorkflows([one, two], bob);
    expect((await store.findLockHolders()).map(({ workflowKey }) => workflowKey)).toEqual([two]);
    expect(await store.findLockHolders([])).toEqual([]);
    expect(await store.takeOverLocks([], 'amy', bob)).toEqual([]);
  });

  it('that somebody has taken over keep their former holder from writing', async () => {
    const store = useStore();
    const [one] = await addTwo();
    const amy = owner('amy', -1000);
    await store.lockWorkflows([one], amy, 0);
    await store.takeOverLocks([one], 'amy', owner('bob'));
    const before = await everything(store);
    const patch = statePatch(await workflowWith(store, 1), [1], 'READY', 'PAUSED');
    expect(await store.commitPatches(entry([patch]), amy)).toEqual([
      { kind: 'conflict', reason: expect.stringContaining('taken over') as string },
    ]);
    expect(await everything(store)).toStrictEqual(before);
  });
}
