/**
 * Takes back a patch with which whole documents came or went: all of it, or nothing. What was added goes again while no
 * rocket and nobody else has touched it; what was deleted comes back under its old ids.
 */
import type { Firework, WorkflowView } from '../model';
import {
  ABSENT,
  change,
  insertedBy,
  invertPatch,
  memberChangesOf,
  removedBy,
  workflowChangeOf,
  type DocumentChange,
  type FieldChange,
} from '../patch';
import { sameValue, valueAt } from '../same-value';
import type { FireworkState } from '../state';
import { workflowState } from '../rules/workflow-state';
import { isTruthy } from '../workflow-draft';
import { linksAfter } from './finish-plan';
import type { UndoInput, UndoOutcome, UndoPlan } from './undo';

const NOBODY: ReadonlyMap<number, Firework> = new Map();

export function planStructuralUndo({ view, existing = NOBODY, patch, now }: UndoInput): UndoPlan {
  const members = patch.changes.filter(({ collection }) => collection === 'fireworks');
  const workflow = workflowChangeOf(patch);
  const reasons = members.map((one) => [Number(one.id), whyNot(one, existing.get(Number(one.id)))] as const);
  const ofGraph = workflow && whyNotGraph(workflow, view);
  const [stuck, why] = reasons.find(([, reason]) => reason !== undefined) ?? [];
  const general =
    ofGraph ?? (why === undefined ? undefined : `Firework ${String(stuck)} stands in the way: ${why}`);
  const own = new Map(reasons);
  const outcomes = members.map((one) =>
    outcomeOf(one, existing.get(Number(one.id)), general && (own.get(Number(one.id)) ?? general)),
  );
  if (general !== undefined) return { outcomes, patch: { ...patch, changes: [] } };
  const inverse = invertPatch(patch);
  const changes = [...memberChangesOf(inverse)];
  const last = workflowChangeOf(inverse);
  if (last) changes.push(view && !isWhole(last) ? withStates(last, view, now) : last);
  return { outcomes, patch: { ...inverse, changes } };
}

function isWhole(one: DocumentChange): boolean {
  return insertedBy(one) !== undefined || removedBy(one) !== undefined;
}

/** Why a Firework cannot become what it was. */
function whyNot(one: DocumentChange, firework: Firework | undefined): string | undefined {
  const inserted = insertedBy(one);
  if (removedBy(one)) return firework && 'it is there again';
  if (!firework) return 'it was deleted';
  if (!inserted) return hasMoved(one, firework) ? 'it has changed since' : undefined;
  const { state, launches, archivedLaunches, updatedOn, spec } = inserted;
  if (firework.state !== state)
    return `it was ${String(state)} when it was added, and is ${firework.state} now`;
  const untouched =
    sameValue(firework.launches, launches) &&
    sameValue(firework.archivedLaunches, archivedLaunches) &&
    sameValue(firework.updatedOn, updatedOn) &&
    sameValue(firework.spec, spec);
  return untouched ? undefined : 'it has changed since';
}

function hasMoved({ fields }: DocumentChange, firework: Firework): boolean {
  return fields.some(({ path, after }) => !sameValue(valueAt(firework, path), after));
}

/** Links that are as the patch left them can be taken back. */
function whyNotGraph(one: DocumentChange, view: WorkflowView | undefined): string | undefined {
  if (insertedBy(one)) return view ? undefined : 'its workflow was deleted';
  if (removedBy(one)) return view && 'its workflow is there again';
  if (!view) return 'its workflow was deleted';
  const links = one.fields.filter(({ path }) => path[0] === 'links');
  const isThere = links.every(({ path, after }) => sameValue(valueAt(view.workflow, path), after));
  return isThere ? undefined : 'its workflow has grown since';
}

function outcomeOf(
  one: DocumentChange,
  firework: Firework | undefined,
  reason: string | undefined,
): UndoOutcome {
  const removed = removedBy(one);
  const { name: given } = insertedBy(one) ?? removed ?? { name: firework?.name };
  const name = typeof given === 'string' ? given : '';
  const from = firework?.state;
  if (reason !== undefined)
    return { fwId: Number(one.id), name, outcome: 'moved on', from, to: from, reason };
  const state = one.fields.find(({ path }) => path[0] === 'state')?.before;
  const to = (removed?.['state'] ?? state) as FireworkState | undefined;
  return { fwId: Number(one.id), name, outcome: 'restored', from, to };
}

/** The graph as the inverse has it; the states follow the members that stay. */
function withStates(
  inverse: DocumentChange,
  { workflow, fireworks }: WorkflowView,
  now: Date,
): DocumentChange {
  const isExact = inverse.fields.every(
    ({ path, before }) => path[0] === 'parentLinks' || sameValue(valueAt(workflow, path), before),
  );
  if (isExact) return inverse;
  const graph = inverse.fields.filter(({ path }) => path[0] === 'links' || path[0] === 'parentLinks');
  const links = linksAfter(workflow.links, graph);
  const states = new Map([...workflow.fwStates].filter(([fwId]) => links.has(fwId)));
  const fields: FieldChange[] = [...graph];
  for (const field of inverse.fields) {
    if (field.path[0] !== 'fwStates') continue;
    const fwId = Number(field.path[1]);
    const noted = workflow.fwStates.get(fwId) ?? ABSENT;
    // Members that were there before keep the states that they have come to.
    const after = links.has(fwId) && noted !== ABSENT ? noted : field.after;
    if (after !== ABSENT) states.set(fwId, after as FireworkState);
    if (after !== noted) fields.push(change(field.path, noted, after));
  }
  const tolerates = (fwId: number): boolean => isTruthy(fireworks.get(fwId)?.spec['_allow_fizzled_parents']);
  const state = workflowState(links, states, tolerates);
  fields.push(change(['state'], workflow.state, state), change(['updatedOn'], workflow.updatedOn, now));
  return { ...inverse, fields };
}
