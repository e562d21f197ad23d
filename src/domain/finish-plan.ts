/**
 * Finishes a patch whose writer died: if any of it was written, all of it is; if nothing was, nothing is. Whatever somebody
 * has moved on since stays as they left it, and the states that the workflow notes follow the Fireworks in any case.
 */
import type { Firework, WorkflowView } from './model';
import { ABSENT, change, type DocumentChange, type FieldChange, type WorkflowPatch } from './patch';
import { sameValue, valueAt } from './same-value';
import type { FireworkState } from './state';
import { isTruthy } from './workflow-draft';
import { workflowState } from './workflow-state';

export interface FinishPlan {
  /** What is left to write. */
  readonly patch: WorkflowPatch;
  /** Nothing had been written, and nothing will be: the patch never happened. */
  readonly untouched: boolean;
}

type Progress = 'written' | 'to do' | 'moved on';

/** `view` holds the whole specs of the Fireworks that the patch changes, and the children of FIZZLED members. */
export function planFinish(view: WorkflowView, patch: WorkflowPatch, now: Date): FinishPlan {
  const members = patch.changes.filter(({ collection }) => collection === 'fireworks');
  const progress = new Map(members.map((one) => [one, progressOf(one, view.fireworks.get(Number(one.id)))]));
  const begun = [...progress.values()].includes('written') || isWritten(workflowChange(patch), view.workflow);
  const left = begun ? members.filter((one) => progress.get(one) === 'to do') : [];
  const workflow = begun ? finishWorkflow(view, patch, left, now) : undefined;
  return {
    untouched: !begun,
    patch: { workflowKey: patch.workflowKey, changes: workflow ? [...left, workflow] : left },
  };
}

function workflowChange({ changes }: WorkflowPatch): DocumentChange | undefined {
  return changes.find(({ collection }) => collection === 'workflows');
}

function progressOf(one: DocumentChange, firework: Firework | undefined): Progress {
  if (!firework) return 'moved on';
  if (isWritten(one, firework)) return 'written';
  return one.fields.every(({ path, before }) => sameValue(valueAt(firework, path), before))
    ? 'to do'
    : 'moved on';
}

function isWritten(one: DocumentChange | undefined, document: object): boolean {
  return one?.fields.every(({ path, after }) => sameValue(valueAt(document, path), after)) ?? false;
}

/** As the patch has it, but for members that somebody has moved on. */
function finishWorkflow(
  { workflow, fireworks }: WorkflowView,
  patch: WorkflowPatch,
  left: readonly DocumentChange[],
  now: Date,
): DocumentChange | undefined {
  const states = new Map(workflow.fwStates);
  for (const [fwId, { state }] of fireworks) states.set(fwId, state);
  for (const { id, fields } of left) {
    const state = fields.find(({ path }) => path[0] === 'state')?.after;
    if (state !== undefined) states.set(Number(id), state as FireworkState);
  }
  const tolerates = (fwId: number): boolean => isTruthy(fireworks.get(fwId)?.spec['_allow_fizzled_parents']);
  const state = workflowState(workflow.links, states, tolerates);
  const fields: FieldChange[] = [];
  for (const [fwId, noted] of states) {
    const before = workflow.fwStates.get(fwId);
    if (before !== noted) fields.push(change(['fwStates', String(fwId)], before ?? ABSENT, noted));
  }
  if (state !== workflow.state) fields.push(change(['state'], workflow.state, state));
  const planned = workflowChange(patch)?.fields.find(({ path }) => path[0] === 'updatedOn')?.after;
  const updatedOn = planned instanceof Date ? planned : now;
  if (fields.length === 0 && sameValue(workflow.updatedOn, updatedOn)) return undefined;
  fields.push(change(['updatedOn'], workflow.updatedOn, updatedOn));
  return { collection: 'workflows', id: workflow.key, fields };
}
