import { applyAction, NO_GROWTH, reachOf } from '../../../src/domain/actions/action-plan';
import { createAction, readAction, type FWAction } from '../../../src/domain/actions/fw-action';
import { createDraft, type WorkflowDraft } from '../../../src/domain/workflow-draft';
import { applyMods } from '../../../src/specs/dict-mods/dict-mods';
import { NOW, workflow } from '../../support/workflow-builder';

/** 1 → 2 → 4, 1 → 3 → 4 */
const diamond = () =>
  workflow().chain(2).node(3).node(4).link(1, 3).link(2, 4).link(3, 4).state(1, 'RUNNING');

function apply(draft: WorkflowDraft, fwId: number, action: FWAction): void {
  applyAction(draft, fwId, { action, growth: NO_GROWTH, pulls: new Map() }, applyMods);
}

describe('an action', () => {
  it('changes the specs of the children: first update_spec, then mod_spec', () => {
    const draft = createDraft(diamond().spec(2, { n: 1 }).view(), NOW);
    apply(draft, 1, createAction({ update_spec: { n: 5 }, mod_spec: { _inc: { n: 1 } } }));
    expect([2, 3, 4].map((fwId) => draft.specAt(fwId, ['n']))).toEqual([6, 6, expect.any(Symbol)]);
  });

  it('reaches everything below once when it propagates', () => {
    const draft = createDraft(diamond().view(), NOW);
    apply(draft, 1, createAction({ mod_spec: { _push: { n: 1 } }, propagate: true }));
    expect([2, 3, 4].map((fwId) => draft.specAt(fwId, ['n']))).toEqual([[1], [1], [1]]);
  });

  it('changes a child that is linked twice once', () => {
    const draft = createDraft(workflow().chain(2).link(1, 2).view(), NOW);
    apply(draft, 1, createAction({ mod_spec: { _push: { n: 1 } } }));
    expect(draft.specAt(2, ['n'])).toEqual([1]);
  });

  it('defuses children whatever their state, and of a workflow those that have not ended', () => {
    const children = createDraft(diamond().state(2, 'COMPLETED').view(), NOW);
    apply(children, 1, createAction({ defuse_children: true }));
    expect([1, 2, 3, 4].map((fwId) => children.stateOf(fwId))).toEqual([
      'RUNNING',
      'DEFUSED',
      'DEFUSED',
      'WAITING',
    ]);
    const all = createDraft(diamond().state(1, 'COMPLETED').state(2, 'FIZZLED').view(), NOW);
    apply(all, 1, createAction({ defuse_workflow: true }));
    expect([1, 2, 3, 4].map((fwId) => all.stateOf(fwId))).toEqual([
      'COMPLETED',
      'FIZZLED',
      'DEFUSED',
      'DEFUSED',
    ]);
  });

  it('says whom it reaches, so that no more is read', () => {
    const { links } = diamond().view().workflow;
    const reach = (parts: object): unknown => {
      const { fwIds, specs } = reachOf(createAction(parts), links, 1);
      return [[...fwIds].sort(), specs];
    };
    expect(reach({})).toEqual([[2, 3], false]);
    expect(reach({ update_spec: { a: 1 } })).toEqual([[2, 3], true]);
    expect(reach({ update_spec: { a: 1 }, propagate: true })).toEqual([[2, 3, 4], true]);
    expect(reach({ defuse_workflow: true })).toEqual([[1, 2, 3, 4], false]);
  });

  it('is read from a file only when it is whole', () => {
    const whole = {
      stored_data: {},
      exit: false,
      update_spec: {},
      mod_spec: { _set: { a: 1 } },
      additions: [],
      detours: [],
      defuse_children: false,
    };
    expect(readAction(whole)).toEqual(createAction({ mod_spec: [{ _set: { a: 1 } }] }));
    const { exit: _, ...less } = whole;
    expect(() => readAction(less)).toThrow('the FWAction lacks "exit"');
    expect(() => readAction({ ...whole, stored_data: [] })).toThrow(
      '"stored_data" of the FWAction must be an object',
    );
    expect(() => readAction({ ...whole, stored: 1 })).toThrow('an FWAction has no "stored"');
  });
});
