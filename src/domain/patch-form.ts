/** Patches as plain data, for the journal and for plan files. What was absent has no `b`, what becomes absent no `a`. */
import type { Value } from './model';
import { ABSENT, type Collection, type DocumentChange, type FieldChange, type WorkflowPatch } from './patch';

/** One changed document with the workflow that it belongs to: collection, id and fields. */
export interface ChangeForm {
  readonly w: string;
  readonly c: Collection;
  readonly i: number | string;
  readonly f: readonly FieldForm[];
}

interface FieldForm {
  readonly p: readonly string[];
  readonly b?: Value;
  readonly a?: Value;
  readonly g?: true;
}

export function patchToForms({ workflowKey, changes }: WorkflowPatch): readonly ChangeForm[] {
  return changes.map(({ collection, id, fields }) => ({
    w: workflowKey,
    c: collection,
    i: id,
    f: fields.map(fieldToForm),
  }));
}

function fieldToForm({ path, before, after, guard }: FieldChange): FieldForm {
  return {
    p: path,
    ...(before === ABSENT ? {} : { b: before }),
    ...(after === ABSENT ? {} : { a: after }),
    ...(guard ? { g: true } : {}),
  };
}

/** The patches whose changes these are, in their order. */
export function patchesFromForms(forms: Iterable<ChangeForm>): readonly WorkflowPatch[] {
  const patches = new Map<string, DocumentChange[]>();
  for (const { w, c, i, f } of forms) {
    const changes = patches.get(w) ?? [];
    patches.set(w, changes);
    changes.push({ collection: c, id: i, fields: f.map(fieldFromForm) });
  }
  return [...patches].map(([workflowKey, changes]) => ({ workflowKey, changes }));
}

function fieldFromForm(form: FieldForm): FieldChange {
  return {
    path: form.p,
    before: 'b' in form ? form.b : ABSENT,
    after: 'a' in form ? form.a : ABSENT,
    guard: form.g === true,
  };
}
