/** A database of either kind, the lpad of this program on it, and Fireworks that are made to look as if they ran. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Firework, Launch, ValueObject } from '../../../src/domain/model';
import { isoTimestamp, timestampMillis } from '../../../src/domain/timestamps';
import { addWorkflows } from '../../../src/launchpad/add-workflows';
import { checkoutLaunch } from '../../../src/launchpad/launches/checkout';
import { createFiretaskRegistry } from '../../../src/rocket/firetask-registry';
import { parseWorkflowFile } from '../../../src/specs/workflow-files/workflow-file';
import { main } from '../../../src/cli/main';
import type { LaunchPadStore } from '../../../src/storage/launchpad-store';
import { fakeIo } from '../../support/fake-io';
import { describeWorlds, type Ground } from '../../support/on-both-stores';
import { WORKER } from '../rocket/rocket-world';

export interface LpadResult {
  readonly status: number;
  readonly out: string;
  readonly err: string;
}

export interface UpkeepWorld {
  readonly store: LaunchPadStore;
  readonly folder: string;
  lpad(...argv: readonly string[]): Promise<LpadResult>;
  add(workflow: ValueObject): Promise<void>;
  /** RUNNING on a rocket of which nothing has been heard for so many hours. */
  checkout(fwId: number, silentHours?: number): Promise<Launch>;
  /** RESERVED for a job of a queue, so many hours ago. */
  reserve(fwId: number, qid: string, hoursAgo?: number): Promise<number>;
  firework(fwId: number): Promise<Firework>;
  launch(launchId: number): Promise<Launch>;
  states(...fwIds: readonly number[]): Promise<readonly string[]>;
}

export function describeUpkeep(name: string, tests: (world: () => UpkeepWorld) => void): void {
  describeWorlds(name, createWorld, tests);
}

function createWorld({ store, folder, config }: Ground): UpkeepWorld {
  writeFileSync(join(folder, 'my_launchpad.json'), JSON.stringify(config));
  const one = async <T>(all: AsyncIterable<T>): Promise<T> => {
    for await (const item of all) return item;
    throw new Error('it is not there');
  };
  const launch = (launchId: number): Promise<Launch> => one(store.findLaunches([launchId], 'all'));
  const firework = (fwId: number): Promise<Firework> => one(store.findFireworks({ ids: [fwId] }, 'all'));
  const registry = createFiretaskRegistry();
  const checkout = async (fwId: number, silentHours = 0): Promise<Launch> => {
    const launchDir = join(folder, `launch-${String(fwId)}-${String(Date.now())}`);
    mkdirSync(launchDir);
    const checkedOut = await checkoutLaunch(store, {
      fwId,
      worker: WORKER,
      launchDir,
      host: 'node-1',
      ip: '10.0.0.1',
      now: () => new Date(),
      order: 'id',
      firetasks: registry.names,
      dupeFinders: registry.dupeFinders,
      unknownIn: registry.unknownIn,
      trackersOf: () => [],
      note: () => undefined,
    });
    if (!checkedOut) throw new Error(`Firework ${String(fwId)} cannot be run`);
    await age(store, checkedOut.launch, silentHours);
    return launch(checkedOut.launch.launchId);
  };
  return {
    store,
    folder,
    launch,
    firework,
    checkout,
    lpad: async (...argv) => {
      const { io, out, err } = fakeIo('', { cwd: folder, now: () => new Date() });
      const status = await main(['-l', join(folder, 'my_launchpad.json'), ...argv], io);
      return { status, out: out(), err: err() };
    },
    add: async (workflow) => {
      const options = { file: 'test.json', format: 'json', now: new Date() } as const;
      await addWorkflows(store, parseWorkflowFile(JSON.stringify(workflow), options));
    },
    reserve: async (fwId, qid, hoursAgo = 0) => {
      const running = await checkout(fwId);
      const created_on = isoTimestamp(new Date());
      const stateHistory = [
        { state: 'RESERVED', created_on, updated_on: created_on, reservation_id: qid },
      ] as const;
      const reserved = { ...running, state: 'RESERVED', stateHistory, timeStart: null } as const;
      await store.insertLaunch(reserved);
      const { status, err } = await refreshed(folder, fwId);
      if (status !== 0) throw new Error(err);
      await age(store, reserved, hoursAgo);
      return running.launchId;
    },
    states: async (...fwIds) => (await Promise.all(fwIds.map(firework))).map(({ state }) => state),
  };
}

async function refreshed(folder: string, fwId: number): Promise<{ status: number; err: string }> {
  const { io, err } = fakeIo('', { cwd: folder, now: () => new Date() });
  const file = join(folder, 'my_launchpad.json');
  return { status: await main(['-l', file, 'admin', 'refresh', '-i', String(fwId)], io), err: err() };
}

async function age(
  store: LaunchPadStore,
  { launchId, state, stateHistory }: Launch,
  hours: number,
): Promise<void> {
  const earlier = (moment: string | Date): string =>
    isoTimestamp(new Date(timestampMillis(moment) - hours * 3_600_000));
  const aged = stateHistory.map(({ created_on, updated_on, ...entry }) => ({
    ...entry,
    created_on: earlier(created_on),
    ...(updated_on === undefined ? {} : { updated_on: earlier(updated_on) }),
  }));
  await store.updateLaunch({ launchId, onlyWhile: [state], stateHistory: aged });
}
