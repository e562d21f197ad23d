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
import { finish, repair, rerun, undo, waitAndFly } from './actors';
import { completedChain, itHolds, itHoldsAtRandom, useSimulatedDates } from './exploring';
import { assertSound } from './invariants';
import { drawScene } from './random-scene';

describe('a crash at any step', () => {
  useSimulatedDates();

  itHolds(
    'of a rerun is repaired',
    {
      workflows: [completedChain(3).view()],
      actors: ({ act }) => {
        act('A', (store) => rerun(store, [1]), { canCrash: true });
        act('P', repair, { startsAfter: 'the crash' });
      },
    },
    { crashes: 1 },
  );

  itHolds(
    'of a rerun is repaired by the next rerun',
    {
      actors: ({ act }) => {
        act('A', (store) => rerun(store, [1]), { canCrash: true });
        act('B', (store) => rerun(store, [1]), { startsAfter: 'the crash' });
      },
    },
    { crashes: 1 },
  );

  itHolds(
    'of a rerun is repaired by two others at once',
    {
      actors: ({ act }) => {
        act('A', (store) => rerun(store, [1]), { canCrash: true });
        act('B', (store) => rerun(store, [1]), { startsAfter: 'the crash' });
        act('C', (store) => rerun(store, [2]), { startsAfter: 'the crash' });
      },
    },
    { crashes: 1, preemptions: 3 },
  );

  itHolds(
    'of a rerun, and of one who repairs it, is repaired by a third',
    {
      actors: ({ act }) => {
        act('A', (store) => rerun(store, [1]), { canCrash: true });
        act('P', repair, { startsAfter: 'the crash', canCrash: true });
        act('Q', repair, { startsAfter: 'the crash' });
      },
    },
    { crashes: 2, preemptions: 3 },
  );

  itHolds(
    'of a rerun of two workflows, and of one who repairs it, is repaired by a rerun of one of them',
    {
      workflows: [completedChain(2).view(), workflow().node(3).state(3, 'FIZZLED').launches(3, [3]).view()],
      actors: ({ act }) => {
        act('A', (store) => rerun(store, [1, 3]), { canCrash: true });
        act('P', repair, { startsAfter: 'the crash', canCrash: true });
        act('B', (store) => rerun(store, [1]), { startsAfter: 'the crash' });
      },
    },
    { crashes: 2, preemptions: 2 },
  );

  for (const [server, wireVersion] of [
    ['', 17],
    [' on a server before 5.2', 13],
  ] as const) {
    itHolds(
      `of a rerun${server} while a rocket looks for work`,
      {
        wireVersion,
        actors: ({ act }) => {
          act('A', (store) => rerun(store, [1]), { canCrash: true });
          act('R', waitAndFly);
          act('P', repair, { startsAfter: 'the crash' });
        },
      },
      { crashes: 1, preemptions: 3 },
    );
  }

  itHolds(
    'of a rocket is repaired by a rerun',
    {
      workflows: [workflow().chain(2).state(1, 'READY').view()],
      actors: ({ act }) => {
        act('R', waitAndFly, { canCrash: true });
        act('A', (store) => rerun(store, [1]), { startsAfter: 'the crash' });
      },
      check: async (world) => {
        await assertSound(world, { claimsMayBeLeft: true });
      },
    },
    { crashes: 1 },
  );

  itHolds(
    'of a rocket that completes what a rerun with --include-running archives',
    {
      workflows: [workflow().chain(2).state(1, 'RUNNING').launches(1, [1]).view()],
      actors: ({ act }) => {
        act('R', (store) => finish(store, 1), { canCrash: true });
        act('A', (store) => rerun(store, [1], { includeRunning: true }));
      },
    },
    { crashes: 1 },
  );

  itHolds(
    'of an undo is repaired',
    {
      actors: ({ act }) => {
        act(
          'U',
          async (store) => {
            await rerun(store, [1]);
            await undo(store);
          },
          { canCrash: true },
        );
        act('P', repair, { startsAfter: 'the crash' });
      },
    },
    { crashes: 1 },
  );

  itHoldsAtRandom('among reruns of larger workflows', drawScene);
});

describe('a process that is believed to be dead, and goes on', () => {
  useSimulatedDates();

  itHolds(
    'does no harm to what others have repaired',
    {
      actors: ({ act }) => {
        act('A', (store) => rerun(store, [1]), { canStall: true });
        act('P', repair, { startsAfter: 'the crash' });
      },
    },
    { crashes: 1 },
  );

  itHolds(
    'does no harm to what others have rerun',
    {
      actors: ({ act }) => {
        act('A', (store) => rerun(store, [1]), { canStall: true });
        act('B', (store) => rerun(store, [1]), { startsAfter: 'the crash' });
      },
    },
    { crashes: 1, preemptions: 3 },
  );
});
