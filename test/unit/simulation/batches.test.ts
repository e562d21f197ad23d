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
import { workflow } from '../../support/workflow-builder';
import { repair, rerun, waitAndFly } from './actors';
import { completedChain, itHolds, useSimulatedDates } from './exploring';
import { pause } from './python';

describe('a rerun of several workflows, or of several targets', () => {
  useSimulatedDates();

  const second = () => workflow().node(3).state(3, 'READY').view();
  const first = () => workflow().chain(2).state(1, 'FIZZLED').launches(1, [1]).view();

  itHolds(
    'one of which Python pauses while a rocket takes up the other',
    {
      workflows: [completedChain(2).view(), workflow().node(3).state(3, 'READY').view()],
      actors: (world) => {
        world.act('A', (store) => rerun(store, [1, 3]));
        world.act('P', () => pause(world, 3));
        world.act('R', waitAndFly);
      },
    },
    { preemptions: 3 },
  );

  itHolds(
    'at once with another, over the same workflows, one of which Python holds',
    {
      workflows: [first(), second()],
      actors: (world) => {
        world.act('P', () => pause(world, 3));
        world.act('A', (store) => rerun(store, [1, 3]));
        world.act('B', (store) => rerun(store, [1, 3]));
      },
    },
    { preemptions: 2 },
  );

  itHolds(
    'that crashes while a rocket takes up a target',
    {
      workflows: [
        workflow()
          .star(2)
          .state(1, 'COMPLETED')
          .state(2, 'FIZZLED')
          .state(3, 'FIZZLED')
          .launches(1, [1])
          .launches(2, [2])
          .launches(3, [3])
          .view(),
      ],
      actors: ({ act }) => {
        act('A', (store) => rerun(store, [2, 3]), { canCrash: true });
        act('R', waitAndFly);
        act('P', repair, { startsAfter: 'the crash' });
      },
    },
    { crashes: 1, preemptions: 3 },
  );
});
