/**
 * Finishes a patch whose writer died: if any of it was written, all of it is; if nothing was, nothing is. Where somebody
 * was faster with a member than the writer, what was written is taken back. Whatever somebody has moved on since stays as
 * they left it, and the states that the workflow notes follow the Fireworks in any case.
 */
import type { Firework, WorkflowView } from '../model';
import {
  ABSENT,
  change,
  invertPatch,
  type DocumentChange,
  type FieldChange,
  type WorkflowPatch,
} from '../patch';
import { sameValue, valueAt } from '../same-value';
import { isUnderWay, type FireworkState } from '../state';
import { isTruthy } from '../workflow-draft';
import { workflowState } from '../rules/workflow-state';
import { launchIs } from '../upkeep/launch-change';

export interface FinishPlan {
  /** What is left to write. */
  readonly patch: WorkflowPatch;
  /** Nothing of it is there in the end: the patch never happened. */
  readonly untouched: boolean;
}

/** `taken up`: it was written, and a rocket has it now. `moved on`: somebody was faster than the writer. */
export type Progress = 'written' | 'taken up' | 'to do' | 'moved on';

/** `view` holds the whole specs of the Fireworks that the patch changes, its launches, and the children of FIZZLED members. */
export function planFinish(view: WorkflowView, patch: WorkflowPatch, now: Date): FinishPlan {
  const members = membersOf(patch);
  const progress = new Map(members.map((one) => [one, progressIn(view, one)]));
  const having = (wanted: Progress): readonly DocumentChange[] =>
    members.filter((one) => progress.get(one) === wanted);
  const { workflowKey } = patch;
  const begun =
    having('written').length + having('taken up').length > 0 ||
    isWritten(workflowChange(patch), view.workflow);
  if (!begun) return { untouched: true, patch: { workflowKey, changes: [] } };
  // A rocket that has taken up a part of it cannot be asked to give it back.
  const back = having('moved on').length > 0 && having('taken up').length === 0;
  const left = back ? invertPatch({ workflowKey, changes: having('written') }).changes : having('to do');
  const workflow = finishWorkflow(view, left, now, back ? undefined : workflowChange(patch));
  return { untouched: back, patch: { workflowKey, changes: workflow ? [...left, workflow] : left } };
}

/** Whether a patch that its writer has released was committed; if all are what they were, or gone, it was not. */
export function wasCommitted(view: WorkflowView, patch: WorkflowPatch): boolean {
  return membersOf(patch).some((one) => {
    const progress = progressIn(view, one);
    return progress === 'written' || progress === 'taken up';
  });
}

function membersOf({ changes }: WorkflowPatch): readonly DocumentChange[] {
  return changes.filter(({ collection }) => collection !== 'workflows');
}

function progressIn({ fireworks, launches }: WorkflowView, one: DocumentChange): Progress {
  if (one.collection === 'fireworks') return progressOf(one, fireworks.get(Number(one.id)));
  const launch = launches?.get(Number(one.id));
  if (launchIs(one, 'after', launch)) return 'written';
  return launchIs(one, 'before', launch) ? 'to do' : 'moved on';
}

function workflowChange({ changes }: WorkflowPatch): DocumentChange | undefined {
  return changes.find(({ collection }) => collection === 'workflows');
}

/** How far a change of a Firework has come. */
export function progressOf(one: DocumentChange, firework: Firework | undefined): Progress {
  if (!firework) return 'moved on';
  if (isWritten(one, firework)) return 'written';
  if (one.fields.every(({ path, before }) => sameValue(valueAt(firework, path), before))) return 'to do';
  return isTakenUp(one, firework) ? 'taken up' : 'moved on';
}

/** Its launches were archived, or it is being run although it could not have been before. */
function isTakenUp({ fields }: DocumentChange, firework: Firework): boolean {
  const { state, launches, archivedLaunches } = firework;
  const field = (name: string): FieldChange | undefined => fields.find(({ path }) => path[0] === name);
  const archived = field('launches');
  if (archived && sameValue(archived.after, [])) {
    return (archived.before as readonly number[]).every(
      (id) => archivedLaunches.includes(id) && !launches.includes(id),
    );
  }
  const { before, after } = field('state') ?? {};
  if (before === after) {
    // An edit of a spec that a rocket runs with by now.
    const edits = fields.filter(({ path: [first] }) => first !== 'state' && first !== 'updatedOn');
    const edited = edits.every(({ path, after: value }) => sameValue(valueAt(firework, path), value));
    return after === 'READY' && isUnderWay(state) && edits.length > 0 && edited;
  }
  return after === 'READY' ? isUnderWay(state) : after === 'RESERVED' && state === 'RUNNING';
}

function isWritten(one: DocumentChange | undefined, document: object): boolean {
  return one?.fields.every(({ path, after }) => sameValue(valueAt(document, path), after)) ?? false;
}

/** The states that it notes follow the members as they will be. */
function finishWorkflow(
  { workflow, fireworks }: WorkflowView,
  left: readonly DocumentChange[],
  now: Date,
  planned: DocumentChange | undefined,
): DocumentChange | undefined {
  const states = new Map(workflow.fwStates);
  for (const [fwId, { state }] of fireworks) states.set(fwId, state);
  for (const { collection, id, fields } of left) {
    if (collection !== 'fireworks') continue;
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
  const moment = planned?.fields.find(({ path }) => path[0] === 'updatedOn');
  const isDue = moment?.after instanceof Date && sameValue(moment.before, workflow.updatedOn);
  if (fields.length === 0 && !isDue) return undefined;
  // A pause, as FireWorks', does not move it.
  if (!planned || moment) fields.push(change(['updatedOn'], workflow.updatedOn, isDue ? moment.after : now));
  return { collection: 'workflows', id: workflow.key, fields };
}
