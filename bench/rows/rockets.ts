/** Workflows that are added, and Fireworks that are run. */
import { loose, single } from '../state/graph';
import type { Row, Scale } from './row';

const TRIVIAL = 'trivial ScriptTask Fireworks';

export function rapidfire(scale: Scale): Row {
  const count = scale(1000);
  const words = ['rapidfire', '--nlaunches', String(count)];
  return {
    name: 'rapidfire',
    title: `rlaunch rapidfire: ${count} ${TRIVIAL}`,
    program: 'rlaunch',
    seed: { graph: single(), workflows: count, state: 'READY' },
    changes: true,
    ours: words,
    fireworks: words,
    leaves: { COMPLETED: count },
    floor: ['rapidfire.mjs', String(count)],
    embedded: 'compared',
    timesFaster: 4,
    timesFloor: 1.5,
    runs: 1,
  };
}

/** Each of the two takes what the other has left. */
export function rapidfireMulti(scale: Scale): Row {
  const { seed, leaves = {}, ...row } = rapidfire(scale);
  return {
    name: 'rapidfire-multi',
    title: `rlaunch multi 2: ${seed.workflows} ${TRIVIAL}`,
    program: 'rlaunch',
    seed,
    leaves,
    changes: row.changes,
    ours: ['multi', '2', '--nlaunches', '0'],
    beside: { row: 'rapidfire', atLeastTimesFaster: 1.7 },
    runs: 1,
  };
}

const LAUNCHES = 100;

/** As many launches in workflows of one Firework ... */
export function launchSmall(scale: Scale): Row {
  return {
    ...launches(scale),
    name: 'launch-small',
    title: `${LAUNCHES} launches in workflows of one Firework`,
  };
}

/** ... as in one that has them all. */
export function launchLarge(scale: Scale): Row {
  const size = scale(10_000);
  return {
    ...launches(scale),
    name: 'launch-large',
    title: `${LAUNCHES} launches in one workflow of ${size}`,
    seed: { graph: loose(size), workflows: 1, state: 'READY' },
    beside: { row: 'launch-small', atMostTimes: 1.5 },
  };
}

function launches(scale: Scale): Omit<Row, 'name' | 'title'> {
  const count = scale(10_000);
  return {
    program: 'rlaunch',
    seed: { graph: single(), workflows: count, state: 'READY' },
    changes: true,
    ours: ['rapidfire', '--nlaunches', String(LAUNCHES)],
    leaves: { COMPLETED: LAUNCHES, READY: count - LAUNCHES },
    runs: 1,
  };
}

const BULK_ADD = `
import json, sys
from fireworks import LaunchPad, Workflow
lp = LaunchPad(host=sys.argv[1], name=sys.argv[2], uri_mode=True, strm_lvl='CRITICAL')
lp.bulk_add_wfs([Workflow.from_dict(one) for one in json.load(open('workflows.json'))])
`;

export function addMany(scale: Scale): Row {
  const count = scale(10_000);
  const spec = { _tasks: [{ _fw_name: 'ScriptTask', script: ['true'], use_shell: true }] };
  const fws = [
    { fw_id: -1, name: 'first', spec },
    { fw_id: -2, name: 'second', spec },
  ];
  const workflow = { name: 'added', fws, links: { '-1': [-2] }, metadata: {} };
  return {
    name: 'add',
    title: `lpad add: ${count} workflows of two from one file`,
    seed: { graph: single(), workflows: 0, state: 'READY' },
    file: {
      name: 'workflows.json',
      text: () => JSON.stringify(Array.from({ length: count }, () => workflow)),
    },
    changes: true,
    ours: ['add', 'workflows.json'],
    fireworksScript: BULK_ADD,
    leaves: { READY: count, WAITING: count },
    embedded: 'compared',
    timesFaster: 1,
  };
}
