import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { LpadError } from '../../../src/errors';
import { refreshWorkflows } from '../../../src/launchpad/refresh/refresh-workflows';
import { defineFiretask } from '../../../src/rocket/define-firetask';
import type { LaunchPadStore } from '../../../src/storage/launchpad-store';
import { NO_ACTION, act, acting, describeOnBothStores, script } from './rocket-world';

describeOnBothStores('a rocket that meets others, or no database', (world) => {
  it('gives a claim back when the workflow stays locked', async () => {
    const { add, launch, firework, store } = world();
    await add(script(1, ['true']));
    const [{ workflowKey } = { workflowKey: '' }] = await store.findMemberships([1]);
    const owner = { name: 'another', expiresAt: Date.now() + 100_000 };
    await store.lockWorkflows([workflowKey], owner, 0);
    await expect(launch('a', { settings: { lockWaitMs: 100 } })).rejects.toThrow('stayed locked');
    expect(await firework(1)).toMatchObject({ state: 'READY', launches: [] });
    await store.unlockWorkflows([workflowKey], owner);
    await launch('a');
    expect(await firework(1)).toMatchObject({ state: 'COMPLETED' });
  });

  it('keeps the result of a launch that was archived meanwhile, and changes no Firework', async () => {
    const { add, launch, launchOf, firework, store, log } = world();
    await add(acting(1));
    const own = [defineFiretask({ name: 'Act', run: () => archiveLaunches(store, 1) })];
    await launch('a', { own });
    expect(await launchOf(1)).toMatchObject({ state: 'COMPLETED', action: NO_ACTION });
    expect(await firework(1)).toMatchObject({ state: 'READY', launches: [], archived_launches: [1] });
    expect(log).toContain('WARN Firework 1 was rerun meanwhile; its result is kept with the old launch');
  });

  it('leaves the result in a file when lost-run detection has ended the launch', async () => {
    const { add, launch, launchOf, store, folder } = world();
    await add(acting(1));
    const lose = async (): Promise<void> => {
      await store.updateLaunch({ launchId: 1, onlyWhile: ['RUNNING'], state: 'FIZZLED' });
    };
    const outcome = await launch('a', { own: [defineFiretask({ name: 'Act', run: lose })] });
    expect(outcome).toMatchObject({ state: 'COMPLETED', saved: false });
    expect(await launchOf(1)).toMatchObject({ state: 'FIZZLED', action: null });
    const file = JSON.parse(readFileSync(join(folder, 'a', 'FW_action_unsaved.json'), 'utf8')) as unknown;
    expect(file).toMatchObject({ fw_id: 1, launch_id: 1, state: 'COMPLETED', action: NO_ACTION });
  });

  it('waits for a database that is away while there is a result', async () => {
    const { add, launch, states, store } = world();
    await add(acting(1));
    let failures = 2;
    const flaky = {
      ...store,
      findFireworksOfLaunches: async (ids: readonly number[]) => {
        if (failures-- > 0) throw new LpadError('NO_DATABASE', 'connection closed');
        return store.findFireworksOfLaunches(ids);
      },
    };
    expect(await launch('a', { store: flaky, own: [act(() => undefined)] })).toMatchObject({ saved: true });
    expect(await states(1)).toEqual({ state: 'COMPLETED', fwStates: { 1: 'COMPLETED' } });
  });

  it('gives up a database that stays away, and leaves the result in a file', async () => {
    const { add, launch, store, folder } = world();
    await add(acting(1));
    const gone = {
      ...store,
      findFireworksOfLaunches: () => Promise.reject(new LpadError('NO_DATABASE', 'connection closed')),
    };
    const outcome = await launch('a', {
      store: gone,
      own: [act(() => undefined)],
      settings: { retryForMs: 600 },
    });
    expect(outcome).toMatchObject({ state: 'COMPLETED', saved: false });
    expect(existsSync(join(folder, 'a', 'FW_action_unsaved.json'))).toBe(true);
  });
});

/** What a rerun does to a Firework that is RUNNING. */
async function archiveLaunches(store: LaunchPadStore, fwId: number): Promise<void> {
  const outcome = await refreshWorkflows(store, {
    fwIds: [fwId],
    now: () => new Date(),
    edit: (draft) => {
      draft.archiveLaunches(fwId);
      draft.setState(fwId, 'WAITING');
    },
  });
  const none = { locked: [], orphaned: [], conflicts: [], problems: [] };
  expect(outcome).toEqual({ kind: 'refreshed', ...none });
}
