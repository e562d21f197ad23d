/** The workflows that an FWAction brings: as a rocket stores them, and read for appending them. */
import type { Growth } from '../../domain/actions/action-plan';
import { ActionError, type FWAction } from '../../domain/actions/fw-action';
import { isObject, type NewWorkflow, type Value, type ValueObject } from '../../domain/model';
import { isoTimestamp } from '../../domain/timestamps';
import { LpadError, messageOf } from '../../errors';
import { plain } from '../plain-values';
import { fireworkFileForm } from '../printing/file-form';
import { readWorkflowValue } from './workflow-file';

/** Throws ActionError for what FireWorks could not read either. */
export function readGrowth(action: FWAction, now: Date): Growth {
  return {
    detours: action.detours.map((item, index) => readItem(item, `detours[${String(index)}]`, now)),
    appended: action.append_wfs.map((item, index) => readAppended(item, `append_wfs[${String(index)}]`, now)),
    additions: action.additions.map((item, index) => readItem(item, `additions[${String(index)}]`, now)),
  };
}

function readItem(item: Value, place: string, now: Date): NewWorkflow {
  try {
    return readWorkflowValue(item, place, now);
  } catch (error) {
    if (error instanceof LpadError) throw new ActionError(`the FWAction cannot be used: ${messageOf(error)}`);
    throw error;
  }
}

function readAppended(item: Value, place: string, now: Date): Growth['appended'][number] {
  if (!isObject(item)) throw new ActionError(`${place} of the FWAction must be an object`);
  const parents = plain(item['parents'] ?? []);
  const detour = item['detour'] ?? false;
  if (!Array.isArray(parents) || !parents.every((parent) => Number.isInteger(parent)))
    throw new ActionError(`${place}.parents of the FWAction must be a list of fw_ids`);
  if (typeof detour !== 'boolean')
    throw new ActionError(`${place}.detour of the FWAction must be true or false`);
  return {
    workflow: readItem(item['workflow'], `${place}.workflow`, now),
    parents: parents as readonly number[],
    detour,
  };
}

export function grows({ additions, detours, append_wfs }: FWAction): boolean {
  return additions.length + detours.length + append_wfs.length > 0;
}

/**
 * The action of a Firetask as FireWorks stores it: every workflow in its whole file form. Fireworks without an id get ones
 * of their own, as those that Python's constructor makes.
 */
export function withStoredGrowth(action: FWAction, now: Date): FWAction {
  if (!grows(action)) return action;
  const nextId = idsBelow(action);
  const stored = (item: Value, place: string): ValueObject =>
    workflowForm(readItem(withOwnIds(item, nextId), place, now));
  return {
    ...action,
    detours: action.detours.map((item, index) => stored(item, `detours[${String(index)}]`)),
    additions: action.additions.map((item, index) => stored(item, `additions[${String(index)}]`)),
    append_wfs: action.append_wfs.map((item, index) => {
      const place = `append_wfs[${String(index)}]`;
      if (!isObject(item)) throw new ActionError(`${place} of the FWAction must be an object`);
      const { parents = [], detour = false, workflow } = item;
      return { workflow: stored(workflow, `${place}.workflow`), parents, detour };
    }),
  };
}

function workflowForm(workflow: NewWorkflow): ValueObject {
  const text = (date: string | Date): string => (date instanceof Date ? isoTimestamp(date) : date);
  return {
    fws: workflow.fireworks.map((firework) => fireworkFileForm(firework, new Map())),
    links: Object.fromEntries([...workflow.links].map(([parent, children]) => [String(parent), children])),
    name: workflow.name,
    metadata: workflow.metadata,
    updated_on: text(workflow.updatedOn),
    created_on: text(workflow.createdOn),
  };
}

function fireworksOf(item: Value): readonly Value[] {
  if (!isObject(item)) return [];
  return Array.isArray(item['fws']) ? (item['fws'] as readonly Value[]) : [item];
}

/** A source of ids below all that the action names. */
function idsBelow({ detours, additions, append_wfs }: FWAction): () => number {
  const appended = append_wfs.map((item) => (isObject(item) ? item['workflow'] : undefined));
  const named = [...detours, ...additions, ...appended].flatMap(fireworksOf).map(idOf);
  let next = named.reduce<number>((lowest, id) => Math.min(lowest, id ?? 0), 0);
  return () => (next -= 1);
}

function idOf(firework: Value): number | undefined {
  const id = isObject(firework) ? plain(firework['fw_id']) : undefined;
  return typeof id === 'number' ? id : undefined;
}

/** Old ones stay. */
function withOwnIds(item: Value, nextId: () => number): Value {
  const named = (firework: Value): Value =>
    isObject(firework) && idOf(firework) === undefined && (firework['fw_id'] ?? null) === null
      ? { ...firework, fw_id: nextId() }
      : firework;
  if (!isObject(item)) return item;
  if (!Array.isArray(item['fws'])) return named(item);
  return { ...item, fws: (item['fws'] as readonly Value[]).map(named) };
}
