/** Puts ids of the database in the place of the provisional ones of new members (WorkflowDraft.newIds). */
import {
  ABSENT,
  insertedBy,
  insertion,
  type Absent,
  type DocumentChange,
  type FieldChange,
  type WorkflowPatch,
} from '../patch';
import type { Firework, Value } from '../model';

/** Provisional ids in a patch, ascending: FireWorks gives new members their ids in this order. */
export function provisionalIds({ changes }: WorkflowPatch): readonly number[] {
  return changes
    .filter((one) => one.collection === 'fireworks' && Number(one.id) < 0)
    .map(({ id }) => Number(id))
    .sort((one, other) => one - other);
}

/** `first` and those that follow it belong to the patch. */
export function assignIds(patch: WorkflowPatch, first: number): WorkflowPatch {
  const ids = new Map(provisionalIds(patch).map((id, index) => [id, first + index]));
  if (ids.size === 0) return patch;
  const idOf = (id: number): number => ids.get(id) ?? id;
  return { ...patch, changes: patch.changes.map((one) => withIds(one, idOf)) };
}

type IdOf = (id: number) => number;

function withIds(one: DocumentChange, idOf: IdOf): DocumentChange {
  if (one.collection === 'workflows')
    return { ...one, fields: one.fields.map((field) => inField(field, idOf)) };
  const inserted = one.collection === 'fireworks' ? insertedBy(one) : undefined;
  if (!inserted) return one;
  const fwId = idOf(Number(one.id));
  return insertion('fireworks', fwId, { ...(inserted as unknown as Firework), fwId });
}

function inField({ path, before, after, guard }: FieldChange, idOf: IdOf): FieldChange {
  const [name = '', member] = path;
  if (member === undefined || !['links', 'parentLinks', 'fwStates'].includes(name))
    return { path, before, after, guard };
  const ids = (value: Value | Absent): Value | Absent =>
    value === ABSENT || name === 'fwStates' ? value : (value as readonly number[]).map(idOf);
  return { path: [name, String(idOf(Number(member)))], before: ids(before), after: ids(after), guard };
}
