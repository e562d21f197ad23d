import { single } from '../state/graph';
import type { Row, Scale } from './row';

export function rerunFizzled(scale: Scale): Row {
  const workflows = scale(10_000);
  return {
    name: 'rerun-fizzled',
    title: `rerun ${workflows} FIZZLED one-Firework workflows`,
    seed: { graph: single(), workflows, state: 'FIZZLED' },
    changes: true,
    ours: ['rerun_fws', '-s', 'FIZZLED', '--yes'],
    fireworks: ['rerun_fws', '-s', 'FIZZLED'],
    floor: ['rerun.mjs', 'fizzled'],
    embedded: 'as fast',
    timesFaster: 25,
    timesFloor: 2,
  };
}
