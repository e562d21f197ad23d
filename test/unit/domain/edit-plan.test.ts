import { planEdit, type FireworkEdit, type PlannedEdit } from '../../../src/domain/control/edit-plan';
import { ABSENT } from '../../../src/domain/patch';
import type { SpecPath } from '../../../src/domain/spec-draft';
import { STATES, type FireworkState } from '../../../src/domain/state';
import { applyPatch } from '../../support/apply-patch';
import { LONG_AGO, workflow } from '../../support/workflow-builder';

function setting(path: SpecPath, value: unknown, changes: Partial<FireworkEdit> = {}): FireworkEdit {
  return {
    anyState: false,
    editSpec: (draft) => {
      draft.set(path, value);
      return undefined;
    },
    ...changes,
  };
}

function edited(state: FireworkState, edit: FireworkEdit): PlannedEdit {
  const firework = workflow()
    .node(1, { state })
    .spec(1, { label: 'x', list: [1, 2] })
    .view()
    .fireworks.get(1);
  if (!firework) throw new Error('the builder forgot it');
  return planEdit(firework, edit);
}

describe('an edit of a Firework', () => {
  it.each(STATES.map((state) => [state]))('of one that is %s is done or has a reason', (state) => {
    const { target, change } = edited(state, setting(['label'], 'y'));
    const allowed = ['WAITING', 'READY', 'FIZZLED', 'DEFUSED', 'PAUSED'].includes(state);
    expect([target.outcome, target.reason, change !== undefined]).toEqual(
      allowed
        ? ['changed', undefined, true]
        : ['skipped', `is ${state}: its spec cannot be updated, rerun it first`, false],
    );
  });

  it('is only valid while the Firework is in the state that allowed it', () => {
    expect(edited('READY', setting(['label'], 'y')).change?.fields).toEqual([
      { path: ['state'], before: 'READY', after: 'READY', guard: true },
      { path: ['spec', 'label'], before: 'x', after: 'y', guard: false },
    ]);
  });

  it('of a priority holds in any state, for as long as nobody else set it', () => {
    expect(edited('COMPLETED', setting(['_priority'], 5, { anyState: true })).change?.fields).toEqual([
      { path: ['spec', '_priority'], before: ABSENT, after: 5, guard: true },
    ]);
  });

  it('touches no date, neither of the Firework nor of its workflow', () => {
    const view = workflow()
      .node(1, { state: 'READY' })
      .spec(1, { label: 'x', list: [1, 2] })
      .view();
    const { change } = edited('READY', setting(['list', '3'], 9));
    const after = applyPatch(view, { workflowKey: 'wf', changes: change ? [change] : [] });
    expect(after.fireworks.get(1)).toMatchObject({
      spec: { _tasks: [], label: 'x', list: [1, 2, null, 9] },
      updatedOn: LONG_AGO,
    });
    expect(after.workflow).toEqual(view.workflow);
  });

  it('that changes nothing is skipped', () => {
    expect(edited('READY', setting(['list', '1'], 2)).target).toMatchObject({
      outcome: 'skipped',
      reason: 'is so already',
    });
  });

  it('that does not fit fails with its reason', () => {
    const edit = { anyState: false, editSpec: () => 'spec.label is no object' };
    expect(edited('READY', edit)).toEqual({
      fields: [],
      target: expect.objectContaining({ outcome: 'failed', reason: 'spec.label is no object' }) as object,
    });
  });

  it('may change the name', () => {
    expect(edited('READY', { anyState: false, editSpec: () => undefined, name: 'new' }).fields).toEqual([
      { path: ['name'], before: 'fw1', after: 'new', guard: false },
    ]);
  });
});
