/**
 * FireWorks' lock of a workflow, the field `locked`, with our owner and expiry beside it in `lpad_lock`. A lock without
 * an owner is Python's: it is waited for. One of ours that has expired was left by a dead process and is taken over.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { ObjectId } from 'mongodb';
import type { LockOwner, LockResult } from '../launchpad-store';
import type { MongoConnection } from './connection';

const FIRST_WAIT_MS = 20;
const LONGEST_WAIT_MS = 1000;

export const RELEASE = { locked: '', lpad_lock: '' } as const;

export async function lockWorkflows(
  connection: MongoConnection,
  keys: readonly string[],
  owner: LockOwner,
  waitMs: number,
): Promise<LockResult> {
  const deadline = Date.now() + waitMs;
  const locked: string[] = [];
  let wanted = keys;
  for (let pause = FIRST_WAIT_MS; ; pause = Math.min(2 * pause, LONGEST_WAIT_MS)) {
    const taken = await tryLock(connection, wanted, owner);
    locked.push(...taken);
    const held = new Set(taken);
    wanted = wanted.filter((key) => !held.has(key));
    if (wanted.length === 0 || Date.now() >= deadline) return { locked, busy: wanted };
    await sleep(Math.min(pause, Math.max(1, deadline - Date.now())));
  }
}

async function tryLock(
  { workflows }: MongoConnection,
  keys: readonly string[],
  { name, expiresAt }: LockOwner,
): Promise<readonly string[]> {
  const ids = keys.map((key) => new ObjectId(key));
  const free = { $or: [{ locked: { $exists: false } }, { 'lpad_lock.expires': { $lt: new Date() } }] };
  const lock = { locked: true, lpad_lock: { owner: name, expires: new Date(expiresAt) } };
  const { modifiedCount } = await workflows.updateMany({ _id: { $in: ids }, ...free } as never, {
    $set: lock,
  });
  if (modifiedCount === keys.length) return keys;
  const mine = workflows.find({ _id: { $in: ids }, 'lpad_lock.owner': name, locked: true } as never, {
    projection: { _id: 1 },
  });
  return (await mine.toArray()).map((doc) => String(doc['_id']));
}

export async function unlockWorkflows(
  { workflows }: MongoConnection,
  keys: readonly string[],
  { name }: LockOwner,
): Promise<void> {
  const ids = keys.map((key) => new ObjectId(key));
  await workflows.updateMany({ _id: { $in: ids }, 'lpad_lock.owner': name } as never, { $unset: RELEASE });
}
