import fc from 'fast-check';
import type { WorkflowView } from '../../../src/domain/model';
import { invertPatch, isEmptyPatch } from '../../../src/domain/patch';
import { planRerun, type RerunOptions, type RerunPlan } from '../../../src/domain/rerun/rerun-plan';
import { isHeld, isUnderWay, type FireworkState } from '../../../src/domain/state';
import { topologicalOrder, withDescendants } from '../../../src/domain/workflow-graph';
import { workflowState } from '../../../src/domain/rules/workflow-state';
import { applyPatch } from '../../support/apply-patch';
import { NOW } from '../../support/workflow-builder';
import { randomWorkflow } from './random-workflow';

const OPTIONS: RerunOptions = { includeRunning: false, resetHeld: false, clearRecovery: false };

const anyOptions = fc.record({
  includeRunning: fc.boolean(),
  resetHeld: fc.boolean(),
  clearRecovery: fc.boolean(),
});

function plan(view: WorkflowView, targets: Iterable<number>, options: RerunOptions = OPTIONS): RerunPlan {
  return planRerun({ view, targets: new Set(targets), options, launches: new Map(), now: NOW });
}

function statesOf(view: WorkflowView): ReadonlyMap<number, FireworkState> {
  return new Map([...view.fireworks].map(([fwId, { state }]) => [fwId, state]));
}

describe('a rerun of any targets in any workflow', () => {
  it('leaves the noted states equal to the states of the Fireworks, and the state of the workflow right', () => {
    fc.assert(
      fc.property(randomWorkflow(), anyOptions, ({ view, targets }, options) => {
        const after = applyPatch(view, plan(view, targets, options).patch);
        expect(after.workflow.fwStates).toEqual(statesOf(after));
        const tolerates = (fwId: number): boolean =>
          view.fireworks.get(fwId)?.spec['_allow_fizzled_parents'] === true;
        expect(after.workflow.state).toBe(
          workflowState(after.workflow.links, after.workflow.fwStates, tolerates),
        );
      }),
    );
  });

  it('is taken back by the inverse patch, document by document', () => {
    fc.assert(
      fc.property(randomWorkflow(), anyOptions, ({ view, targets }, options) => {
        const { patch } = plan(view, targets, options);
        const restored = applyPatch(applyPatch(view, patch), invertPatch(patch));
        expect(restored).toEqual(view);
      }),
    );
  });

  it('done twice, the second time resets nobody', () => {
    fc.assert(
      fc.property(randomWorkflow(['FIZZLED', 'COMPLETED', 'WAITING', 'READY']), ({ view, targets }) => {
        const first = plan(view, targets);
        const after = applyPatch(view, first.patch);
        const second = plan(after, targets);
        expect(second.outcomes.flatMap(({ descendants }) => descendants)).toEqual([]);
        expect(second.outcomes.flatMap(({ archivedLaunches }) => archivedLaunches)).toEqual([]);
        expect(statesOf(applyPatch(after, second.patch))).toEqual(statesOf(after));
      }),
    );
  });

  it('comes out the same whatever the order of the targets, and one by one from the roots down', () => {
    fc.assert(
      fc.property(randomWorkflow(), anyOptions, ({ view, targets }, options) => {
        const together = applyPatch(view, plan(view, targets, options).patch);
        expect(applyPatch(view, plan(view, [...targets].reverse(), options).patch)).toEqual(together);
        let oneByOne = view;
        for (const fwId of topologicalOrder(view.workflow.links)) {
          if (targets.has(fwId)) oneByOne = applyPatch(oneByOne, plan(oneByOne, [fwId], options).patch);
        }
        expect(statesOf(oneByOne)).toEqual(statesOf(together));
        for (const [fwId, { archivedLaunches, launches }] of together.fireworks) {
          expect(oneByOne.fireworks.get(fwId)).toMatchObject({ archivedLaunches, launches });
        }
      }),
    );
  });

  it('loses no launch: whatever was active or archived still is one of the two', () => {
    fc.assert(
      fc.property(randomWorkflow(), anyOptions, ({ view, targets }, options) => {
        const after = applyPatch(view, plan(view, targets, options).patch);
        for (const [fwId, before] of view.fireworks) {
          const known = [...before.launches, ...before.archivedLaunches].sort();
          const { launches = [], archivedLaunches = [] } = after.fireworks.get(fwId) ?? {};
          expect([...launches, ...archivedLaunches].sort()).toEqual(known);
        }
      }),
    );
  });

  it('touches nobody but the targets and what is below them, and neither held nor running work', () => {
    fc.assert(
      fc.property(randomWorkflow(), ({ view, targets }) => {
        const { patch } = plan(view, targets);
        const reach = withDescendants(view.workflow.links, targets);
        for (const { collection, id } of patch.changes) {
          if (collection !== 'fireworks') continue;
          const fwId = Number(id);
          const { state = 'WAITING' } = view.fireworks.get(fwId) ?? {};
          expect(reach.has(fwId)).toBe(true);
          expect(isUnderWay(state)).toBe(false);
          if (isHeld(state)) expect(targets.has(fwId) && state === 'PAUSED').toBe(true);
        }
      }),
    );
  });

  it('says of every target what becomes of it, and writes nothing when none is rerun', () => {
    fc.assert(
      fc.property(randomWorkflow(), anyOptions, ({ view, targets }, options) => {
        const { outcomes, patch } = plan(view, targets, options);
        expect(outcomes.map(({ fwId }) => fwId).sort()).toEqual([...targets].sort());
        for (const { outcome, reason } of outcomes) expect(outcome === 'rerun').toBe(reason === undefined);
        expect(isEmptyPatch(patch)).toBe(!outcomes.some(({ outcome }) => outcome === 'rerun'));
      }),
    );
  });
});
