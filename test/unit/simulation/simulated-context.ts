/** Time, and who is alive, as the simulation that runs has them. To be put in place of the real ones by jest.mock. */
import type * as RunContexts from '../../../src/launchpad/run-context';
import type { Scheduler } from '../../support/scheduler';

const simulated: { scheduler?: Scheduler; runs: number } = { runs: 0 };

export function simulateWith(scheduler: Scheduler): void {
  simulated.scheduler = scheduler;
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
      return simulated.scheduler?.isCrashed(actor) ?? false;
    },
  };
}
