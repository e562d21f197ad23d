/** A process that lost the database in the middle of its work does not wait for its own old locks. */
import { join } from 'node:path';
import { LpadError } from '../../src/errors';
import { addWorkflows } from '../../src/launchpad/add-workflows';
import { controlFireworks } from '../../src/launchpad/control/control-fireworks';
import { refreshWorkflows, type RefreshRequest } from '../../src/launchpad/refresh/refresh-workflows';
import { createRunContext } from '../../src/launchpad/run-context';
import { parseWorkflowFile } from '../../src/specs/workflow-files/workflow-file';
import { createEmbeddedStore } from '../../src/storage/embedded/embedded-store';
import type { LaunchPadStore } from '../../src/storage/launchpad-store';
import { temporaryFolder } from '../support/temporary-folder';

const folder = temporaryFolder();
const store = createEmbeddedStore({ folder: join(folder, 'db') });

const away = (): Promise<never> => Promise.reject(new LpadError('NO_DATABASE', 'away'));

/** Gone when something is to be written: nothing is written, and nothing unlocked. */
const lost: LaunchPadStore = { ...store, commitPatches: away, unlockWorkflows: away };

beforeAll(() => store.open());
beforeEach(async () => {
  await store.reset();
  const text = JSON.stringify({ name: 'one', spec: { _tasks: [] } });
  const options = { file: 'f.json', format: 'json', now: new Date() } as const;
  await addWorkflows(store, parseWorkflowFile(text, options));
});
afterAll(() => store.close());

function pausing(changes: Partial<RefreshRequest> = {}): RefreshRequest {
  const now = (): Date => new Date();
  return { fwIds: [1], now, lockWaitMs: 20_000, edit: (draft) => draft.setState(1, 'PAUSED'), ...changes };
}

async function state(): Promise<readonly unknown[]> {
  const found: unknown[] = [];
  for await (const one of store.findFireworks({}, 'summary')) found.push(one.state);
  return found;
}

async function heldBy(): Promise<number> {
  return (await store.findLockHolders()).length;
}

it('takes back the lock of a refresh', async () => {
  await expect(refreshWorkflows(lost, pausing())).rejects.toThrow('away');
  expect(await heldBy()).toBe(1);
  const began = Date.now();
  expect(await refreshWorkflows(store, pausing())).toMatchObject({ locked: [], conflicts: [] });
  expect(Date.now() - began).toBeLessThan(5000);
  expect(await state()).toEqual(['PAUSED']);
  expect(await heldBy()).toBe(0);
});

it('goes on under the same name, which is nobody else to take then', async () => {
  const context = createRunContext({ operation: 'complete', commandLine: [] });
  await expect(refreshWorkflows(lost, pausing({ context }))).rejects.toThrow('away');
  const held = new Promise<void>((resolve) => {
    const beforeWrite = async (): Promise<boolean> => {
      // It works on it, and others wait.
      const other = await refreshWorkflows(store, pausing({ lockWaitMs: 50 }));
      expect(other.locked).toEqual([1]);
      return true;
    };
    void refreshWorkflows(store, pausing({ context, beforeWrite })).then(() => resolve());
  });
  await held;
  expect(await state()).toEqual(['PAUSED']);
  expect(await heldBy()).toBe(0);
});

it('finishes what a command of it has left half written', async () => {
  const request = {
    targets: { ids: [1], unknown: [] },
    selection: {},
    event: 'PAUSE',
    dryRun: false,
  } as const;
  const context = createRunContext({ operation: 'pause', commandLine: [] });
  await expect(controlFireworks(lost, request, context)).rejects.toThrow('away');
  expect(await heldBy()).toBe(1);
  const again = createRunContext({ operation: 'pause', commandLine: [] });
  const report = await controlFireworks(store, { ...request, lockWaitMs: 20_000 }, again);
  expect(report.counts).toMatchObject({ changed: 1 });
  expect(await heldBy()).toBe(0);
});
