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
import type { ControlReport } from '../../../src/launchpad/control/control-report';
import { workflow, type WorkflowBuilder } from '../../support/workflow-builder';
import { archive, control, finish, prioritize, repair, rerun, undo, update, waitAndFly } from './actors';
import { itHolds, useSimulatedDates } from './exploring';
import { assertSound } from './invariants';
import type { World } from './world';

/** 1 READY, and below it 2 WAITING. */
function ready(): WorkflowBuilder {
  return workflow().chain(2).state(1, 'READY');
}

function running(): WorkflowBuilder {
  return workflow().chain(2).state(1, 'RUNNING').launches(1, [1]);
}

describe('pausing, defusing and archiving at once with others', () => {
  useSimulatedDates();

  itHolds(
    'a pause of what a rocket looks for',
    {
      workflows: [ready().view()],
      actors: ({ act }) => {
        act('A', (store) => control(store, 'PAUSE', [1]));
        act('R', waitAndFly);
      },
      check: async (world) => {
        const { fireworks } = await assertSound(world);
        const paused = outcomeOf(world, 'A') === 'changed';
        expect(fireworks.get(1)?.state).toBe(paused ? 'PAUSED' : 'COMPLETED');
      },
    },
    { preemptions: 3 },
  );

  itHolds('a pause of the child of what a rocket completes', {
    workflows: [running().view()],
    actors: ({ act }) => {
      act('A', (store) => control(store, 'PAUSE', [2]));
      act('R', (store) => finish(store, 1));
    },
    check: async (world) => {
      const { fireworks } = await assertSound(world);
      expect([outcomeOf(world, 'A'), fireworks.get(2)?.state]).toEqual(['changed', 'PAUSED']);
    },
  });

  itHolds(
    'a pause that is undone while a rocket completes the parent',
    {
      workflows: [running().view()],
      actors: ({ act }) => {
        act('U', async (store) => {
          await control(store, 'PAUSE', [2]);
          await undo(store);
        });
        act('R', (store) => finish(store, 1));
      },
      check: async (world) => {
        const { fireworks } = await assertSound(world);
        expect(fireworks.get(2)?.state).toBe('READY');
      },
    },
    { preemptions: 3 },
  );

  itHolds(
    'a resumption of what a rocket looks for, and a pause of it',
    {
      workflows: [workflow().chain(2).state(1, 'PAUSED').view()],
      actors: ({ act }) => {
        act('A', (store) => control(store, 'RESUME', [1]));
        act('B', (store) => control(store, 'PAUSE', [1]));
        act('R', waitAndFly);
      },
    },
    { preemptions: 2 },
  );

  itHolds('a defusal and a rerun of the same', {
    workflows: [workflow().chain(2).state(1, 'FIZZLED').launches(1, [1]).view()],
    actors: ({ act }) => {
      act('A', (store) => control(store, 'DEFUSE', [1]));
      act('B', (store) => rerun(store, [1]));
    },
  });

  itHolds(
    'archiving of what a rocket looks for',
    {
      workflows: [ready().view()],
      actors: ({ act }) => {
        act('A', (store) => archive(store, [1]));
        act('R', waitAndFly);
      },
      check: async (world) => {
        const { fireworks } = await assertSound(world);
        expect([...fireworks.values()].map(({ state }) => state)).toEqual(['ARCHIVED', 'ARCHIVED']);
      },
    },
    { preemptions: 3 },
  );

  itHolds(
    'a priority of what a rocket looks for',
    {
      workflows: [ready().view()],
      actors: ({ act }) => {
        act('A', (store) => prioritize(store, [1, 2], 5));
        act('R', waitAndFly);
      },
      check: async (world) => {
        const { fireworks } = await assertSound(world);
        expect([...fireworks.values()].map(({ spec }) => spec['_priority'])).toEqual([5, 5]);
      },
    },
    { preemptions: 3 },
  );
});

describe('a crash at any step of a change of states or specs', () => {
  useSimulatedDates();

  for (const [name, act] of [
    ['a pause', (store) => control(store, 'PAUSE', [1, 2])],
    ['a defusal', (store) => control(store, 'DEFUSE', [1])],
    ['archiving', (store) => archive(store, [1])],
    ['a priority', (store) => prioritize(store, [1, 2], 5)],
    ['an update', (store) => update(store, [1, 2], { a: { b: 1 } })],
  ] as const satisfies readonly (readonly [string, (store: World['store']) => Promise<unknown>])[]) {
    itHolds(
      `${name} is repaired while a rocket looks for work`,
      {
        workflows: [ready().view()],
        actors: (world) => {
          world.act('A', act, { canCrash: true });
          world.act('R', waitAndFly);
          world.act('P', repair, { startsAfter: 'the crash' });
        },
      },
      { crashes: 1, preemptions: 2 },
    );
  }

  itHolds(
    'a resumption is repaired while a rocket looks for work',
    {
      workflows: [workflow().chain(2).state(1, 'PAUSED').view()],
      actors: ({ act }) => {
        act('A', (store) => control(store, 'RESUME', [1]), { canCrash: true });
        act('R', waitAndFly);
        act('P', repair, { startsAfter: 'the crash' });
      },
    },
    { crashes: 1, preemptions: 2 },
  );
});

function outcomeOf({ results }: World, actor: string): string | undefined {
  return (results.get(actor) as ControlReport).targets[0]?.outcome;
}
