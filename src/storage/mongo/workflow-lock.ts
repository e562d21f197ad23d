/**
 * FireWorks' lock of a workflow, the field `locked`, with our owner and expiry beside it in `lpad_lock`. A lock without
 * an owner is Python's. A lock is taken only while it is free, so that nobody works on what a dead process left half done.
 */
import { ObjectId } from 'mongodb';
import { isOrphanKey } from '../../domain/patch';
import type { Workflow } from '../../domain/model';
import { toNumber, toNumbers } from '../bson-values';
import { workflowFromDocument } from '../documents';
import type { LockHolder, LockOwner, LockResult } from '../launchpad-store';
import { waitForLocks } from '../wait-for-locks';
import type { MongoConnection } from './connection';

const PAUSES = { firstMs: 20, longestMs: 1000 };

export const RELEASE = { locked: '', lpad_lock: '' } as const;

export function lockFields({ name, expiresAt }: LockOwner): {
  readonly locked: true;
  readonly lpad_lock: { readonly owner: string; readonly expires: Date };
} {
  return { locked: true, lpad_lock: { owner: name, expires: new Date(expiresAt) } };
}

function idsOf(keys: readonly string[]): ObjectId[] {
  return keys.filter((key) => !isOrphanKey(key)).map((key) => new ObjectId(key));
}

export function lockWorkflows(
  connection: MongoConnection,
  keys: readonly string[],
  owner: LockOwner,
  waitMs: number,
): Promise<LockResult> {
  return waitForLocks(keys, waitMs, PAUSES, (wanted) => tryLock(connection, wanted, owner));
}

export async function lockWorkflowOf(
  { workflows }: MongoConnection,
  member: number,
  owner: LockOwner,
): Promise<Workflow | undefined> {
  const doc = await workflows.findOneAndUpdate(
    { nodes: member, locked: { $exists: false } },
    { $set: lockFields(owner) },
    // Every launch reads it twice, of workflows of 10,000 Fireworks too: what says things twice stays away, and so do the
    // wrappers of numbers, which here are ids.
    { returnDocument: 'after', projection: { parent_links: 0 }, promoteValues: true },
  );
  return doc ? workflowFromDocument(doc, String(doc._id)) : undefined;
}

async function tryLock(
  { workflows }: MongoConnection,
  keys: readonly string[],
  owner: LockOwner,
): Promise<readonly string[]> {
  const { name } = owner;
  const wanted = { _id: { $in: idsOf(keys) } };
  const lock = lockFields(owner);
  const { modifiedCount } = await workflows.updateMany(
    { ...wanted, locked: { $exists: false } },
    {
      $set: lock,
    },
  );
  // Counts come as BSON wrappers, like every number of this connection.
  if (toNumber(modifiedCount) === keys.length) return keys;
  const mine = { ...wanted, locked: true, 'lpad_lock.owner': name } as never;
  return (await workflows.find(mine, { projection: { _id: 1 } }).toArray()).map((doc) => String(doc._id));
}

export async function unlockWorkflows(
  { workflows }: MongoConnection,
  keys: readonly string[],
  { name }: Pick<LockOwner, 'name'>,
): Promise<void> {
  const ids = idsOf(keys);
  await workflows.updateMany({ _id: { $in: ids }, 'lpad_lock.owner': name }, { $unset: RELEASE });
}

export async function forceUnlock(
  { workflows }: MongoConnection,
  holders: readonly LockHolder[],
): Promise<void> {
  const operations = holders.map(({ workflowKey, owner }) => {
    const filter = {
      _id: new ObjectId(workflowKey),
      locked: { $exists: true },
      'lpad_lock.owner': owner?.name ?? { $exists: false },
    } as never;
    return { updateOne: { filter, update: { $unset: RELEASE } } };
  });
  if (operations.length > 0) await workflows.bulkWrite(operations, { ordered: false });
}

export async function takeOverLocks(
  { workflows }: MongoConnection,
  keys: readonly string[],
  from: string,
  { name, expiresAt }: LockOwner,
): Promise<readonly string[]> {
  const wanted = { _id: { $in: idsOf(keys) } };
  await workflows.updateMany(
    { ...wanted, locked: { $exists: true }, 'lpad_lock.owner': from },
    {
      $set: { lpad_lock: { owner: name, expires: new Date(expiresAt) } },
    },
  );
  const mine = { ...wanted, locked: true, 'lpad_lock.owner': name } as never;
  return (await workflows.find(mine, { projection: { _id: 1 } }).toArray()).map((doc) => String(doc._id));
}

export async function findLockHolders(
  { workflows }: MongoConnection,
  keys: readonly string[] | undefined,
): Promise<readonly LockHolder[]> {
  const wanted = keys ? { _id: { $in: idsOf(keys) } } : {};
  const held = workflows.find({ ...wanted, locked: { $exists: true } } as never, {
    projection: { lpad_lock: 1, member: { $arrayElemAt: ['$nodes', 0] } },
  });
  const holders: LockHolder[] = [];
  for await (const doc of held) {
    const lock = doc['lpad_lock'] as { readonly owner: string; readonly expires: Date } | undefined;
    const workflowKey = String(doc._id);
    const owner = lock && { name: lock.owner, expiresAt: lock.expires.getTime() };
    const [member = 0] = toNumbers([doc['member']]);
    holders.push({ workflowKey, member, ...(owner ? { owner } : {}) });
  }
  return holders;
}
