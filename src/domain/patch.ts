/**
 * A patch is the exact change of one workflow's documents: what each field was, what it becomes, and what must still
 * hold for the change to be valid. Planners return patches, stores commit them, undo commits the inverse.
 */
import type { Value, ValueObject } from './model';

/** Stands for a field that is not there. */
export const ABSENT: unique symbol = Symbol('absent');
export type Absent = typeof ABSENT;

/** Of all but the first three, documents only come to be and go as a whole. */
export type Collection =
  | 'fireworks'
  | 'launches'
  | 'workflows'
  | 'launchRecords'
  | 'offlineRuns'
  | 'gridFiles'
  | 'gridChunks'
  | 'quarantines';

/**
 * Where a field is: the first segment in the model's camelCase name (`archivedLaunches`, `spec`, `fwStates`), the rest as
 * stored. Segments may contain dots. The empty path is the document itself: the model's fields by their names, and what
 * else is stored in it.
 *
 * Of a workflow, `links` of a node that had none make it a member, and without them it is none any more: `nodes` follows.
 * `parentLinks` say what `links` say, and are written beside them.
 */
export type FieldPath = readonly string[];

export interface FieldChange {
  readonly path: FieldPath;
  readonly before: Value | Absent;
  readonly after: Value | Absent;
  /** The document must still hold `before` here when the change is written. */
  readonly guard: boolean;
}

export interface DocumentChange {
  readonly collection: Collection;
  /** fw_id, launch_id, or the key of the workflow. */
  readonly id: number | string;
  readonly fields: readonly FieldChange[];
}

/** All changes of one workflow: either all of them come to be, or none. */
export interface WorkflowPatch {
  readonly workflowKey: string;
  /**
   * The members' changes first, the workflow document last: it is written last, releasing the lock. Another workflow may come
   * or go with them as a whole: the archive of members that leave (archive-removed.ts).
   */
  readonly changes: readonly DocumentChange[];
}

export function change(path: FieldPath, before: Value | Absent, after: Value | Absent): FieldChange {
  return { path, before, after, guard: false };
}

/** A change that is only valid while the field still is what it was. */
export function guarded(path: FieldPath, before: Value | Absent, after: Value | Absent): FieldChange {
  return { path, before, after, guard: true };
}

/** A document that comes to be. */
export function insertion(collection: Collection, id: number | string, document: object): DocumentChange {
  return { collection, id, fields: [guarded([], ABSENT, document)] };
}

/** A document that goes. */
export function removal(collection: Collection, id: number | string, document: object): DocumentChange {
  return { collection, id, fields: [guarded([], document, ABSENT)] };
}

/** The document that a change brings, undefined for any other change. */
export function insertedBy({ fields: [first] }: DocumentChange): ValueObject | undefined {
  return first?.path.length === 0 && first.after !== ABSENT ? (first.after as ValueObject) : undefined;
}

/** The document that a change takes away, undefined for any other change. */
export function removedBy({ fields: [first] }: DocumentChange): ValueObject | undefined {
  return first?.path.length === 0 && first.before !== ABSENT ? (first.before as ValueObject) : undefined;
}

/** Whether whole documents come or go with it, or the graph changes. */
export function isStructural({ changes }: WorkflowPatch): boolean {
  return changes.some(({ fields }) => fields.some(({ path }) => path.length === 0 || path[0] === 'links'));
}

/** Members that leave a workflow which stays. */
export function leavingMembers(patch: WorkflowPatch): readonly number[] {
  const fields = workflowChangeOf(patch)?.fields ?? [];
  return fields
    .filter(({ path, after }) => path[0] === 'links' && after === ABSENT)
    .map(({ path }) => Number(path[1]));
}

/** The change of the workflow document itself. */
export function workflowChangeOf({ workflowKey, changes }: WorkflowPatch): DocumentChange | undefined {
  return changes.find((one) => isWorkflow(one, workflowKey));
}

/** All but the change of the workflow document itself. */
export function memberChangesOf({ workflowKey, changes }: WorkflowPatch): readonly DocumentChange[] {
  return changes.filter((one) => !isWorkflow(one, workflowKey));
}

function isWorkflow({ collection, id }: DocumentChange, workflowKey: string): boolean {
  return collection === 'workflows' && String(id) === workflowKey;
}

/** The workflow that comes for members that leave. */
export function broughtArchive(
  patch: WorkflowPatch,
): { readonly id: string; readonly document: ValueObject } | undefined {
  for (const one of memberChangesOf(patch)) {
    const document = one.collection === 'workflows' ? insertedBy(one) : undefined;
    if (document) return { id: String(one.id), document };
  }
  return undefined;
}

const ORPHAN = 'orphan:';

/** In place of the key of a workflow, for the patch of a Firework that belongs to none: nobody locks it. */
export function orphanKey(fwId: number): string {
  return `${ORPHAN}${String(fwId)}`;
}

export function isOrphanKey(workflowKey: string): boolean {
  return workflowKey.startsWith(ORPHAN);
}

/** Workflows whose locks are needed to write these: all but those that are not there yet. */
export function lockKeysOf(patches: readonly WorkflowPatch[]): readonly string[] {
  return patches
    .filter((patch) => {
      const workflow = workflowChangeOf(patch);
      return !isOrphanKey(patch.workflowKey) && !(workflow && insertedBy(workflow));
    })
    .map(({ workflowKey }) => workflowKey);
}

export function isEmptyPatch(patch: WorkflowPatch): boolean {
  return patch.changes.length === 0;
}

/** The patch with further changes of members or launches. */
export function withMemberChanges(patch: WorkflowPatch, more: readonly DocumentChange[]): WorkflowPatch {
  if (more.length === 0) return patch;
  const workflow = workflowChangeOf(patch);
  return {
    ...patch,
    changes: [...memberChangesOf(patch), ...unique(more), ...(workflow ? [workflow] : [])],
  };
}

function unique(changes: readonly DocumentChange[]): readonly DocumentChange[] {
  return [...new Map(changes.map((one) => [`${one.collection} ${String(one.id)}`, one])).values()];
}

/** Fireworks that a patch changes. */
export function fireworksOf({ changes }: WorkflowPatch): readonly number[] {
  return changes.filter(({ collection }) => collection === 'fireworks').map(({ id }) => Number(id));
}

/** The patch that takes back another: valid for as long as nothing has moved on since. */
export function invertPatch(patch: WorkflowPatch): WorkflowPatch {
  return {
    workflowKey: patch.workflowKey,
    changes: patch.changes.map((one) => ({
      ...one,
      fields: one.fields.map(({ path, before, after, guard }) => ({
        path,
        before: after,
        after: before,
        guard,
      })),
    })),
  };
}
