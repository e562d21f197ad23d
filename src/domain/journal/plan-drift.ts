/** Whether a plan that was made earlier still fits: every document must be exactly what the plan found. */
import type { WorkflowView } from '../model';
import {
  broughtArchive,
  insertedBy,
  type DocumentChange,
  type FieldChange,
  type WorkflowPatch,
} from '../patch';
import { sameValue, valueAt } from '../same-value';
import { isoTimestamp } from '../timestamps';

/** What has changed since, document by document, in words. Empty when the plan can be committed. */
export function findDrift(view: WorkflowView, patch: WorkflowPatch): readonly string[] {
  const archive = broughtArchive(patch)?.id;
  return patch.changes.flatMap((change) => {
    // Nobody else knows its key.
    if (change.collection === 'workflows' && change.id === archive) return [];
    const document =
      change.collection === 'workflows' ? view.workflow : view.fireworks.get(Number(change.id));
    const name =
      change.collection === 'workflows' ? `workflow ${view.workflow.name}` : `Firework ${String(change.id)}`;
    if (insertedBy(change)) return document ? [`${name} is there already`] : [];
    if (!document) return [`${name} was deleted`];
    // `parentLinks` say what `links` say.
    const fields = change.fields.filter(({ path }) => path[0] !== 'parentLinks');
    const moved = fields.filter(({ path, before }) => !sameValue(valueAt(document, path), before));
    return moved.length === 0
      ? []
      : [`${name} has changed: ${moved.map((field) => describe(field, document)).join(', ')}`];
  });
}

function describe({ path, before }: FieldChange, document: object): string {
  return `${path.join('.')} was ${textOf(before)}, is ${textOf(valueAt(document, path))}`;
}

function textOf(value: unknown): string {
  if (typeof value === 'symbol') return 'absent';
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return text.length > 60 ? `${text.slice(0, 57)}...` : text;
}

/** The same patch as if it had been planned now. */
export function restamp({ workflowKey, changes }: WorkflowPatch, now: Date): WorkflowPatch {
  const stamped = (field: FieldChange): FieldChange => {
    if (field.path[0] !== 'updatedOn') return field;
    return { ...field, after: field.after instanceof Date ? now : isoTimestamp(now) };
  };
  return {
    workflowKey,
    changes: changes.map((change: DocumentChange) => ({ ...change, fields: change.fields.map(stamped) })),
  };
}
