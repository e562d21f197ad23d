/** Commands that do next to nothing: what is measured is how fast the program starts. */
import { single } from '../state/graph';
import type { Row } from './row';

const START_UP = {
  seed: { graph: single(), workflows: 10, state: 'FIZZLED' },
  changes: false,
  embedded: 'compared',
  runs: 11,
} as const;

export function help(): Row {
  return {
    ...START_UP,
    name: 'help',
    title: 'lpad --help',
    ours: ['--help'],
    fireworks: ['--help'],
    timesFaster: 4,
  };
}

export function getOne(): Row {
  const words = ['get_fws', '-i', '1'];
  return {
    ...START_UP,
    name: 'get-one',
    title: 'lpad get_fws -i 1',
    ours: words,
    fireworks: words,
    timesFaster: 3,
  };
}
