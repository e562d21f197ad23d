/** Commands and rockets on a store of their own: every test of this folder runs on both stores. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { main } from '../../../src/cli/main';
import type { Firework, ValueObject } from '../../../src/domain/model';
import { createFiretaskRegistry } from '../../../src/rocket/firetask-registry';
import { rapidfire } from '../../../src/rocket/rapidfire';
import type { RocketOptions } from '../../../src/rocket/rocket-options';
import type { LaunchPadStore } from '../../../src/storage/launchpad-store';
import { fakeIo } from '../../support/fake-io';
import { describeWorlds, type Ground } from '../../support/on-both-stores';
import { WORKER } from '../rocket/rocket-world';

export interface Result {
  readonly status: number;
  readonly out: string;
  readonly err: string;
}

export interface RestartWorld {
  readonly store: LaunchPadStore;
  readonly folder: string;
  /** Lines of the rockets' logs, `LEVEL text`. */
  readonly log: readonly string[];
  lpad(...argv: readonly string[]): Promise<Result>;
  /** A workflow of Fireworks, each with a name, a spec and a script. */
  add(...fireworks: readonly AddedFirework[]): Promise<void>;
  /** Everything that is READY, each in a folder of its own below `folder`. */
  runAll(options?: Partial<RocketOptions>): Promise<void>;
  firework(fwId: number): Promise<Firework>;
  states(): Promise<string>;
}

export interface AddedFirework {
  readonly name: string;
  readonly spec?: ValueObject;
  readonly script?: string;
}

export function describeRestarts(name: string, tests: (world: () => RestartWorld) => void): void {
  describeWorlds(name, createWorld, tests);
}

function createWorld({ store, folder, config }: Ground): RestartWorld {
  writeFileSync(join(folder, 'my_launchpad.json'), JSON.stringify(config));
  const log: string[] = [];
  const line = (level: string) => (message: string) => void log.push(`${level} ${message}`);
  const logger = { debug: line('DEBUG'), info: line('INFO'), warn: line('WARN'), error: line('ERROR') };
  const lpad = async (...argv: readonly string[]): Promise<Result> => {
    const { io, out, err } = fakeIo('', { cwd: folder, now: () => new Date() });
    const status = await main(['-l', join(folder, 'my_launchpad.json'), ...argv], io);
    return { status, out: out(), err: err() };
  };
  return {
    store,
    folder,
    log,
    lpad,
    add: async (...fireworks) => {
      const fws = fireworks.map(({ name, spec = {}, script = 'true' }, index) => ({
        fw_id: index + 1,
        name,
        spec: { ...spec, _tasks: [{ _fw_name: 'ScriptTask', script }] },
      }));
      const file = join(folder, 'workflow.json');
      writeFileSync(file, JSON.stringify({ name: 'w', metadata: {}, links: {}, fws }));
      expect(await lpad('add', file)).toMatchObject({ status: 0 });
    },
    runAll: async (options = {}) => {
      mkdirSync(join(folder, 'runs'), { recursive: true });
      await rapidfire({
        store,
        worker: WORKER,
        registry: createFiretaskRegistry([]),
        folder: join(folder, 'runs'),
        logger,
        signal: new AbortController().signal,
        nlaunches: 0,
        sleepSecs: 0,
        ...options,
      });
    },
    firework: async (fwId) => {
      for await (const one of store.findFireworks({ ids: [fwId] }, 'all')) return one;
      throw new Error(`there is no Firework ${String(fwId)}`);
    },
    states: async () => {
      const found: string[] = [];
      for await (const { fwId, state } of store.findFireworks({}, 'summary'))
        found.push(`${String(fwId)} ${state}`);
      return found.join(', ');
    },
  };
}
