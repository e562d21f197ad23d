/**
 * Finishes a patch whose writer died: if any of it was written, all of it is; if nothing was, nothing is. Where somebody
 * was faster with a member than the writer, what was written is taken back. Whatever somebody has moved on since stays as
 * they left it, and the states that the workflow notes follow the Fireworks in any case.
 */
import type { Firework, Links, ValueObject, Workflow, WorkflowView } from '../model';
import {
  ABSENT,
  change,
  insertedBy,
  invertPatch,
  isOrphanKey,
  memberChangesOf,
  removal,
  removedBy,
  workflowChangeOf,
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

export interface FinishOptions {
  /** Written to the end although nothing of it is there yet: what it follows from has happened. */
  readonly forward?: boolean;
}

/**
 * `view` holds the whole specs of the Fireworks that the patch changes, those that it brings where they are there, its
 * launches, and the children of FIZZLED members.
 */
export function planFinish(
  view: WorkflowView,
  patch: WorkflowPatch,
  now: Date,
  { forward = false }: FinishOptions = {},
): FinishPlan {
  const members = membersOf(patch);
  const progress = new Map(members.map((one) => [one, progressIn(view, one)]));
  const having = (wanted: Progress): readonly DocumentChange[] =>
    members.filter((one) => progress.get(one) === wanted);
  const { workflowKey } = patch;
  const planned = workflowChangeOf(patch);
  const moved = having('moved on').length > 0;
  const begun =
    having('written').length + having('taken up').length > 0 ||
    isWritten(planned, view.workflow) ||
    // Also one that waits for its workflow to know it.
    members.some((one) => insertedBy(one) && view.fireworks.has(Number(one.id))) ||
    (forward && !moved) ||
    // Nobody can tell by what came or went with them: it can be done again.
    members.length === 0;
  if (!begun) {
    // Of members that stay: by them nobody can tell whether it had come.
    const archives = othersOf(patch).filter(({ collection }) => collection === 'workflows');
    return { untouched: true, patch: invertPatch({ workflowKey, changes: archives }) };
  }
  // A rocket that has taken up a part of it cannot be asked to give it back.
  const back = moved && having('taken up').length === 0;
  const others = othersOf(patch);
  // Coming and going can be asked for twice: what was written already does no harm.
  const left = back
    ? invertPatch({ workflowKey, changes: [...having('written'), ...others] }).changes
    : [...others.map((one) => asItIs(one, view)), ...having('to do')];
  const workflow = finishWorkflow(view, left, now, { planned, back });
  return { untouched: back, patch: { workflowKey, changes: workflow ? [...left, workflow] : left } };
}

/** What belongs to Fireworks: launches and the like, which come and go with them, and the archive of those that leave. */
function othersOf(patch: WorkflowPatch): readonly DocumentChange[] {
  return memberChangesOf(patch).filter(isOther);
}

function isOther(one: DocumentChange): boolean {
  const isWhole = insertedBy(one) !== undefined || removedBy(one) !== undefined;
  return isWhole && one.collection !== 'fireworks';
}

/** A launch that goes with its Firework goes as it is: its rocket may have ended it in between, and has nobody to tell. */
function asItIs(one: DocumentChange, { launches }: WorkflowView): DocumentChange {
  const removed = one.collection === 'launches' ? removedBy(one) : undefined;
  const state = launches?.get(Number(one.id))?.state;
  return removed && state !== undefined ? removal('launches', one.id, { ...removed, state }) : one;
}

/** Whether a patch that its writer has released was committed; if all are what they were, or gone, it was not. */
export function wasCommitted(view: WorkflowView | undefined, patch: WorkflowPatch): boolean {
  const workflow = workflowChangeOf(patch);
  if (!view) return workflow !== undefined && removedBy(workflow) !== undefined;
  return membersOf(patch).some((one) => {
    const progress = progressIn(view, one);
    return progress === 'written' || progress === 'taken up';
  });
}

/** Fireworks, and what changes in launches. */
function membersOf(patch: WorkflowPatch): readonly DocumentChange[] {
  return memberChangesOf(patch).filter((one) => !isOther(one));
}

function progressIn({ fireworks, launches }: WorkflowView, one: DocumentChange): Progress {
  if (one.collection === 'fireworks') return progressOf(one, fireworks.get(Number(one.id)));
  const launch = launches?.get(Number(one.id));
  if (launchIs(one, 'after', launch)) return 'written';
  return launchIs(one, 'before', launch) ? 'to do' : 'moved on';
}

/** How far a change of a Firework has come. */
export function progressOf(one: DocumentChange, firework: Firework | undefined): Progress {
  const [inserted, removed] = [insertedBy(one), removedBy(one)];
  if (inserted) return firework ? progressOfNew(inserted, firework) : 'to do';
  if (removed) return !firework ? 'written' : isAsItWas(removed, firework) ? 'to do' : 'moved on';
  if (!firework) return 'moved on';
  if (isWritten(one, firework)) return 'written';
  if (one.fields.every(({ path, before }) => sameValue(valueAt(firework, path), before))) return 'to do';
  return isTakenUp(one, firework) ? 'taken up' : 'moved on';
}

/** One that comes is WAITING until its workflow knows it (write-documents.ts of the MongoDB store). */
function progressOfNew({ state, name, createdOn }: ValueObject, firework: Firework): Progress {
  if (firework.name !== name || !sameValue(firework.createdOn, createdOn)) return 'moved on';
  if (firework.state === state) return 'written';
  return state === 'READY' && firework.state === 'WAITING' ? 'to do' : 'taken up';
}

function isAsItWas({ state, updatedOn, launches }: ValueObject, firework: Firework): boolean {
  // Taken back while it was not READY yet.
  const isDormant = state === 'READY' && firework.state === 'WAITING';
  return (
    (firework.state === state || isDormant) &&
    sameValue(firework.updatedOn, updatedOn) &&
    sameValue(firework.launches, launches)
  );
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

/** `parentLinks` say what `links` say. */
function isWritten(one: DocumentChange | undefined, document: object): boolean {
  // What brings a workflow begins with it, and what takes it away ends with it.
  if (one && insertedBy(one)) return true;
  if (one && removedBy(one)) return false;
  const fields = one?.fields.filter(({ path }) => path[0] !== 'parentLinks');
  return fields?.every(({ path, after }) => sameValue(valueAt(document, path), after)) ?? false;
}

interface Planned {
  readonly planned: DocumentChange | undefined;
  readonly back: boolean;
}

/** The states that it notes follow the members as they will be, and its graph goes on or back. */
function finishWorkflow(
  { workflow, fireworks }: WorkflowView,
  left: readonly DocumentChange[],
  now: Date,
  { planned, back }: Planned,
): DocumentChange | undefined {
  if (isOrphanKey(workflow.key)) return undefined;
  if (planned && removedBy(planned)) return back ? undefined : planned;
  const graph = planned ? graphFields(workflow, planned, back) : [];
  const links = linksAfter(workflow.links, graph);
  const states = new Map(workflow.fwStates);
  for (const [fwId, { state }] of fireworks) states.set(fwId, state);
  for (const one of left) {
    if (one.collection !== 'fireworks') continue;
    const state = insertedBy(one)?.['state'] ?? one.fields.find(({ path }) => path[0] === 'state')?.after;
    if (state !== undefined) states.set(Number(one.id), state as FireworkState);
  }
  for (const fwId of states.keys()) if (!links.has(fwId)) states.delete(fwId);
  const tolerates = (fwId: number): boolean => isTruthy(fireworks.get(fwId)?.spec['_allow_fizzled_parents']);
  const state = workflowState(links, states, tolerates);
  const fields: FieldChange[] = [...graph];
  for (const fwId of new Set([...workflow.fwStates.keys(), ...states.keys()])) {
    const [before, noted] = [workflow.fwStates.get(fwId) ?? ABSENT, states.get(fwId) ?? ABSENT];
    if (before !== noted) fields.push(change(['fwStates', String(fwId)], before, noted));
  }
  if (state !== workflow.state) fields.push(change(['state'], workflow.state, state));
  const moment = back ? undefined : planned?.fields.find(({ path }) => path[0] === 'updatedOn');
  const isDue = moment?.after instanceof Date && sameValue(moment.before, workflow.updatedOn);
  if (fields.length === 0 && !isDue) return undefined;
  // A pause, as FireWorks', does not move it.
  if (!planned || moment) fields.push(change(['updatedOn'], workflow.updatedOn, isDue ? moment.after : now));
  return { collection: 'workflows', id: workflow.key, fields };
}

/** Links that the workflow does not have yet, or has no more when they are taken back. */
function graphFields(workflow: Workflow, planned: DocumentChange, back: boolean): readonly FieldChange[] {
  const wanted = planned.fields.filter(({ path }) => path[0] === 'links' || path[0] === 'parentLinks');
  const fields = back
    ? wanted.map(({ path, before, after, guard }) => ({ path, before: after, after: before, guard }))
    : wanted;
  const isDone = fields.every(
    ({ path, after }) => path[0] === 'parentLinks' || sameValue(valueAt(workflow, path), after),
  );
  return isDone ? [] : fields;
}

/** The graph with these changes of links. */
export function linksAfter(links: Links, fields: readonly FieldChange[]): Links {
  const changed = new Map(links);
  for (const { path, after } of fields) {
    if (path[0] !== 'links') continue;
    if (after === ABSENT) changed.delete(Number(path[1]));
    else changed.set(Number(path[1]), after as readonly number[]);
  }
  return changed;
}
