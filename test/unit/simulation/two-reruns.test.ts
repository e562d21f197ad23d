import type * as Simulated from './simulated-context';
jest.mock('node:timers/promises', () => jest.requireActual<typeof Simulated>('./simulated-context').simulatedTimers());
jest.mock('../../../src/launchpad/run-context', () => jest.requireActual<typeof Simulated>('./simulated-context').simulatedRunContext());
jest.mock('../../../src/storage/mongo/connection', () => jest.requireActual<typeof Simulated>('./simulated-context').simulatedConnection());
import { explore } from '../../support/scheduler-explore';
import { workflow } from '../../support/workflow-builder';
import { rerun, fly } from './actors';
import { assertSound } from './invariants';
import { simulateDates } from './simulated-context';
import { simulation } from './world';

beforeAll(simulateDates);
it('two', async () => {
  const t = process.hrtime.bigint();
  const create = simulation({
    workflows: [workflow().chain(2).allState('COMPLETED').launches(1, [1]).launches(2, [2]).view()],
    actors: ({ act }) => {
      act('A', (store) => rerun(store, [1]));
      act('B', (store) => rerun(store, [1]));
    },
    check: async (world) => void (await assertSound(world)),
  });
  console.log(await explore(create, { mostRuns: 20000 }), Number(process.hrtime.bigint() - t) / 1e9);
}, 100000);
it('two and rocket', async () => {
  const t = process.hrtime.bigint();
  const create = simulation({
    workflows: [workflow().chain(2).allState('COMPLETED').launches(1, [1]).launches(2, [2]).view()],
    actors: ({ act }) => {
      act('A', (store) => rerun(store, [1]));
      act('R', (store) => fly(store));
    },
    check: async (world) => void (await assertSound(world)),
  });
  console.log(await explore(create, { mostRuns: 20000 }), Number(process.hrtime.bigint() - t) / 1e9);
}, 100000);
