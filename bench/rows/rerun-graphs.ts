/** Reruns of roots: everything below them is reset. */
import { chain, star, type Graph } from '../state/graph';
import type { Row, Scale } from './row';

const RERUN_ROOTS = {
  changes: true,
  ours: ['rerun_fws', '-n', 'root', '--yes'],
  floor: ['rerun.mjs', 'roots'],
} as const;
const FIREWORKS = ['rerun_fws', '-n', 'root'];

export function rerunChains(scale: Scale): Row {
  const workflows = scale(1000);
  return {
    ...RERUN_ROOTS,
    name: 'rerun-chains',
    title: `rerun the roots of ${workflows} COMPLETED 10-chains`,
    seed: { graph: chain(10), workflows, state: 'COMPLETED' },
    fireworks: FIREWORKS,
    embedded: 'compared',
    timesFaster: 15,
    timesFloor: 2.5,
  };
}

export function rerunStar(scale: Scale): Row {
  const size = scale(4000);
  return { ...rerunOne('star', star(size)), fireworks: FIREWORKS, embedded: 'compared', timesFaster: 20 };
}

export function rerunLargeStar(scale: Scale): Row {
  const row = rerunOne('star', star(scale(50_000)));
  return { ...row, embedded: 'compared', linearTo: rerunStar(scale).name };
}

/** FireWorks runs into its recursion limit from about 1,100 on. */
export function rerunChain(scale: Scale): Row {
  return { ...rerunOne('chain', chain(scale(800))), fireworks: FIREWORKS };
}

export function rerunLongChain(scale: Scale): Row {
  return { ...rerunOne('chain', chain(scale(5000))), embedded: 'compared' };
}

export function rerunLargeChain(scale: Scale): Row {
  const row = rerunOne('chain', chain(scale(50_000)));
  return { ...row, embedded: 'compared', linearTo: rerunLongChain(scale).name };
}

function rerunOne(kind: string, graph: Graph): Row {
  return {
    ...RERUN_ROOTS,
    name: `rerun-${kind}-${graph.size}`,
    title: `rerun the root of one COMPLETED ${kind} of ${graph.size}`,
    seed: { graph, workflows: 1, state: 'COMPLETED' },
  };
}
