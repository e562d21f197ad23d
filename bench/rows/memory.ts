/** Peak memory with very many hits. */
import { single } from '../state/graph';
import type { Row, Scale } from './row';

export function memoryOfGet(scale: Scale): Row {
  const words = ['get_fws', '-s', 'FIZZLED', '-d', 'less'];
  return {
    ...many(scale),
    name: 'memory-get',
    title: `memory: ${words.join(' ')}`,
    changes: false,
    ours: words,
    fireworks: words,
  };
}

export function memoryOfRerun(scale: Scale): Row {
  const words = ['rerun_fws', '-s', 'FIZZLED'];
  return {
    ...many(scale),
    name: 'memory-rerun',
    title: `memory: ${words.join(' ')}`,
    changes: true,
    ours: [...words, '--yes'],
    fireworks: words,
  };
}

function many(scale: Scale): Pick<Row, 'seed' | 'memory' | 'runs'> {
  return { seed: { graph: single(), workflows: scale(100_000), state: 'FIZZLED' }, memory: true, runs: 1 };
}
