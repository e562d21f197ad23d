/** Tests that look at every run of a scene: a part of them in `npm test`, all in `npm run test:chaos`. */
import {
  explore,
  runAtRandom,
  seeded,
  type Bounds,
  type Explored,
  type Simulation,
} from '../../support/scheduler-explore';
import { workflow, type WorkflowBuilder } from '../../support/workflow-builder';
import { assertSound } from './invariants';
import { simulateDates } from './simulated-context';
import { simulation, type Scene } from './world';

const WISH = process.env['LPAD_CHAOS'];
/** Of each scene, at most: `LPAD_CHAOS` is `all` or a number. */
const MOST_RUNS = WISH === 'all' ? 4000 : Number(WISH ?? 50);
const LONG_MS = 900_000;

export function useSimulatedDates(): void {
  beforeAll(simulateDates);
  afterAll(() => jest.useRealTimers());
}

export type ShortScene = Partial<Scene> & Pick<Scene, 'actors'>;

export function sceneOf(scene: ShortScene): Scene {
  return {
    workflows: [completedChain(2).view()],
    check: async (world) => {
      await assertSound(world);
    },
    ...scene,
  };
}

/** A chain of COMPLETED Fireworks, each with the launch of its own number. */
export function completedChain(length: number): WorkflowBuilder {
  const chain = workflow().chain(length).allState('COMPLETED');
  for (let fwId = 1; fwId <= length; fwId += 1) chain.launches(fwId, [fwId]);
  return chain;
}

export function itHolds(name: string, scene: ShortScene, bounds: Bounds = {}): void {
  it(
    `${name}, in whatever order`,
    async () => {
      const create = simulation(sceneOf(scene));
      const explored = await exploreWithin(create, bounds);
      const drawn = Math.ceil(MOST_RUNS / 4);
      for (let seed = 1; seed <= drawn; seed += 1) await runAtRandom(create, seeded(seed), bounds);
      report(name, { ...explored, drawn });
      expect(explored.finished).toBeGreaterThan(0);
    },
    LONG_MS,
  );
}

/** Few interruptions first: most races need one or two. */
async function exploreWithin(
  create: () => Simulation,
  bounds: Bounds,
): Promise<Explored & { preemptions: number }> {
  let [left, finished, before] = [MOST_RUNS, 0, 0];
  for (let preemptions = 0; ; preemptions += 1) {
    const explored = await explore(create, { ...bounds, preemptions, mostRuns: left });
    left -= explored.runs;
    finished += explored.finished;
    const last = preemptions === bounds.preemptions || explored.runs === before;
    before = explored.runs;
    if (last || !explored.complete) return { ...explored, runs: MOST_RUNS - left, finished, preemptions };
  }
}

export function itHoldsAtRandom(
  name: string,
  scenes: (random: () => number) => ShortScene,
  crashes = 1,
): void {
  it(
    `${name}, in orders drawn at random`,
    async () => {
      const rounds = Math.ceil(MOST_RUNS / 4);
      for (let seed = 1; seed <= rounds; seed += 1) {
        const random = seeded(seed);
        const scene = sceneOf(scenes(random));
        await runAtRandom(simulation(scene), random, { crashes }).catch((error: unknown) => {
          throw new Error(`seed ${String(seed)}: ${error instanceof Error ? error.message : String(error)}`, {
            cause: error,
          });
        });
      }
      report(name, { rounds });
    },
    LONG_MS,
  );
}

function report(name: string, numbers: object): void {
  if (WISH) process.stderr.write(`${name}: ${JSON.stringify(numbers)}\n`);
}
