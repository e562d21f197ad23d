/**
 * Takes a committed patch back: every Firework that nothing has touched since becomes exactly what it was; the others are
 * named. A Firework below one that has moved on moves with it: restored, it would be done before its parent.
 */
import type { Firework, WorkflowView } from '../model';
import {
  ABSENT,
  change,
  isStructural,
  type DocumentChange,
  type FieldChange,
  type WorkflowPatch,
} from '../patch';
import { sameValue, valueAt } from '../same-value';
import type { FireworkState } from '../state';
import { isHeld } from '../state';
import { timestampMillis } from '../timestamps';
import { parentsByChild, topologicalOrder } from '../workflow-graph';
import { workflowState } from '../rules/workflow-state';
import { launchIs } from '../upkeep/launch-change';
import { isTruthy } from '../workflow-draft';
import { planStructuralUndo } from './undo-structure';

export interface UndoInput {
  /**
   * With the whole specs of the Fireworks that the patch changed, their parents, the children of FIZZLED members, and the
   * launches that the patch changed. Undefined where there is no such workflow (any more).
   */
  readonly view: WorkflowView | undefined;
  /** Fireworks that the patch brought or took away, as far as they are there. */
  readonly existing?: ReadonlyMap<number, Firework>;
  readonly patch: WorkflowPatch;
  /** When the patch was committed. */
  readonly committedOn: Date;
  readonly now: Date;
}

export interface UndoOutcome {
  readonly fwId: number;
  readonly name: string;
  readonly outcome: 'restored' | 'moved on';
  readonly from: FireworkState | undefined;
  readonly to: FireworkState | undefined;
  /** What has moved on. */
  readonly reason?: string;
}

export interface UndoPlan {
  readonly patch: WorkflowPatch;
  readonly outcomes: readonly UndoOutcome[];
}

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
  for (const fwId of [...inOrder, ...gone]) {
    const original = changed.get(fwId);
    if (!original) continue;
    const firework = fireworks.get(fwId);
    const reason =
      whatMoved(original, firework) ??
      launchMoved(patch, view, fwId) ??
      parentMoved(parents.get(fwId) ?? [], original, { changed, restored, fireworks, committedOn });
    if (reason === undefined) restored.set(fwId, original);
    const to = reason === undefined ? stateBefore(original, firework) : firework?.state;
    const name = firework?.name ?? '';
    outcomes.push({
      fwId,
      name,
      from: firework?.state,
      to,
      ...(reason === undefined ? { outcome: 'restored' } : { outcome: 'moved on', reason }),
    });
  }
  const launches = patch.changes.filter((one) => isLaunchToRestore(one, view, changed, restored));
  const changes = [...restored.values(), ...launches].map(invert);
  if (restored.size > 0) changes.push(restoreWorkflow(view, patch, restored, now));
  return { patch: { workflowKey: patch.workflowKey, changes }, outcomes };
}

/** The first field that is not what the patch left, in words. */
function whatMoved({ fields }: DocumentChange, firework: Firework | undefined): string | undefined {
  if (!firework) return 'it was deleted';
  const moved = fields.find(({ path, after }) => !sameValue(valueAt(firework, path), after));
  if (!moved) return undefined;
  const state = fields.find(({ path }) => path[0] === 'state')?.after;
  if (state !== firework.state)
    return `it was ${String(state)} after the change, and is ${firework.state} now`;
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
  const before = stateBefore(original, undefined);
  // What waits or is held may stand below anything.
  if (before === undefined || before === 'WAITING' || isHeld(before)) return undefined;
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

function stateBefore({ fields }: DocumentChange, firework: Firework | undefined): FireworkState | undefined {
  const state = fields.find(({ path }) => path[0] === 'state');
  return state ? (state.before as FireworkState) : firework?.state;
}

function invert({ collection, id, fields }: DocumentChange): DocumentChange {
  return {
    collection,
    id,
    fields: fields.map(({ path, before, after, guard }) => ({ path, before: after, after: before, guard })),
  };
}

/** Exactly what it was while nothing else has happened in the workflow; else the states follow the members. */
function restoreWorkflow(
  { workflow, fireworks }: WorkflowView,
  patch: WorkflowPatch,
  restored: ReadonlyMap<number, DocumentChange>,
  now: Date,
): DocumentChange {
  const original = patch.changes.find(({ collection }) => collection === 'workflows');
  const members = patch.changes.filter(({ collection }) => collection === 'fireworks').length;
  const untouched =
    original?.fields.every(({ path, after }) => sameValue(valueAt(workflow, path), after)) ?? false;
  if (original && untouched && restored.size === members) return invert(original);
  const states = new Map(workflow.fwStates);
  const fields: FieldChange[] = [];
  for (const [fwId, one] of restored) {
    const state = stateBefore(one, fireworks.get(fwId));
    const noted = workflow.fwStates.get(fwId);
    if (state === undefined || state === noted) continue;
    states.set(fwId, state);
    fields.push(change(['fwStates', String(fwId)], noted ?? ABSENT, state));
  }
  const tolerates = (fwId: number): boolean => isTruthy(fireworks.get(fwId)?.spec['_allow_fizzled_parents']);
  const state = workflowState(workflow.links, states, tolerates);
  fields.push(change(['state'], workflow.state, state), change(['updatedOn'], workflow.updatedOn, now));
  return { collection: 'workflows', id: workflow.key, fields };
}
