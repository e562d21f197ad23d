/** Workflows of a few shapes, with what each Firework takes and why it fails. */
import { between, pick, type Draw } from './draw';
import type { Service } from './errors';
import { natureOf, type Nature } from './nature';

export interface SimulatedFirework {
  /** As the store will number it. */
  readonly fwId: number;
  readonly name: string;
  readonly parents: readonly number[];
  readonly hours: number;
  readonly cores: number;
  readonly uses: Service | undefined;
  readonly nature: Nature;
}

export interface SimulatedWorkflow {
  readonly name: string;
  /** At noon of which day it is added. */
  readonly day: number;
  readonly fireworks: readonly SimulatedFirework[];
}

export interface Population {
  readonly workflows: readonly SimulatedWorkflow[];
  readonly fireworks: ReadonlyMap<number, SimulatedFirework>;
  /** Those that can COMPLETE: neither they nor anything above them fails whatever one does. */
  readonly recoverable: ReadonlySet<number>;
}

interface Step {
  readonly name: string;
  /** Places in the shape. */
  readonly parents: readonly number[];
}

function chain(...names: readonly string[]): readonly Step[] {
  return names.map((name, at) => ({ name, parents: at === 0 ? [] : [at - 1] }));
}

const SHAPES: readonly { readonly weight: number; readonly steps: readonly Step[] }[] = [
  { weight: 35, steps: chain('relax', 'static', 'analysis') },
  { weight: 20, steps: chain('relax', 'relax fine', 'static', 'bands', 'analysis') },
  {
    weight: 25,
    steps: [
      ...chain('relax'),
      { name: 'bands', parents: [0] },
      { name: 'dos', parents: [0] },
      { name: 'analysis', parents: [1, 2] },
    ],
  },
  {
    weight: 20,
    steps: [
      ...chain('relax'),
      ...[1, 2, 3, 4].map(() => ({ name: 'phonon', parents: [0] })),
      { name: 'analysis', parents: [1, 2, 3, 4] },
    ],
  },
];

const CORES = [
  { cores: 8, weight: 30 },
  { cores: 16, weight: 40 },
  { cores: 32, weight: 30 },
] as const;

/** Which share uses what may be away. */
const USED: readonly { readonly uses: Service | undefined; readonly weight: number }[] = [
  { uses: 'licence', weight: 25 },
  { uses: 'storage', weight: 25 },
  { uses: undefined, weight: 50 },
];

const SHORTEST_HOURS = 0.25;
const LONGEST_HOURS = 12;

/** `days`: on so many days they are added, as many on each. */
export function makePopulation(count: number, days: number, draw: Draw): Population {
  const workflows: SimulatedWorkflow[] = [];
  let next = 1;
  for (let number = 0; number < count; number += 1) {
    const { steps } = pick(SHAPES, draw('shape', number));
    const first = next;
    next += steps.length;
    workflows.push({
      name: `material-${String(number + 1)}`,
      day: Math.floor((number * days) / count),
      fireworks: steps.map(({ name, parents }, at) =>
        makeFirework(
          first + at,
          name,
          parents.map((place) => first + place),
          draw,
        ),
      ),
    });
  }
  const fireworks = new Map(
    workflows.flatMap((one) => one.fireworks.map((firework) => [firework.fwId, firework])),
  );
  return { workflows, fireworks, recoverable: findRecoverable(fireworks) };
}

function makeFirework(fwId: number, name: string, parents: readonly number[], draw: Draw): SimulatedFirework {
  // Most are short, few are long.
  const logarithm = between(Math.log(SHORTEST_HOURS), Math.log(LONGEST_HOURS), draw('hours', fwId));
  return {
    fwId,
    name,
    parents,
    hours: Math.exp(logarithm),
    cores: pick(CORES, draw('cores', fwId)).cores,
    uses: pick(USED, draw('uses', fwId)).uses,
    nature: natureOf(fwId, draw),
  };
}

/** Parents have lower ids than their children. */
function findRecoverable(fireworks: ReadonlyMap<number, SimulatedFirework>): ReadonlySet<number> {
  const recoverable = new Set<number>();
  for (const { fwId, parents, nature } of fireworks.values())
    if (nature.kind !== 'deterministic' && parents.every((one) => recoverable.has(one)))
      recoverable.add(fwId);
  return recoverable;
}
