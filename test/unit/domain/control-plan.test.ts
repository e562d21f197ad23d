import fc from 'fast-check';
import {
  applyControl,
  type ControlEvent,
  type ControlOptions,
  type ControlTarget,
} from '../../../src/domain/control/control-plan';
import type { WorkflowView } from '../../../src/domain/model';
import { invertPatch, type WorkflowPatch } from '../../../src/domain/patch';
import { allows } from '../../../src/domain/rules/firework-machine';
import { workflowState } from '../../../src/domain/rules/workflow-state';
import { STATES, type FireworkState } from '../../../src/domain/state';
import { createDraft, isTruthy } from '../../../src/domain/workflow-draft';
import { applyPatch } from '../../support/apply-patch';
import {
  LONG_AGO,
  LONG_AGO_DATE,
  NOW,
  launch,
  workflow,
  type WorkflowBuilder,
} from '../../support/workflow-builder';
import { randomWorkflow } from './random-workflow';

const EVENTS = ['PAUSE', 'RESUME', 'DEFUSE', 'REIGNITE', 'ARCHIVE'] as const;

interface Planned {
  readonly targets: readonly ControlTarget[];
  readonly patch: WorkflowPatch;
  readonly after: WorkflowView;
}

function planOf(view: WorkflowView, targets: Iterable<number>, options: ControlOptions): Planned {
  const draft = createDraft(view, NOW);
  const launches = new Map([[7, launch(7, { host: 'node-7', launchDir: '/runs/7' })]]);
  const outcomes = applyControl(draft, new Set(targets), options, launches);
  const patch = draft.toPatch();
  return { targets: outcomes, patch, after: applyPatch(view, patch) };
}

function plan(
  builder: WorkflowBuilder,
  event: ControlEvent,
  options: { readonly rerunFirst?: boolean; readonly targets?: readonly number[] } = {},
): Planned {
  const view = builder.view();
  const { rerunFirst = event === 'ARCHIVE', targets = view.workflow.nodes } = options;
  return planOf(view, targets, { event, rerunFirst });
}

function statesOf({ fireworks }: WorkflowView): readonly FireworkState[] {
  return [...fireworks.values()].map(({ state }) => state);
}

describe('what a person does to the state of a Firework', () => {
  it.each<[ControlEvent, FireworkState, FireworkState]>([
    ['PAUSE', 'WAITING', 'PAUSED'],
    ['PAUSE', 'READY', 'PAUSED'],
    ['PAUSE', 'RESERVED', 'PAUSED'],
    ['RESUME', 'PAUSED', 'WAITING'],
    ['DEFUSE', 'WAITING', 'DEFUSED'],
    ['DEFUSE', 'READY', 'DEFUSED'],
    ['DEFUSE', 'FIZZLED', 'DEFUSED'],
    ['DEFUSE', 'PAUSED', 'DEFUSED'],
    ['REIGNITE', 'DEFUSED', 'WAITING'],
  ])('%s makes what is %s %s, with a date and not a text', (event, from, to) => {
    const { targets, after } = plan(workflow().node(1, { state: from }), event);
    expect(targets).toEqual([{ fwId: 1, name: 'fw1', from, to, outcome: 'changed', notes: [] }]);
    expect(after.fireworks.get(1)).toMatchObject({ state: to, updatedOn: NOW });
    expect(after.workflow.fwStates.get(1)).toBe(to);
  });

  it('leaves everything else alone, with a reason', () => {
    for (const event of EVENTS) {
      for (const state of STATES.filter((one) => !allows(one, event))) {
        const { targets, patch } = plan(workflow().node(1, { state }), event);
        expect(targets).toEqual([
          expect.objectContaining({
            from: state,
            to: state,
            reason: expect.stringContaining(`is ${state}`) as string,
          }),
        ]);
        expect(patch.changes).toEqual([]);
      }
    }
  });

  it.each<[ControlEvent, FireworkState, string, string]>([
    ['PAUSE', 'COMPLETED', 'skipped', 'is COMPLETED; only WAITING, READY and RESERVED can be paused'],
    ['PAUSE', 'PAUSED', 'skipped', 'is PAUSED already'],
    ['RESUME', 'DEFUSED', 'skipped', 'is DEFUSED; only PAUSED can be resumed'],
    ['DEFUSE', 'DEFUSED', 'skipped', 'is DEFUSED already'],
    ['DEFUSE', 'ARCHIVED', 'skipped', 'is ARCHIVED; only FIZZLED, PAUSED, WAITING and READY can be defused'],
    [
      'DEFUSE',
      'COMPLETED',
      'refused',
      'is COMPLETED, and its result would be archived: lpad rerun_fws -i 1 first, then defuse it',
    ],
    [
      'DEFUSE',
      'RUNNING',
      'refused',
      'is RUNNING since 2026-01-02 03:04:05 UTC; wait, or lpad rerun_fws -i 1 --include-running, then defuse it',
    ],
    [
      'DEFUSE',
      'RESERVED',
      'refused',
      'is RESERVED since 2026-01-02 03:04:05 UTC; cancel or pause it first, then defuse it',
    ],
    ['REIGNITE', 'PAUSED', 'skipped', 'is PAUSED; only DEFUSED can be reignited'],
    ['ARCHIVE', 'ARCHIVED', 'skipped', 'is ARCHIVED already'],
  ])('%s of what is %s is %s', (event, state, outcome, reason) => {
    expect(plan(workflow().node(1, { state }), event).targets).toEqual([
      expect.objectContaining({ outcome, reason }),
    ]);
  });

  it('moves the date of the workflow no more than FireWorks does', () => {
    const { after } = plan(workflow().chain(2).state(1, 'READY'), 'PAUSE', { targets: [1] });
    expect(after.workflow).toMatchObject({ state: 'PAUSED', updatedOn: LONG_AGO_DATE });
    expect(after.fireworks.get(2)).toMatchObject({ state: 'WAITING', updatedOn: LONG_AGO });
  });
});

describe('archiving', () => {
  it('archives the launches of what has run, and of what is held below it', () => {
    const builder = workflow().chain(4).state(1, 'COMPLETED').state(2, 'DEFUSED').state(3, 'DEFUSED');
    const view = builder.launches(1, [3], [1]).launches(2, [4]).launches(3, [5]).launches(4, [6]);
    const { after, targets } = plan(view, 'ARCHIVE');
    expect(statesOf(after)).toEqual(['ARCHIVED', 'ARCHIVED', 'ARCHIVED', 'ARCHIVED']);
    expect(after.workflow).toMatchObject({ state: 'ARCHIVED', updatedOn: NOW });
    const launches = [...after.fireworks.values()].map((one) => [one.launches, one.archivedLaunches]);
    // What waits has not left WAITING, and is not rerun: it keeps what it has, as in FireWorks.
    expect(launches).toEqual([
      [[], [1, 3]],
      [[], [4]],
      [[], [5]],
      [[6], []],
    ]);
    expect(targets.map(({ outcome }) => outcome)).toEqual(Array(4).fill('changed'));
  });

  it('leaves the launches of what is DEFUSED and was not reached', () => {
    const { after } = plan(workflow().node(1, { state: 'DEFUSED' }).launches(1, [4]), 'ARCHIVE');
    expect(after.fireworks.get(1)).toMatchObject({ state: 'ARCHIVED', launches: [4], updatedOn: NOW });
    expect(after.workflow).toMatchObject({ state: 'ARCHIVED', updatedOn: LONG_AGO_DATE });
  });

  it('says where a process may run on', () => {
    const { targets } = plan(workflow().node(1, { state: 'RUNNING' }).launches(1, [7]), 'ARCHIVE');
    expect(targets).toEqual([
      expect.objectContaining({
        outcome: 'changed',
        notes: ['launch 7 of 1 (fw1) is archived while it may still run on node-7 in /runs/7'],
      }),
    ]);
  });

  it('forgets the details of a failure, as a rerun does', () => {
    const builder = workflow().node(1, { state: 'FIZZLED' }).launches(1, [4]);
    const { after } = plan(builder.spec(1, { _exception_details: { a: 1 }, kept: 1 }), 'ARCHIVE');
    expect(after.fireworks.get(1)?.spec).toEqual({ _tasks: [], kept: 1 });
  });
});

describe('defusing all states', () => {
  it('reruns what has a result first, with what is below it', () => {
    const builder = workflow()
      .chain(3)
      .state(1, 'COMPLETED')
      .state(2, 'FIZZLED')
      .launches(1, [1])
      .launches(2, [2]);
    const { after } = plan(builder, 'DEFUSE', { rerunFirst: true });
    expect(statesOf(after)).toEqual(['DEFUSED', 'DEFUSED', 'DEFUSED']);
    expect([...after.fireworks.values()].map((one) => one.archivedLaunches)).toEqual([[1], [2], []]);
  });

  it('keeps the launches of a failure that is no descendant of a result', () => {
    const { after } = plan(workflow().node(1, { state: 'FIZZLED' }).launches(1, [1]), 'DEFUSE', {
      rerunFirst: true,
    });
    expect(after.fireworks.get(1)).toMatchObject({ state: 'DEFUSED', launches: [1] });
  });

  it('leaves what is ARCHIVED as it is', () => {
    const builder = workflow().chain(2).state(1, 'COMPLETED').state(2, 'ARCHIVED').launches(1, [1]);
    const { after } = plan(builder, 'DEFUSE', { rerunFirst: true });
    expect(statesOf(after)).toEqual(['DEFUSED', 'ARCHIVED']);
  });
});

describe('any change of states in any workflow', () => {
  const options = fc.record({ event: fc.constantFrom(...EVENTS), all: fc.boolean() });

  it('is taken back exactly, says of each target what became of it, and keeps the notes true', () => {
    fc.assert(
      fc.property(randomWorkflow(), options, ({ view, targets }, { event, all }) => {
        const rerunFirst = event === 'ARCHIVE' || (event === 'DEFUSE' && all);
        const planned = planOf(view, targets, { event, rerunFirst });
        expect(applyPatch(planned.after, invertPatch(planned.patch))).toStrictEqual(view);
        expect(new Set(planned.targets.map(({ fwId }) => fwId))).toEqual(targets);
        for (const { fwId, from, to, outcome } of planned.targets) {
          expect([from, to]).toEqual([
            view.fireworks.get(fwId)?.state,
            planned.after.fireworks.get(fwId)?.state,
          ]);
          if (outcome === 'changed' && !rerunFirst) expect(allows(from, event)).toBe(true);
        }
        for (const [fwId, { state }] of planned.after.fireworks)
          expect(planned.after.workflow.fwStates.get(fwId)).toBe(state);
        if (planned.patch.changes.length === 0) return;
        const { links, fwStates, state } = planned.after.workflow;
        const tolerates = (fwId: number): boolean =>
          isTruthy(view.fireworks.get(fwId)?.spec['_allow_fizzled_parents']);
        expect(state).toBe(workflowState(links, fwStates, tolerates));
      }),
      { numRuns: 500 },
    );
  });
});
