/** Larger scenes, drawn: two workflows, reruns of some of their members, a rocket or two, and Python. */
import type { WorkflowView } from '../../../src/domain/model';
import { workflow } from '../../support/workflow-builder';
import { repair, rerun, waitAndFly } from './actors';
import type { ShortScene } from './exploring';
import { assertSound } from './invariants';
import { pause } from './python';

type Random = () => number;

export function drawScene(random: Random): ShortScene {
  const first = drawWorkflow(random, 1, 3 + pick(random, 4));
  const second = drawWorkflow(random, first.workflow.nodes.length + 1, 1 + pick(random, 4));
  const nodes = [...first.workflow.nodes, ...second.workflow.nodes];
  const draw = (): readonly number[] => nodes.filter(() => random() < 0.4);
  const [one, two, paused] = [draw(), draw(), nodes[pick(random, nodes.length)] ?? 1];
  const withPython = random() < 0.3;
  return {
    workflows: [first, second],
    wireVersion: random() < 0.5 ? 17 : 13,
    actors: (world) => {
      world.act('A', (store) => rerun(store, one), { canCrash: true });
      world.act('B', (store) => rerun(store, two));
      world.act('R', waitAndFly);
      if (withPython) world.act('P', () => pause(world, paused));
      world.act('Q', repair, { startsAfter: 'the crash' });
    },
    check: async (world) => {
      await assertSound(world);
    },
  };
}

/** A graph in which each node has up to two earlier ones as parents, run up to some point. */
function drawWorkflow(random: Random, firstId: number, size: number): WorkflowView {
  const builder = workflow();
  const completed = new Set<number>();
  for (let fwId = firstId; fwId < firstId + size; fwId += 1) {
    builder.node(fwId);
    const parents = new Set<number>();
    for (let tries = 0; tries < 2; tries += 1) {
      const parent = firstId + pick(random, fwId - firstId + 1);
      if (parent < fwId) parents.add(parent);
    }
    for (const parent of parents) builder.link(parent, fwId);
    if (![...parents].every((parent) => completed.has(parent))) continue;
    const chance = random();
    builder.state(fwId, chance < 0.6 ? 'COMPLETED' : chance < 0.9 ? 'FIZZLED' : 'READY');
    if (chance < 0.9) builder.launches(fwId, [fwId]);
    if (chance < 0.6) completed.add(fwId);
  }
  return builder.view();
}

function pick(random: Random, count: number): number {
  return Math.floor(random() * count);
}
