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
import { append, remove, repair, undo, waitAndFly } from './actors';
import { completedChain, itHolds, useSimulatedDates } from './exploring';
import { assertSound } from './invariants';
import type { World } from './world';

const NEW = { spec: { _tasks: [] }, fw_id: -1, name: 'new' };

/** A workflow is there with all that it had, or nothing of it is. */
async function assertWhole(world: World): Promise<void> {
  await repair(world.store);
  const { fireworks, workflows, launches } = world.database;
  const ids = fireworks.documents.map((doc) => Number(doc['fw_id']));
  expect(new Set(ids).size).toBe(ids.length);
  const nodes = workflows.documents.flatMap((doc) => doc['nodes'] as number[]);
  expect([...ids].sort()).toEqual([...nodes].sort());
  const listed = fireworks.documents.flatMap((doc) => [
    ...(doc['launches'] as number[]),
    ...(doc['archived_launches'] as number[]),
  ]);
  const stored = launches.documents
    .filter((doc) => ids.includes(Number(doc['fw_id'])))
    .map((doc) => Number(doc['launch_id']));
  expect(stored.sort()).toEqual(listed.sort());
  for (const doc of fireworks.documents) expect(doc['state']).not.toBe(undefined);
  if (nodes.length > 0) {
    const here = {
      ...world,
      before: world.before.filter((one) => nodes.includes(one.workflow.nodes[0] ?? 0)),
    };
    await assertSound(here, { claimsMayBeLeft: true });
  }
}

describe('a deletion', () => {
  useSimulatedDates();

  const begun = () => workflow().chain(3).state(1, 'COMPLETED').launches(1, [1]).state(2, 'READY').view();

  itHolds(
    'that crashes is repaired: all is gone, or nothing',
    {
      workflows: [begun()],
      actors: ({ act }) => {
        act('D', (store) => remove(store, [1]), { canCrash: true });
        act('P', repair, { startsAfter: 'the crash' });
      },
      check: assertWhole,
    },
    { crashes: 1 },
  );

  itHolds(
    'that crashes while a rocket looks for work is repaired',
    {
      workflows: [begun()],
      actors: ({ act }) => {
        act('D', (store) => remove(store, [1]), { canCrash: true });
        act('R', (store) => waitAndFly(store).catch(() => undefined));
        act('P', repair, { startsAfter: 'the crash' });
      },
      check: assertWhole,
    },
    { crashes: 1, preemptions: 3 },
  );

  itHolds(
    'that crashes, and whose repair crashes, is repaired',
    {
      workflows: [begun()],
      actors: ({ act }) => {
        act('D', (store) => remove(store, [1]), { canCrash: true });
        act('P', repair, { startsAfter: 'the crash', canCrash: true });
        act('Q', repair, { startsAfter: 'the crash' });
      },
      check: assertWhole,
    },
    { crashes: 2, preemptions: 2 },
  );

  itHolds(
    'that is taken back, in which it crashes, is taken back or not',
    {
      workflows: [begun()],
      actors: ({ act }) => {
        act(
          'D',
          async (store) => {
            await remove(store, [1]);
            await undo(store);
          },
          { canCrash: true },
        );
        act('P', repair, { startsAfter: 'the crash' });
        act('R', (store) => waitAndFly(store).catch(() => undefined), { startsAfter: 'the crash' });
      },
      check: assertWhole,
    },
    { crashes: 1, preemptions: 2 },
  );

  itHolds(
    'beside another of the same workflow deletes it once',
    {
      workflows: [completedChain(2).view()],
      actors: ({ act }) => {
        act('D', (store) => remove(store, [1]));
        act('E', (store) => remove(store, [2]));
      },
      check: assertWhole,
    },
    { preemptions: 3 },
  );
});

describe('appending', () => {
  useSimulatedDates();

  for (const detour of [false, true]) {
    itHolds(
      `${detour ? 'a detour' : 'a workflow'}, crashes while a rocket looks for work`,
      {
        workflows: [workflow().chain(2).state(1, 'READY').view()],
        actors: ({ act }) => {
          act('A', (store) => append(store, [1], { detour, value: NEW }), { canCrash: true });
          act('R', waitAndFly);
          act('P', repair, { startsAfter: 'the crash' });
        },
        check: assertWhole,
      },
      { crashes: 1, preemptions: 3 },
    );
  }

  itHolds(
    'to what is being deleted',
    {
      workflows: [completedChain(2).view()],
      actors: ({ act }) => {
        act('A', (store) => append(store, [2], { value: NEW }), { canCrash: true });
        act('D', (store) => remove(store, [1]));
      },
      check: assertWhole,
    },
    { crashes: 1, preemptions: 3 },
  );

  itHolds(
    'and taking it back, while a rocket looks for work',
    {
      workflows: [completedChain(2).view()],
      actors: ({ act }) => {
        act(
          'A',
          async (store) => {
            await append(store, [2], { value: NEW });
            await undo(store);
          },
          { canCrash: true },
        );
        act('R', (store) => waitAndFly(store).catch(() => undefined));
        act('P', repair, { startsAfter: 'the crash' });
      },
      check: assertWhole,
    },
    { crashes: 1, preemptions: 3 },
  );
});
