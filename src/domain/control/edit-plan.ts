/** Edits of a Firework that exists, by a person: its spec, its priority (FireWorks' `update_spec` and `set_priority`). */
import { allows } from '../rules/firework-machine';
import type { Firework } from '../model';
import { change, guarded, type DocumentChange, type FieldChange } from '../patch';
import { sameValue } from '../same-value';
import { createSpecDraft, type SpecDraft } from '../spec-draft';
import type { ControlTarget } from './control-plan';

export interface FireworkEdit {
  /** Why the edit does not fit this spec, in words; else undefined, and the draft is changed. */
  readonly editSpec: (draft: SpecDraft) => string | undefined;
  readonly name?: string;
  /** A priority may be set whatever becomes of the Firework meanwhile; a spec that something runs with stays as it is. */
  readonly anyState: boolean;
}

export interface PlannedEdit {
  readonly target: ControlTarget;
  /** What changes, `updated_on` not among it: FireWorks keeps that as it is. */
  readonly fields: readonly FieldChange[];
  readonly change?: DocumentChange;
}

export function planEdit(firework: Firework, { editSpec, name, anyState }: FireworkEdit): PlannedEdit {
  const { fwId, state } = firework;
  const facts = { fwId, name: firework.name, from: state, to: state, notes: [] };
  if (!anyState && !allows(state, 'EDIT')) {
    const reason = `is ${state}: its spec cannot be updated, rerun it first`;
    return { target: { ...facts, outcome: 'skipped', reason }, fields: [] };
  }
  const draft = createSpecDraft(firework.spec);
  const misfit = editSpec(draft);
  if (misfit !== undefined) return { target: { ...facts, outcome: 'failed', reason: misfit }, fields: [] };
  const fields = draft.changes().filter(({ before, after }) => !sameValue(before, after));
  if (name !== undefined && name !== firework.name) fields.push(change(['name'], firework.name, name));
  if (fields.length === 0)
    return { target: { ...facts, outcome: 'skipped', reason: 'is so already' }, fields };
  const written = anyState
    ? fields.map((field) => ({ ...field, guard: true }))
    : [guarded(['state'], state, state), ...fields];
  return {
    target: { ...facts, outcome: 'changed' },
    fields,
    change: { collection: 'fireworks', id: fwId, fields: written },
  };
}
