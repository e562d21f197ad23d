/**
 * Time, who is alive, and the database, as the simulation that runs has them. To be put in place of the real ones by
 * jest.mock, which wants to be said in each test file.
 */
import type { MemoryDatabase } from '../../support/memory-store';
import type * as Connections from '../../../src/storage/mongo/connection';
import type * as RunContexts from '../../../src/launchpad/run-context';
import type { Scheduler } from '../../support/scheduler';

const simulated: { scheduler?: Scheduler; database?: MemoryDatabase } = {};

export function simulateWith(scheduler: Scheduler, database: MemoryDatabase): void {
  simulated.scheduler = scheduler;
  simulated.database = database;
  runsOf.clear();
}

const runsOf = new Map<string, number>();

/** For `node:timers/promises`. */
export function simulatedTimers(): object {
  return { setTimeout: (ms: number) => simulated.scheduler?.sleep(ms) };
}

/** For src/launchpad/run-context: names tell which actor it is, and an owner is dead when its actor has crashed. */
export function simulatedRunContext(): typeof RunContexts {
  const actual = jest.requireActual<typeof RunContexts>('../../../src/launchpad/run-context');
  return {
    ...actual,
    createRunContext: (facts) => {
      const actor = simulated.scheduler?.currentName() ?? 'nobody';
      const number = (runsOf.get(actor) ?? 0) + 1;
      runsOf.set(actor, number);
      return { ...actual.createRunContext(facts), host: 'sim', run: `${actor}-${String(number)}` };
    },
    isOwnerDead: ({ name }) => {
      const actor = name.split(':').at(-1)?.split('-')[0] ?? '';
      return simulated.scheduler?.isGone(actor) ?? false;
    },
  };
}

/** For src/storage/mongo/connection. */
export function simulatedConnection(): Partial<typeof Connections> {
  return {
    connect: () => {
      if (!simulated.database) throw new Error('no simulation runs');
      return Promise.resolve(simulated.database.connection());
    },
  };
}

/** Only dates are the simulation's. */
export function simulateDates(): void {
  jest.useFakeTimers({
    doNotFake: [
      'hrtime',
      'nextTick',
      'performance',
      'queueMicrotask',
      'setImmediate',
      'clearImmediate',
      'setInterval',
      'clearInterval',
      'setTimeout',
      'clearTimeout',
    ],
  });
}
