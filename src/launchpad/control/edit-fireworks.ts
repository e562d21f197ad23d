/** Edits the specs of Fireworks, selected by themselves or with their Workflows. */
import { planEdit, type FireworkEdit } from '../../domain/control/edit-plan';
import { isObject, type Firework } from '../../domain/model';
import { change, type DocumentChange, type FieldChange, type FieldPath } from '../../domain/patch';
import { sameValue, valueAt } from '../../domain/same-value';
import type { FireworkFields, LaunchPadStore } from '../../storage/launchpad-store';
import { readViews } from '../read-views';
import type { RunContext } from '../run-context';
import { changeFireworks, type FireworksRequest } from './control-fireworks';
import type { ControlReport, EditedField, FireworkOutcome, WorkflowOutcome } from './control-report';
import { changeWorkflows, representativesOf, type WorkflowsRequest } from './control-workflows';
import { workflowOutcome } from './workflow-outcome';

export type { FireworkEdit } from '../../domain/control/edit-plan';

export interface EditRequest {
  readonly edit: FireworkEdit;
  /** What of the Fireworks the edit must see. */
  readonly fields: FireworkFields;
}

/** Whatever becomes of the Firework meanwhile. */
export function priorityEdit(priority: number): EditRequest {
  const editSpec: FireworkEdit['editSpec'] = (draft) => {
    draft.set(['_priority'], priority);
    return undefined;
  };
  // The only key that it must see is among those that planners read.
  return { edit: { anyState: true, editSpec }, fields: 'control' };
}

export function editFireworks(
  store: LaunchPadStore,
  request: FireworksRequest & EditRequest,
  context: RunContext,
): Promise<ControlReport<FireworkOutcome>> {
  return changeFireworks(store, request, context, async (locked, memberships) => {
    const ids = memberships.flatMap(({ members }) => members);
    const fireworks = new Map<number, Firework>();
    for await (const one of locked.findFireworks({ ids }, request.fields)) fireworks.set(one.fwId, one);
    return memberships.map(({ workflowKey, members }) => {
      const own = members.flatMap((fwId) => fireworks.get(fwId) ?? []);
      const { outcomes, changes } = editAll(own, request.edit);
      return { patch: { workflowKey, changes }, outcomes };
    });
  });
}

/** Every member of these workflows. */
export function editWorkflows(
  store: LaunchPadStore,
  request: WorkflowsRequest & EditRequest,
  context: RunContext,
): Promise<ControlReport<WorkflowOutcome>> {
  return changeWorkflows(store, request, context, async (locked, memberships) => {
    const ids = memberships.flatMap(({ members }) => members);
    const views = await readViews(locked, ids, request.fields, 'whole');
    const representatives = representativesOf(memberships);
    return views.map((view) => {
      const { outcomes, changes } = editAll([...view.fireworks.values()], request.edit);
      const patch = { workflowKey: view.workflow.key, changes };
      const fwId = representatives.get(view.workflow.key) ?? 0;
      return { patch, outcomes: [workflowOutcome({ fwId, view, patch }, outcomes)] };
    });
  });
}

interface Edits {
  readonly outcomes: readonly FireworkOutcome[];
  readonly changes: readonly DocumentChange[];
}

function editAll(fireworks: readonly Firework[], edit: FireworkEdit): Edits {
  const planned = fireworks.map((firework) => planEdit(firework, edit));
  return {
    outcomes: planned.map(({ target, fields }) => ({
      ...target,
      edited: fields.map(narrowed),
    })),
    changes: planned.flatMap((one) => one.change ?? []),
  };
}

/** A list is written whole; what is told of it is the one place that differs. */
function narrowed({ path, before, after }: FieldChange): EditedField {
  const isList = Array.isArray(before) && Array.isArray(after) && before.length === after.length;
  return isList || (isObject(before) && isObject(after))
    ? narrowedWithin(path, before, after)
    : { field: path.join('.'), before, after };
}

function narrowedWithin(path: FieldPath, before: object, after: object): EditedField {
  const keys = new Set([...Object.keys(before), ...Object.keys(after)]);
  const differing = [...keys].filter((key) => !sameValue(valueAt(before, [key]), valueAt(after, [key])));
  const [only, ...others] = differing;
  if (only === undefined || others.length > 0) return { field: path.join('.'), before, after };
  return narrowed(change([...path, only], valueAt(before, [only]), valueAt(after, [only])));
}
