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
import type { FWActionParts } from '../../../src/domain/actions/fw-action';
import type { Firework, Launch } from '../../../src/domain/model';
import { workflow } from '../../support/workflow-builder';
import { finish, repair, rerun, waitAndFly } from './actors';
import { itHolds, useSimulatedDates } from './exploring';
import { assertSound } from './invariants';
import { pause } from './python';
import type { World } from './world';

const NEW = { spec: { _tasks: [] }, fw_id: -1, name: 'new' };

/** Changes the spec of a child in a way that shows how often, and brings one Firework. */
function ending(parts: FWActionParts): FWActionParts {
  return { mod_spec: [{ _push: { list: 1 } }], update_spec: { k: 5 }, ...parts };
}

/** A RUNNING Firework above one that waits. */
const running = () => workflow().chain(2).state(1, 'RUNNING').launches(1, [1]).view();

/** The result of launch 1 is there wholly and once, or it has none. */
async function assertOnce(world: World): Promise<void> {
  await assertSound(world, { claimsMayBeLeft: true });
  const { store } = world;
  const launches: Launch[] = [];
  for await (const launch of store.findLaunches([1], 'all')) launches.push(launch);
  const [launch] = launches;
  const fireworks = new Map<number, Firework>();
  for await (const one of store.findFireworks({}, 'all')) fireworks.set(one.fwId, one);
  const nodes = new Set<number>();
  for await (const { nodes: found } of store.findWorkflows({})) for (const node of found) nodes.add(node);
  expect([...fireworks.keys()].sort()).toEqual([...nodes].sort());
  const added = [...fireworks.values()].filter(({ name }) => name === 'new');
  const { list, k } = fireworks.get(2)?.spec ?? {};
  const done = launch?.state === 'COMPLETED';
  expect({ added: added.length, list, k }).toEqual(
    done ? { added: 1, list: [1], k: 5 } : { added: 0, list: undefined, k: undefined },
  );
  if (done) expect(fireworks.get(1)?.state).toBe('COMPLETED');
  for await (const { operation } of store.findJournalEntries({})) expect(operation).not.toBe('refresh');
}

describe('the end of a launch that changes its workflow', () => {
  useSimulatedDates();

  for (const [what, parts] of [
    ['an addition', { additions: [NEW] }],
    ['a detour', { detours: [NEW] }],
    ['an appended workflow', { append_wfs: [{ workflow: NEW, parents: [], detour: false }] }],
  ] as const) {
    itHolds(
      `with ${what}, crashes and is repaired`,
      {
        workflows: [running()],
        actors: ({ act }) => {
          act('R', (store) => finish(store, 1, ending(parts)), { canCrash: true });
          act('P', repair, { startsAfter: 'the crash' });
        },
        check: assertOnce,
      },
      { crashes: 1 },
    );
  }

  itHolds(
    'crashes while another rocket looks for work, and is repaired',
    {
      workflows: [running()],
      actors: ({ act }) => {
        act('R', (store) => finish(store, 1, ending({ additions: [NEW] })), { canCrash: true });
        act('Q', waitAndFly);
        act('P', repair, { startsAfter: 'the crash' });
      },
      check: assertOnce,
    },
    { crashes: 1, preemptions: 3 },
  );

  itHolds(
    'crashes, and so does who repairs it',
    {
      workflows: [running()],
      actors: ({ act }) => {
        act('R', (store) => finish(store, 1, ending({ detours: [NEW] })), { canCrash: true });
        act('P', repair, { startsAfter: 'the crash', canCrash: true });
        act('Q', repair, { startsAfter: 'the crash' });
      },
      check: assertOnce,
    },
    { crashes: 2, preemptions: 3 },
  );

  itHolds(
    'is believed to be dead, and goes on',
    {
      workflows: [running()],
      actors: ({ act }) => {
        act('R', (store) => finish(store, 1, ending({ additions: [NEW] })), { canStall: true });
        act('P', repair, { startsAfter: 'the crash' });
        act('Q', waitAndFly);
      },
      check: assertOnce,
    },
    { crashes: 1, preemptions: 3 },
  );

  itHolds(
    'comes while Python pauses a child',
    {
      workflows: [running()],
      actors: (world) => {
        world.act('R', (store) => finish(store, 1, ending({ additions: [NEW] })));
        world.act('Y', () => pause(world, 2));
      },
      check: assertOnce,
    },
    { preemptions: 3 },
  );

  itHolds(
    'comes while somebody reruns it with --include-running',
    {
      workflows: [running()],
      actors: ({ act }) => {
        act('R', (store) => finish(store, 1, ending({ additions: [NEW] })), { canCrash: true });
        act('A', (store) => rerun(store, [1], { includeRunning: true }));
      },
      check: async (world) => {
        await assertSound(world, { claimsMayBeLeft: true });
        const names: string[] = [];
        for await (const { name } of world.store.findFireworks({}, 'all')) names.push(name);
        expect(names.filter((name) => name === 'new').length).toBeLessThan(2);
      },
    },
    { crashes: 1, preemptions: 3 },
  );
});
