/** A store, a folder and a rocket: every test of this folder runs on both stores. */
import { join } from 'node:path';
import { mkdirSync } from 'node:fs';
import type { ValueObject } from '../../../src/domain/model';
import { addWorkflows } from '../../../src/launchpad/add-workflows';
import type { Worker } from '../../../src/launchpad/launches/worker-query';
import { defineFiretask, type Firetask, type RocketLog } from '../../../src/rocket/define-firetask';
import { createFiretaskRegistry } from '../../../src/rocket/firetask-registry';
import { launchRocket } from '../../../src/rocket/rocket';
import type { RocketOptions, RocketOutcome } from '../../../src/rocket/rocket-options';
import { parseWorkflowFile } from '../../../src/specs/workflow-files/workflow-file';
import { fireworkToDocument, launchToDocument, type StoredDocument } from '../../../src/storage/documents';
import type { LaunchPadStore } from '../../../src/storage/launchpad-store';
import { describeWorlds, type Ground } from '../../support/on-both-stores';

export const WORKER: Worker = { name: 'w1', category: '', query: {}, queryText: '{}', env: { cmd: 'sim' } };

export interface RocketWorld {
  readonly store: LaunchPadStore;
  readonly folder: string;
  /** Lines of the rocket's log, `LEVEL text`. */
  readonly log: readonly string[];
  readonly logger: RocketLog;
  /** As `lpad add` does. */
  add(workflow: ValueObject): Promise<void>;
  /** The next Firework, in a new folder of this name. */
  launch(
    directory: string,
    options?: Partial<RocketOptions> & { readonly own?: readonly Firetask[] },
  ): Promise<RocketOutcome>;
  firework(fwId: number): Promise<StoredDocument>;
  launchOf(launchId: number): Promise<StoredDocument>;
  /** State, members' states, and whether it is locked. */
  states(
    fwId: number,
  ): Promise<{ readonly state: string; readonly fwStates: Readonly<Record<string, string>> }>;
}

export function describeOnBothStores(name: string, tests: (world: () => RocketWorld) => void): void {
  describeWorlds(name, createWorld, tests);
}

function createWorld({ store, folder }: Ground): RocketWorld {
  const log: string[] = [];
  const line = (level: string) => (message: string) => void log.push(`${level} ${message}`);
  const logger = { debug: line('DEBUG'), info: line('INFO'), warn: line('WARN'), error: line('ERROR') };
  const found = async <T>(all: AsyncIterable<T>): Promise<T> => {
    for await (const one of all) return one;
    throw new Error('it is not there');
  };
  return {
    store,
    folder,
    log,
    logger,
    add: async (workflow) => {
      const options = { file: 'test.json', format: 'json', now: new Date() } as const;
      await addWorkflows(store, parseWorkflowFile(JSON.stringify(workflow), options));
    },
    launch: (directory, { own = [], ...options } = {}) => {
      const launchDir = join(folder, directory);
      mkdirSync(launchDir, { recursive: true });
      return launchRocket({
        store,
        worker: WORKER,
        registry: createFiretaskRegistry(own),
        launchDir,
        logger,
        signal: new AbortController().signal,
        output: { stdout: 2, writeStderr: () => undefined },
        ...options,
      });
    },
    firework: async (fwId) =>
      withoutDates(fireworkToDocument(await found(store.findFireworks({ ids: [fwId] }, 'all')))),
    launchOf: async (launchId) =>
      withoutDates(launchToDocument(await found(store.findLaunches([launchId], 'all')))),
    states: async (fwId) => {
      const { state, fwStates } = await found(store.findWorkflows({ members: [fwId] }));
      return { state, fwStates: Object.fromEntries(fwStates) };
    },
  };
}

const ISO = /^\d{4}-\d\d-\d\dT[\d:]{8}(\.\d{6})?\+00:00$/;

/** What differs from run to run, by what it is. */
function withoutDates<T>(value: T): T {
  if (typeof value === 'string') return (ISO.test(value) ? '<date>' : value) as T;
  if (Array.isArray(value)) return value.map(withoutDates) as T;
  if (typeof value !== 'object' || value === null || '_bsontype' in value) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, part]) => [
      key,
      key === 'runtime_secs' && part !== null ? '<secs>' : withoutDates(part),
    ]),
  ) as T;
}

/** A Firework of ScriptTasks. */
export function script(
  fwId: number,
  commands: readonly (string | ValueObject)[],
  spec: ValueObject = {},
): ValueObject {
  const tasks = commands.map((command) => (typeof command === 'string' ? { script: command } : command));
  return {
    fw_id: fwId,
    name: `fw${String(fwId)}`,
    spec: { ...spec, _tasks: tasks.map((task) => ({ _fw_name: 'ScriptTask', ...task })) },
  };
}

/** A Firework whose only Firetask is called `Act`. */
export function acting(fwId: number, spec: ValueObject = {}): ValueObject {
  return { fw_id: fwId, name: `fw${String(fwId)}`, spec: { ...spec, _tasks: [{ _fw_name: 'Act' }] } };
}

/** `Act`, which does what the test says. */
export function act(run: Firetask['run']): Firetask {
  return defineFiretask({ name: 'Act', run });
}

export const NO_ACTION = {
  stored_data: {},
  exit: false,
  update_spec: {},
  mod_spec: [],
  additions: [],
  detours: [],
  append_wfs: [],
  defuse_children: false,
  defuse_workflow: false,
  propagate: false,
};

/** A text with this in it, as a matcher of a type that says so. */
export function containing(part: string): string {
  return expect.stringContaining(part) as string;
}
