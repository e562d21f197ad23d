/**
 * Workflows of which all members have become the same, as after a rerun of workflows of one Firework, share one
 * `updateMany`: the server writes the new state beside every member that it finds.
 */
import { ObjectId, type Document } from 'mongodb';
import { ABSENT, workflowChangeOf, type WorkflowPatch } from '../../../domain/patch';
import { toNumber } from '../../bson-values';
import type { LockOwner } from '../../launchpad-store';
import type { MongoConnection } from '../connection';
import { RELEASE } from '../workflow-lock';

interface UniformChange {
  readonly memberState: unknown;
  readonly members: number;
  readonly state: unknown;
  /** Undefined where it does not move, as with a pause. */
  readonly updatedOn?: unknown;
}

/** Of a change of members' specs the workflow notes nothing: only its lock is released. */
const RELEASED = 'released';

type Uniform = UniformChange | typeof RELEASED;

/** Writes what can be written together; the patches that are left to write one by one. */
export async function writeUniform(
  connection: MongoConnection,
  patches: readonly WorkflowPatch[],
  owner: LockOwner,
): Promise<readonly WorkflowPatch[]> {
  const groups = new Map<string, { readonly change: Uniform; readonly patches: WorkflowPatch[] }>();
  const alone: WorkflowPatch[] = [];
  for (const patch of patches) {
    const change = uniformChangeOf(patch);
    const shape = JSON.stringify(change);
    const group = groups.get(shape);
    if (!change) alone.push(patch);
    else if (group) group.patches.push(patch);
    else groups.set(shape, { change, patches: [patch] });
  }
  for (const { change, patches: group } of groups.values()) {
    if (group.length === 1) alone.push(...group);
    else alone.push(...(await writeTogether(connection, group, change, owner)));
  }
  return alone;
}

/** What becomes of a workflow of which nothing but the states change, those of members all to the same. */
function uniformChangeOf(patch: WorkflowPatch): Uniform | undefined {
  const fields = workflowChangeOf(patch)?.fields;
  if (!fields) return RELEASED;
  const members = fields.filter(({ path }) => path[0] === 'fwStates');
  const state = fields.find(({ path }) => path[0] === 'state');
  const updatedOn = fields.find(({ path }) => path[0] === 'updatedOn');
  const [first] = members;
  if (!first || !state || members.length + (updatedOn ? 2 : 1) < fields.length) return undefined;
  if (members.some(({ before, after }) => before === ABSENT || after !== first.after)) return undefined;
  return {
    memberState: first.after,
    members: members.length,
    state: state.after,
    ...(updatedOn ? { updatedOn: updatedOn.after } : {}),
  };
}

/** Those that have more members than change are not matched: they still have their locks, and are returned. */
async function writeTogether(
  { workflows }: MongoConnection,
  patches: readonly WorkflowPatch[],
  change: Uniform,
  owner: LockOwner,
): Promise<readonly WorkflowPatch[]> {
  const _id = { $in: patches.map(({ workflowKey }) => new ObjectId(workflowKey)) };
  const mine = { _id, 'lpad_lock.owner': owner.name } as Document;
  const { filter, stages } = expressionOf(change);
  const { matchedCount } = await workflows.updateMany({ ...mine, ...filter }, [
    ...stages,
    { $unset: Object.keys(RELEASE) },
  ]);
  if (toNumber(matchedCount) === patches.length) return [];
  const held = await workflows.find(mine, { projection: { _id: 1 } }).toArray();
  // Where a lock was lost nobody can tell by the locks what is written: whoever writes one by one finds out.
  if (toNumber(matchedCount) + held.length < patches.length) return patches;
  const left = new Set(held.map((doc) => String(doc._id)));
  return patches.filter(({ workflowKey }) => left.has(workflowKey));
}

function expressionOf(change: Uniform): { readonly filter: Document; readonly stages: readonly Document[] } {
  if (change === RELEASED) return { filter: {}, stages: [] };
  const { memberState, members, state, updatedOn } = change;
  const entries = { $objectToArray: '$fw_states' };
  const states = { $map: { input: entries, in: { k: '$$this.k', v: { $literal: memberState } } } };
  const moved = updatedOn === undefined ? {} : { updated_on: updatedOn };
  const set = { fw_states: { $arrayToObject: states }, state, ...moved };
  return { filter: { $expr: { $eq: [{ $size: entries }, members] } }, stages: [{ $set: set }] };
}
