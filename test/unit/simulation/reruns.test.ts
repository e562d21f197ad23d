import type * as Simulated from './simulated-context';
jest.mock('node:timers/promises', () =>
  jest.requireActual<typeof Simulated>('./simulated-context').simulatedTimers(),
);
jest.mock('../../../src/launchpad/run-context', () =>
  jest.requireActual<typeof Simulated>('./simulated-context').simulatedRunContext(),
);
jest.mock('../../../src/storage/mongo/connection', () =>
  jest.requireActual<typeof Simulated>('./simulated-context').simulatedConnection(),
);
import type { RerunReport } from '../../../src/launchpad/rerun/rerun-report';
import { workflow } from '../../support/workflow-builder';
import { finish, rerun, undo, waitAndFly } from './actors';
import { itHolds, itHoldsAtRandom, useSimulatedDates } from './exploring';
import { assertSound } from './invariants';
import { drawScene } from './random-scene';
import type { World } from './world';

describe('reruns at once', () => {
  useSimulatedDates();

  itHolds('of the same Firework, twice', {
    actors: ({ act }) => {
      act('A', (store) => rerun(store, [1]));
      act('B', (store) => rerun(store, [1]));
    },
    check: async (world) => {
      await assertSound(world);
      expect(archivedBy(world, 'A').length + archivedBy(world, 'B').length).toBe(2);
    },
  });

  itHolds('of a Firework and of one below it', {
    actors: ({ act }) => {
      act('A', (store) => rerun(store, [1]));
      act('B', (store) => rerun(store, [2]));
    },
  });

  itHolds(
    'of the same Firework, while a rocket looks for work',
    {
      actors: ({ act }) => {
        act('A', (store) => rerun(store, [1]));
        act('B', (store) => rerun(store, [1]));
        act('R', waitAndFly);
      },
    },
    { preemptions: 3 },
  );

  itHolds('of what a rocket claims, starts and completes', {
    workflows: [workflow().chain(3).state(1, 'COMPLETED').launches(1, [1]).state(2, 'READY').view()],
    actors: ({ act }) => {
      act('A', (store) => rerun(store, [1]));
      act('R', waitAndFly);
    },
  });

  itHolds('with --include-running of what a rocket completes at that moment', {
    workflows: [runningChain()],
    actors: ({ act }) => {
      act('A', (store) => rerun(store, [1], { includeRunning: true }));
      act('R', (store) => finish(store, 2));
    },
  });

  itHolds(
    'with --include-running, twice, of what a rocket completes at that moment',
    {
      workflows: [runningChain()],
      actors: ({ act }) => {
        act('A', (store) => rerun(store, [1], { includeRunning: true }));
        act('B', (store) => rerun(store, [2], { includeRunning: true }));
        act('R', (store) => finish(store, 2));
      },
    },
    { preemptions: 3 },
  );

  itHolds(
    'and an undo of the first, and a rocket',
    {
      actors: ({ act }) => {
        act('A', (store) => rerun(store, [1]));
        act('U', async (store) => {
          await rerun(store, [2]);
          await undo(store);
        });
        act('R', waitAndFly);
      },
    },
    { preemptions: 2 },
  );

  itHoldsAtRandom('of larger workflows, with rockets and Python', drawScene, 0);
});

function runningChain() {
  return workflow()
    .chain(3)
    .state(1, 'COMPLETED')
    .launches(1, [1])
    .state(2, 'RUNNING')
    .launches(2, [2])
    .view();
}

function archivedBy({ results }: World, actor: string): readonly number[] {
  return (results.get(actor) as RerunReport).targets.flatMap((target) => target.archivedLaunches);
}
