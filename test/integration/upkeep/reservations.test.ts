/** Reservations that nobody takes up, maintenance, and locks that were left. */
import { script } from '../rocket/rocket-world';
import { createJournalEntry, createLockOwner, createRunContext } from '../../../src/launchpad/run-context';
import type { LaunchPadStore } from '../../../src/storage/launchpad-store';
import { describeUpkeep } from './upkeep-world';

const CHAIN = { name: 'w', metadata: {}, fws: [script(1, ['true']), script(2, ['true'])], links: { 1: [2] } };

describeUpkeep('upkeep of the database', (world) => {
  it('prints the launch ids of stale reservations, and gives them up', async () => {
    const { add, reserve, lpad, states, launch, firework } = world();
    await add(CHAIN);
    await add(script(1, ['true']));
    const stale = await reserve(1, '4711', 400);
    await reserve(3, '4712', 1);
    expect(await lpad('detect_unreserved')).toMatchObject({ status: 0, out: `[${String(stale)}]\n` });
    expect(await states(1, 3)).toEqual(['RESERVED', 'RESERVED']);
    expect(await lpad('detect_unreserved', '--rerun')).toMatchObject({
      status: 0,
      out: `[${String(stale)}]\n`,
    });
    expect(await firework(1)).toMatchObject({ state: 'READY', launches: [], archivedLaunches: [stale] });
    expect(await launch(stale)).toMatchObject({ state: 'READY' });
    expect(await states(3)).toEqual(['RESERVED']);
    expect(await lpad('undo')).toMatchObject({ status: 0 });
    expect(await firework(1)).toMatchObject({ state: 'RESERVED', launches: [stale] });
    expect(await launch(stale)).toMatchObject({ state: 'RESERVED' });
  });

  it('finds claims of rockets that died before they had a launch', async () => {
    const { add, lpad, states, store } = world();
    await add(CHAIN);
    await store.claimFirework({ where: {}, order: 'id', now: new Date(Date.now() - 20 * 86_400_000) });
    const { err } = await lpad('detect_unreserved', '--rerun');
    expect(err).toContain('RESERVED without a launch: [1]');
    expect(await states(1, 2)).toEqual(['READY', 'WAITING']);
  });

  it('cancels a job of the queue by its id, and says so when there is none', async () => {
    const { add, reserve, checkout, lpad, states, launch } = world();
    await add(CHAIN);
    const launchId = await reserve(1, '4711');
    expect((await lpad('cancel_qid')).status).toBe(2);
    const none = await lpad('cancel_qid', '--qid', '4712');
    expect(none).toMatchObject({ status: 0, out: '' });
    expect(none.err).toContain("Can't find any reserved jobs with reservation id: 4712");
    expect((await lpad('cancel_qid', '--qid', '4711')).status).toBe(0);
    expect(await states(1, 2)).toEqual(['READY', 'WAITING']);
    expect(await launch(launchId)).toMatchObject({ state: 'READY' });
    // The job starts all the same.
    await checkout(1);
    expect((await lpad('cancel_qid', '--qid', '4711')).status).toBe(0);
    expect(await states(1)).toEqual(['RUNNING']);
  });

  it('maintains: lost runs are FIZZLED, stale reservations READY', async () => {
    const { add, checkout, reserve, lpad, states } = world();
    await add(CHAIN);
    await add(script(1, ['true']));
    const { launchId } = await checkout(1, 5);
    const stale = await reserve(3, '4711', 400);
    const { status, err } = await lpad('maintain');
    expect(status).toBe(0);
    expect(err).toContain(`Detected 1 FIZZLED launches: [${String(launchId)}]`);
    expect(err).toContain('Detected 1 FIZZLED FWs: [1]');
    expect(err).toContain(`Unreserved 1 RESERVED launches: [${String(stale)}]`);
    expect(err).toContain('LaunchPad was MAINTAINED.');
    expect(await states(1, 2, 3)).toEqual(['FIZZLED', 'WAITING', 'READY']);
  });

  it('tunes up', async () => {
    const { lpad } = world();
    expect(await lpad('admin', 'tuneup')).toMatchObject({ status: 0, out: '' });
    expect(await lpad('tuneup', '--full')).toMatchObject({ status: 0, out: '' });
  });

  it('refreshes members that are no roots', async () => {
    const { add, lpad, states, store, firework } = world();
    const fws = [script(1, ['true']), script(2, ['true']), script(3, ['true'])];
    await add({ name: 'w', metadata: {}, fws, links: { 1: [2], 2: [3] } });
    await spoil(store, 3, 'READY');
    expect(await states(1, 2, 3)).toEqual(['READY', 'WAITING', 'READY']);
    const before = await firework(3);
    const dry = await lpad('admin', 'refresh', '-i', '2', '--dry-run');
    expect(dry).toMatchObject({ status: 0, out: 'would mend workflow of 2: 3 READY -> WAITING\n' });
    expect(await firework(3)).toEqual(before);
    expect((await lpad('refresh', '-i', '2')).out).toBe('mended workflow of 2: 3 READY -> WAITING\n');
    expect(await states(1, 2, 3)).toEqual(['READY', 'WAITING', 'WAITING']);
    expect(await lpad('refresh', '-i', '2')).toMatchObject({ status: 0, out: '' });
    expect(await lpad('refresh', '-i', '9')).toMatchObject({ status: 1 });
    expect(await lpad('refresh')).toMatchObject({ status: 2 });
  });

  it('unlocks, but not under the hands of who is at work', async () => {
    const { add, lpad, store } = world();
    await add(CHAIN);
    const [{ workflowKey } = { workflowKey: '' }] = await store.findMemberships([1]);
    const living = { name: `elsewhere:1:run`, expiresAt: Date.now() + 60_000 };
    await store.lockWorkflows([workflowKey], living, 0);
    const refused = await lpad('admin', 'unlock', '-i', '2');
    expect(refused.status).toBe(1);
    expect(refused.out).toContain('process 1 on elsewhere is at work on it');
    expect(await store.findLockHolders()).toHaveLength(1);
    const forced = await lpad('admin', 'unlock', '-i', '2', '--force');
    expect(forced.status).toBe(0);
    expect(forced.err).toContain('FORCIBLY RELEASING LOCK DUE TO USER COMMAND, WF: 2');
    expect(await store.findLockHolders()).toEqual([]);
    expect((await lpad('unlock', '-i', '1')).out).toBe('free     workflow of 1: it was not locked\n');
  });
});

/** As a crash between two writes leaves it. */
async function spoil(store: LaunchPadStore, fwId: number, state: 'READY'): Promise<void> {
  const context = createRunContext({ operation: 'test', commandLine: [] });
  const [{ workflowKey } = { workflowKey: '' }] = await store.findMemberships([fwId]);
  const owner = createLockOwner(context);
  await store.lockWorkflows([workflowKey], owner, 0);
  const fields = [{ path: ['state'], before: 'WAITING', after: state, guard: true }];
  const patches = [{ workflowKey, changes: [{ collection: 'fireworks' as const, id: fwId, fields }] }];
  await store.commitPatches(createJournalEntry(context, 0, patches, {}), owner, { journal: false });
}
