import { RARE_ERROR } from '../state/documents';
import { single } from '../state/graph';
import type { Row, Scale } from './row';

const TRACE = 'action.stored_data._exception._stacktrace';

export function getLess(scale: Scale): Row {
  const workflows = scale(10_000);
  return {
    name: 'get-less',
    title: `get_fws -s FIZZLED -d less, ${workflows} hits`,
    seed: { graph: single(), workflows, state: 'FIZZLED' },
    changes: false,
    ours: ['get_fws', '-s', 'FIZZLED', '-d', 'less'],
    fireworks: ['get_fws', '-s', 'FIZZLED', '-d', 'less'],
    floor: ['get-less.mjs'],
    embedded: 'compared',
    timesFaster: 25,
    timesFloor: 2,
  };
}

/** One launch in a hundred matches. */
export function getByError(scale: Scale): Row {
  const workflows = scale(100_000);
  return {
    name: 'get-by-error',
    title: `--error REGEX among ${workflows} launches`,
    seed: { graph: single(), workflows, state: 'FIZZLED' },
    changes: false,
    ours: ['get_fws', '--error', RARE_ERROR, '-d', 'ids'],
    fireworks: ['get_fws', '-lm', '-q', JSON.stringify({ [TRACE]: { $regex: RARE_ERROR } }), '-d', 'ids'],
    floor: ['get-by-error.mjs', RARE_ERROR],
    embedded: 'compared',
    timesFaster: 1,
    timesFloor: 1.5,
  };
}

/** Two errors, told apart by their stack traces. */
export function failures(scale: Scale): Row {
  const workflows = scale(100_000);
  return {
    name: 'failures',
    title: `failures: ${workflows} grouped by error`,
    seed: { graph: single(), workflows, state: 'FIZZLED' },
    changes: false,
    ours: ['failures', '-o', 'json'],
    embedded: 'compared',
  };
}
