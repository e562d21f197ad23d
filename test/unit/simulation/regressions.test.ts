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
/** Runs that the exploration found to go wrong once, each told step by step. */
import { runLegs, type Leg } from '../../support/scheduler-explore';
import { workflow } from '../../support/workflow-builder';
import { repair, rerun, waitAndFly } from './actors';
import { completedChain, sceneOf, useSimulatedDates, type ShortScene } from './exploring';
import { pause } from './python';
import { simulation } from './world';

describe('a run that went wrong once', () => {
  useSimulatedDates();

  const follow = (scene: ShortScene, legs: readonly Leg[]): Promise<unknown> =>
    runLegs(simulation(sceneOf(scene)), legs);

  const MEMBER = /^fireworks update/;
  const LAST_WRITE = /^workflows update$/;

  it('an entry whose second owner died before it had the locks is finished by a third', async () => {
    await follow(
      {
        actors: ({ act }) => {
          act('A', (store) => rerun(store, [1]), { canCrash: true });
          act('P', repair, { startsAfter: 'the crash', canCrash: true });
          act('Q', repair, { startsAfter: 'the crash' });
        },
      },
      [
        { actor: 'A', until: MEMBER, times: 2, then: 'crash' },
        { actor: 'P', until: /^workflows update/, then: 'crash' },
        { actor: 'Q' },
      ],
    );
  });

  it('two who repair at once do not refresh what is half written', async () => {
    await follow(
      {
        actors: ({ act }) => {
          act('A', (store) => rerun(store, [1]), { canCrash: true });
          act('P', repair, { startsAfter: 'the crash' });
          act('Q', repair, { startsAfter: 'the crash' });
        },
      },
      [
        { actor: 'A', until: MEMBER, times: 2, then: 'crash' },
        { actor: 'P', until: /^workflows update/ },
        { actor: 'Q' },
        { actor: 'P' },
      ],
    );
  });

  it('a rerun that crashed after its last write stays in the journal when a rocket has taken it further', async () => {
    await follow(
      {
        actors: ({ act }) => {
          act('A', (store) => rerun(store, [1]), { canCrash: true });
          act('R', waitAndFly);
          act('P', repair, { startsAfter: 'the crash' });
        },
      },
      [{ actor: 'A', until: /^journal update/, then: 'crash' }, { actor: 'R' }, { actor: 'P' }],
    );
  });

  it('a rocket finishes the rerun that holds the lock of its Firework and is dead', async () => {
    await follow(
      {
        actors: ({ act }) => {
          act('A', (store) => rerun(store, [1]), { canCrash: true });
          act('R', waitAndFly);
        },
      },
      [{ actor: 'A', until: LAST_WRITE, then: 'crash' }, { actor: 'R' }],
    );
  });

  it('a rocket that takes up one workflow while another conflicts does not make half a rerun', async () => {
    await follow(
      {
        workflows: [completedChain(2).view(), workflow().node(3).state(3, 'READY').view()],
        actors: (world) => {
          world.act('A', (store) => rerun(store, [1, 3]));
          world.act('P', () => pause(world, 3));
          world.act('R', waitAndFly);
        },
      },
      [
        { actor: 'A', until: MEMBER, times: 3 },
        { actor: 'P', until: /^workflows claim/ },
        { actor: 'R', until: /^workflows update/ },
        { actor: 'A' },
      ],
    );
  });

  it('a process that wakes up after others took its locks over takes back what it then wrote', async () => {
    await follow(
      {
        actors: ({ act }) => {
          act('A', (store) => rerun(store, [1]), { canStall: true });
          act('P', repair, { startsAfter: 'the crash' });
        },
      },
      [{ actor: 'A', until: MEMBER, then: 'stall' }, { actor: 'P' }, { actor: 'A' }],
    );
  });
});
