/** Workflows that come to be and go with a patch: locked by their committer from the first write to the last. */
import { ObjectId, type AnyBulkWriteOperation, type Document } from 'mongodb';
import {
  insertedBy,
  isOrphanKey,
  removedBy,
  workflowChangeOf,
  type WorkflowPatch,
} from '../../../domain/patch';
import { toNumber } from '../../bson-values';
import { wholeToDocument, type StoredDocument } from '../../documents';
import type { LockOwner } from '../../launchpad-store';
import type { MongoConnection } from '../connection';
import { lockFields } from '../workflow-lock';

export function bringsWorkflow(patch: WorkflowPatch): boolean {
  const change = workflowChangeOf(patch);
  return change !== undefined && insertedBy(change) !== undefined;
}

export function takesWorkflow(patch: WorkflowPatch): boolean {
  const change = workflowChangeOf(patch);
  return change !== undefined && removedBy(change) !== undefined;
}

/** Before their members; what is there already stays, and is only ours when we hold its lock. */
export async function insertWorkflows(
  { workflows }: MongoConnection,
  patches: readonly WorkflowPatch[],
  owner: LockOwner,
): Promise<void> {
  const operations = patches.filter(bringsWorkflow).map((patch): AnyBulkWriteOperation<StoredDocument> => {
    const change = workflowChangeOf(patch);
    const doc = wholeToDocument((change && insertedBy(change)) ?? {});
    const update = { $setOnInsert: { ...doc, ...lockFields(owner) } } as Document;
    return {
      updateOne: { filter: { _id: new ObjectId(patch.workflowKey) }, update, upsert: true },
    };
  });
  if (operations.length > 0) await workflows.bulkWrite(operations, { ordered: false });
}

/** A process that was stopped for so long that its locks were taken over must not write any more. */
export async function locksHeldBy(
  { workflows }: MongoConnection,
  patches: readonly WorkflowPatch[],
  { name }: LockOwner,
): Promise<ReadonlySet<string>> {
  const keys = patches.map(({ workflowKey }) => workflowKey).filter((key) => !isOrphanKey(key));
  const _id = { $in: keys.map((key) => new ObjectId(key)) };
  const held = workflows.find({ _id, 'lpad_lock.owner': name } as never, {
    projection: { _id: 1 },
    batchSize: 5000,
  });
  return new Set((await held.toArray()).map((doc) => String(doc._id)));
}

/** Takes back what insertWorkflows did for a patch that cannot be written. */
export async function removeInsertedWorkflow(
  { workflows }: MongoConnection,
  patch: WorkflowPatch,
  { name }: LockOwner,
): Promise<void> {
  if (!bringsWorkflow(patch)) return;
  await workflows.deleteMany({ _id: new ObjectId(patch.workflowKey), 'lpad_lock.owner': name });
}

/** The last write of a patch that takes a workflow away. What could not be removed, with the reason. */
export async function removeWorkflows(
  { workflows }: MongoConnection,
  patches: readonly WorkflowPatch[],
  { name }: LockOwner,
): Promise<ReadonlyMap<string, string>> {
  if (patches.length === 0) return new Map();
  const _id = { $in: patches.map(({ workflowKey }) => new ObjectId(workflowKey)) };
  const { deletedCount } = await workflows.deleteMany({ _id, 'lpad_lock.owner': name });
  if (toNumber(deletedCount) === patches.length) return new Map();
  const left = await workflows.find({ _id } as never, { projection: { _id: 1 } }).toArray();
  return new Map(left.map((doc) => [String(doc._id), 'the lock of its workflow was taken over']));
}
