/**
 * Takes a committed patch back: every Firework that nothing has touched since becomes exactly what it was; the others are
 * named. A Firework below one that has moved on moves with it: restored, it would be done before its parent.
 */
import type { Firework, WorkflowView } from '../model';
import {
  ABSENT,
  change,
  isStructural,
  workflowChangeOf,
  type DocumentChange,
  type FieldChange,
  type WorkflowPatch,
} from '../patch';
import { sameValue, valueAt } from '../same-value';
import type { FireworkState } from '../state';
import { isHeld } from '../state';
import { isoTimestamp, timestampMillis } from '../timestamps';
import { parentsByChild, topologicalOrder } from '../workflow-graph';
import { workflowState } from '../rules/workflow-state';
import { launchIs } from '../upkeep/launch-change';
import { isTruthy } from '../workflow-draft';
import type { UndoInput, UndoOutcome, UndoPlan } from './undo';
import { planStructuralUndo } from './undo-structure';

export function planUndo(input: UndoInput): UndoPlan {
  if (isStructural(input.patch)) return planStructuralUndo(input);
  const { view, patch, committedOn, now } = input;
  if (!view) throw new Error('an undo of changes needs the workflow');
  const { workflow, fireworks } = view;
  const changed = new Map<number, DocumentChange>();
  for (const one of patch.changes) if (one.collection === 'fireworks') changed.set(Number(one.id), one);
  const parents = parentsByChild(workflow.links);
  const restored = new Map<number, DocumentChange>();
  const outcomes: UndoOutcome[] = [];
  const inOrder = topologicalOrder(workflow.links).filter((fwId) => changed.has(fwId));
  const gone = [...changed.keys()].filter((fwId) => !workflow.links.has(fwId));
  const surroundings = { changed, restored, fireworks, committedOn };
  for (const fwId of [...inOrder, ...gone]) {
    const original = changed.get(fwId);
    if (!original) continue;
    const firework = fireworks.get(fwId);
    const name = firework?.name ?? '';
    const from = firework?.state;
    const own = parents.get(fwId) ?? [];
    const reason =
      whatMoved(original, firework) ??
      launchMoved(patch, view, fwId) ??
      parentMoved(own, original, surroundings);
    if (reason !== undefined || !firework) {
      outcomes.push({ fwId, name, from, to: from, outcome: 'moved on', reason: reason ?? 'it was deleted' });
      continue;
    }
    const back = isReleased(own, firework, original, surroundings)
      ? release(invert(original), now)
      : invert(original);
    restored.set(fwId, back);
    outcomes.push({ fwId, name, from, to: stateAfter(back) ?? from, outcome: 'restored' });
  }
  const launches = patch.changes.filter((one) => isLaunchToRestore(one, view, changed, restored)).map(invert);
  const changes = [...restored.values(), ...launches];
  const workflowBack = restored.size > 0 ? restoreWorkflow(view, patch, restored, now) : undefined;
  if (workflowBack) changes.push(workflowBack);
  return { patch: { workflowKey: patch.workflowKey, changes }, outcomes };
}

/** The first field that is not what the patch left, in words. */
function whatMoved(original: DocumentChange, firework: Firework | undefined): string | undefined {
  if (!firework) return 'it was deleted';
  const moved = original.fields.find(({ path, after }) => !sameValue(valueAt(firework, path), after));
  if (!moved) return undefined;
  const state = stateAfter(original);
  if (state !== undefined && state !== firework.state)
    return `it was ${state} after the change, and is ${firework.state} now`;
  return `its ${moved.path.join('.')} has changed since`;
}

/** A Firework whose launch has gone on cannot go back to it. */
function launchMoved(
  { changes }: WorkflowPatch,
  { launches }: WorkflowView,
  fwId: number,
): string | undefined {
  const moved = changes.find(({ collection, id, ...one }) => {
    if (collection !== 'launches') return false;
    const launch = launches?.get(Number(id));
    return launch?.fwId === fwId && !launchIs({ collection, id, ...one }, 'after', launch);
  });
  return moved && `its launch ${String(moved.id)} has changed since`;
}

/** With its Firework, or by itself when the patch did not change the Firework. */
function isLaunchToRestore(
  one: DocumentChange,
  { launches }: WorkflowView,
  changed: ReadonlyMap<number, DocumentChange>,
  restored: ReadonlyMap<number, DocumentChange>,
): boolean {
  if (one.collection !== 'launches') return false;
  const launch = launches?.get(Number(one.id));
  if (!launch || !launchIs(one, 'after', launch)) return false;
  return restored.has(launch.fwId) || !changed.has(launch.fwId);
}

interface Surroundings {
  readonly changed: ReadonlyMap<number, DocumentChange>;
  readonly restored: ReadonlyMap<number, DocumentChange>;
  readonly fireworks: ReadonlyMap<number, Firework>;
  readonly committedOn: Date;
}

function parentMoved(
  parents: readonly number[],
  original: DocumentChange,
  { changed, restored, fireworks, committedOn }: Surroundings,
): string | undefined {
  const before = stateBefore(original);
  // What waits or is held may stand below anything, and so may what keeps its state.
  if (before === undefined || before === 'WAITING' || isHeld(before) || !changesState(original))
    return undefined;
  for (const parent of parents) {
    const firework = fireworks.get(parent);
    if (changed.has(parent)) {
      if (!restored.has(parent)) return `its parent ${String(parent)} has moved on`;
    } else if (
      firework &&
      firework.state !== 'COMPLETED' &&
      timestampMillis(firework.updatedOn) > committedOn.getTime()
    ) {
      return `its parent ${String(parent)} has become ${firework.state} since`;
    }
  }
  return undefined;
}

function stateBefore({ fields }: DocumentChange): FireworkState | undefined {
  return fields.find(({ path }) => path[0] === 'state')?.before as FireworkState | undefined;
}

function stateAfter({ fields }: DocumentChange): FireworkState | undefined {
  return fields.find(({ path }) => path[0] === 'state')?.after as FireworkState | undefined;
}

function changesState(one: DocumentChange): boolean {
  return stateBefore(one) !== stateAfter(one);
}

/** It waited for parents that are done by now: nothing would ever wake it. */
function isReleased(
  parents: readonly number[],
  { launches, spec }: Firework,
  original: DocumentChange,
  { restored, fireworks, committedOn }: Surroundings,
): boolean {
  if (stateBefore(original) !== 'WAITING' || !changesState(original)) return false;
  const hasLaunches =
    launches.length > 0 || original.fields.some(({ path: [first] }) => first === 'launches');
  if (hasLaunches) return false;
  const done: readonly unknown[] = isTruthy(spec['_allow_fizzled_parents'])
    ? ['COMPLETED', 'FIZZLED']
    : ['COMPLETED'];
  let isNew = false;
  for (const parent of parents) {
    const firework = fireworks.get(parent);
    const back = restored.get(parent);
    if (!firework || !done.includes((back && stateAfter(back)) ?? firework.state)) return false;
    isNew ||= !back && timestampMillis(firework.updatedOn) > committedOn.getTime();
  }
  return isNew;
}

/** As a refresh writes it. */
function release({ collection, id, fields }: DocumentChange, now: Date): DocumentChange {
  const released = fields.map((field) => {
    if (field.path[0] === 'state') return { ...field, after: 'READY' };
    return field.path[0] === 'updatedOn' ? { ...field, after: isoTimestamp(now) } : field;
  });
  return { collection, id, fields: released };
}

function invert({ collection, id, fields }: DocumentChange): DocumentChange {
  return { collection, id, fields: fields.map(inverted) };
}

function inverted({ path, before, after, guard }: FieldChange): FieldChange {
  return { path, before: after, after: before, guard };
}

function isMetadata({ path: [first] }: FieldChange): boolean {
  return first === 'metadata';
}

function stillThere(workflow: WorkflowView['workflow']): (field: FieldChange) => boolean {
  return ({ path, after }) => sameValue(valueAt(workflow, path), after);
}

/** Exactly what it was while nothing else has happened in the workflow; else the states follow the members. */
function restoreWorkflow(
  { workflow, fireworks }: WorkflowView,
  patch: WorkflowPatch,
  restored: ReadonlyMap<number, DocumentChange>,
  now: Date,
): DocumentChange | undefined {
  const original = workflowChangeOf(patch);
  const members = patch.changes.filter(({ collection }) => collection === 'fireworks');
  const untouched = original?.fields.every(stillThere(workflow)) ?? false;
  const isWhole = members.every((one) => {
    const back = restored.get(Number(one.id));
    return back !== undefined && stateAfter(back) === stateBefore(one);
  });
  if (original && untouched && isWhole) return invert(original);
  const states = new Map(workflow.fwStates);
  const fields: FieldChange[] = [];
  for (const [fwId, one] of restored) {
    const state = stateAfter(one);
    const noted = workflow.fwStates.get(fwId);
    if (state === undefined || state === noted) continue;
    states.set(fwId, state);
    fields.push(change(['fwStates', String(fwId)], noted ?? ABSENT, state));
  }
  const metadata = original?.fields.filter(isMetadata).filter(stillThere(workflow)).map(inverted) ?? [];
  // An edit of specs is nothing to a workflow, and one of metadata nothing to its state.
  if (fields.length === 0 && (original?.fields.every(isMetadata) ?? true)) {
    return metadata.length === 0
      ? undefined
      : { collection: 'workflows', id: workflow.key, fields: metadata };
  }
  fields.push(...metadata);
  const tolerates = (fwId: number): boolean => isTruthy(fireworks.get(fwId)?.spec['_allow_fizzled_parents']);
  const state = workflowState(workflow.links, states, tolerates);
  fields.push(change(['state'], workflow.state, state), change(['updatedOn'], workflow.updatedOn, now));
  return { collection: 'workflows', id: workflow.key, fields };
}
