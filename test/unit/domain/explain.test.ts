import { specDifferences } from '../../../src/domain/explain/spec-differences';
import { whyState, type StateFacts } from '../../../src/domain/explain/why-state';
import { ABSENT } from '../../../src/domain/patch';
import { launch, LONG_AGO, NOW } from '../../support/workflow-builder';

function facts(changes: Partial<StateFacts>): StateFacts {
  return {
    fwId: 7,
    state: 'READY',
    updatedOn: LONG_AGO,
    parents: [],
    launch: undefined,
    asksFor: [],
    now: NOW,
    expirationSecs: 14_400,
    ...changes,
  };
}

const running = launch(3, {
  state: 'RUNNING',
  stateHistory: [{ state: 'RUNNING', created_on: LONG_AGO, updated_on: '2026-11-21T07:59:00+00:00' }],
});
const silent = launch(3, {
  state: 'RUNNING',
  stateHistory: [{ state: 'RUNNING', created_on: LONG_AGO, updated_on: LONG_AGO }],
});
const reserved = launch(3, {
  state: 'RESERVED',
  stateHistory: [{ state: 'RESERVED', created_on: LONG_AGO, updated_on: LONG_AGO, reservation_id: '4711' }],
});
const parent = { fwId: 2, name: 'relax', state: 'FIZZLED', satisfied: false } as const;
const heldBy = {
  journalId: 'j1',
  user: 'ada',
  host: 'login',
  on: NOW,
  commandLine: ['lpad', 'pause_fws', '-i', '7'],
};

test.each<[string, Partial<StateFacts>, RegExp, readonly string[]]>([
  ['READY', {}, /any rocket may take it/, ['rlaunch singleshot -f 7']],
  [
    'READY for some',
    { asksFor: ['the category gpu'] },
    /only a rocket with the category gpu/,
    ['rlaunch singleshot -f 7'],
  ],
  [
    'WAITING',
    { state: 'WAITING', parents: [parent] },
    /waits for 2 \(relax\), which is FIZZLED/,
    ['lpad explain -i 2'],
  ],
  ['WAITING for nothing', { state: 'WAITING' }, /a refresh is due/, ['lpad admin refresh -i 7']],
  [
    'RUNNING',
    { state: 'RUNNING', launch: running },
    /last sign of life was at 2026-11-21 07:59:00/,
    ['lpad track_fws -i 7'],
  ],
  [
    'lost',
    { state: 'RUNNING', launch: silent },
    /the run is lost/,
    [`lpad detect_lostruns --rerun -q '{"fw_id": 7}'`],
  ],
  [
    'inconsistent',
    { state: 'RUNNING' },
    /none of its launches is/,
    [`lpad detect_lostruns --refresh -q '{"fw_id": 7}'`],
  ],
  [
    'RESERVED',
    { state: 'RESERVED', launch: reserved },
    /job 4711/,
    ['lpad get_qids -i 7', 'lpad cancel_qid --qid 4711'],
  ],
  [
    'FIZZLED',
    { state: 'FIZZLED', launch: launch(3), fingerprint: { fingerprint: 'f', pattern: 'KeyError' } },
    /launch 3 failed on node-1 .*KeyError/,
    ['lpad rerun_fws -i 7', 'lpad failures --fingerprint f'],
  ],
  [
    'FIZZLED without a failed launch',
    { state: 'FIZZLED' },
    /none of its launches FIZZLED/,
    ['lpad rerun_fws -i 7'],
  ],
  [
    'COMPLETED',
    { state: 'COMPLETED', launch: launch(3) },
    /launch 3 COMPLETED on node-1/,
    ['lpad rerun_fws -i 7 --dry-run'],
  ],
  [
    'PAUSED',
    { state: 'PAUSED', heldBy },
    /ada on login made it PAUSED .*: lpad pause_fws -i 7/,
    ['lpad resume_fws -i 7', 'lpad undo j1'],
  ],
  ['DEFUSED by nobody known', { state: 'DEFUSED' }, /the journal does not know/, ['lpad reignite_fws -i 7']],
  ['ARCHIVED', { state: 'ARCHIVED' }, /the journal does not know/, []],
])('%s is explained', (_, changes, why, next) => {
  const explained = whyState(facts(changes));
  expect(explained.why.join('\n')).toMatch(why);
  expect(explained.next).toEqual(next);
});

test('specs differ in the smallest parts that are not the same; one that is not known does not count', () => {
  const specs = [{ a: { b: 1, c: 2 }, d: [1], e: 1 }, undefined, { a: { b: 1, c: 3 }, d: [2], e: 1, f: 'x' }];
  expect(specDifferences(specs)).toEqual([
    { path: ['a', 'c'], values: [2, undefined, 3] },
    { path: ['d'], values: [[1], undefined, [2]] },
    { path: ['f'], values: [ABSENT, undefined, 'x'] },
  ]);
  expect(specDifferences([undefined, { a: 1 }])).toEqual([]);
});
