/** A database in memory, the store's own code on it, and the actors of one run. */
import type { Firework, WorkflowView } from '../../../src/domain/model';
import { fireworkToDocument, launchToDocument, workflowToDocument } from '../../../src/storage/documents';
import type { LaunchPadStore } from '../../../src/storage/launchpad-store';
import { createMongoStore } from '../../../src/storage/mongo/mongo-store';
import { MemoryDatabase, workflowId } from '../../support/memory-store';
import { Scheduler, type SpawnOptions } from '../../support/scheduler';
import type { Simulation } from '../../support/scheduler-explore';
import { launch } from '../../support/workflow-builder';
import { simulateWith } from './simulated-context';

export interface World {
  readonly database: MemoryDatabase;
  readonly store: LaunchPadStore;
  /** What the database held at the start. */
  readonly before: readonly WorkflowView[];
  /** What actors returned, by name. */
  readonly results: Map<string, unknown>;
  act(name: string, work: (store: LaunchPadStore) => Promise<unknown>, options?: SpawnOptions): void;
}

export interface Scene {
  readonly workflows: readonly WorkflowView[];
  readonly actors: (world: World) => void;
  readonly check: (world: World, scheduler: Scheduler) => Promise<void> | void;
  readonly wireVersion?: number;
}

/** A function that makes the same simulation again and again. */
export function simulation({ workflows, actors, check, wireVersion }: Scene): () => Simulation {
  return () => {
    const scheduler = new Scheduler((time) => jest.setSystemTime(time));
    const database = new MemoryDatabase(
      (label, changes, step) => scheduler.takeTurn(label, changes, step),
      wireVersion,
    );
    fill(database, workflows);
    simulateWith(scheduler, database);
    const store = createMongoStore({ uri: 'mongodb://simulated', database: 'simulated' });
    // The connection is there at once: opening takes no step.
    const opened = store.open();
    const results = new Map<string, unknown>();
    const world: World = {
      database,
      store,
      before: workflows,
      results,
      act: (name, work, options) => {
        scheduler.spawn(
          name,
          async () => {
            await opened;
            results.set(name, await work(store));
          },
          options,
        );
      },
    };
    actors(world);
    return {
      scheduler,
      state: () => database.text(),
      check: async () => {
        for (const { name, fate, error } of scheduler.actors) {
          if (fate === 'failed') throw new Error(`${name} failed: ${textOf(error)}`, { cause: error });
        }
        await check(world, scheduler);
      },
    };
  };
}

function textOf(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}

function fill(database: MemoryDatabase, workflows: readonly WorkflowView[]): void {
  let lastLaunch = 0;
  for (const [number, { workflow, fireworks }] of workflows.entries()) {
    const members = [...fireworks.values()];
    database.workflows.documents.push({
      _id: workflowId(number + 1),
      ...workflowToDocument({ ...workflow, fireworks: members }),
    });
    for (const firework of members) {
      // Runs must not share what updates change in place.
      const doc = structuredClone(fireworkToDocument(firework));
      database.fireworks.documents.push({ _id: firework.fwId, ...doc });
      lastLaunch = Math.max(lastLaunch, ...firework.launches, ...firework.archivedLaunches);
      database.launches.documents.push(...launchesOf(firework));
    }
  }
  database.counters.documents.push({ _id: -1, next_fw_id: 1000, next_launch_id: lastLaunch + 1 });
}

function launchesOf({ fwId, state, launches, archivedLaunches }: Firework): Record<string, unknown>[] {
  const active = launches.map((id) =>
    launch(id, { fwId, state: state === 'RUNNING' || state === 'COMPLETED' ? state : 'FIZZLED', action: {} }),
  );
  const archived = archivedLaunches.map((id) => launch(id, { fwId }));
  return [...active, ...archived].map((one) => ({ _id: one.launchId, ...launchToDocument(one) }));
}
