/** Locks of workflows: who holds one, and until when. They stand beside the documents, which they leave unchanged. */
import type { Workflow } from '../../domain/model';
import { toNumbers } from '../bson-values';
import { workflowFromDocument } from '../documents';
import type { LockHolder, LockOwner, LockResult } from '../launchpad-store';
import { waitForLocks } from '../wait-for-locks';
import { keysUnder } from './lmdb/chunks';
import type { EmbeddedDatabase, Tables } from './lmdb/database';
import { getForChange } from './lmdb/put-documents';
import { decode, encode } from './lmdb/stored-bytes';

const PAUSES = { firstMs: 10, longestMs: 250 };

export function lockWorkflows(
  database: EmbeddedDatabase,
  keys: readonly string[],
  owner: LockOwner,
  waitMs: number,
): Promise<LockResult> {
  return waitForLocks(keys, waitMs, PAUSES, (wanted) => tryLock(database, wanted, owner));
}

function tryLock(database: EmbeddedDatabase, keys: readonly string[], owner: LockOwner): readonly string[] {
  if (keys.length === 0) return [];
  return database.write((tables) => {
    const free = keys.filter((key) => {
      const holder = readLock(tables, key);
      return tables.workflows.doesExist(key) && (!holder || holder.name === owner.name);
    });
    for (const key of free) putLock(tables, key, owner);
    return free;
  });
}

export function lockWorkflowOf(
  database: EmbeddedDatabase,
  member: number,
  owner: LockOwner,
): Workflow | undefined {
  return database.write((tables) => {
    const [key] = keysUnder(tables.workflowsByMember, member);
    if (key === undefined || readLock(tables, key)) return undefined;
    const doc = getForChange(tables.workflows, key);
    if (!doc) return undefined;
    putLock(tables, key, owner);
    return workflowFromDocument(doc, key);
  });
}

/** In one step from a dead owner to another. */
export function takeOverLocks(
  database: EmbeddedDatabase,
  keys: readonly string[],
  from: string,
  owner: LockOwner,
): readonly string[] {
  return database.write((tables) => {
    for (const key of keys) if (holdsLock(tables, key, { name: from })) putLock(tables, key, owner);
    return keys.filter((key) => holdsLock(tables, key, owner));
  });
}

export function unlockWorkflows(
  database: EmbeddedDatabase,
  keys: readonly string[],
  owner: Pick<LockOwner, 'name'>,
): void {
  database.write((tables) => {
    releaseLocks(tables, keys, owner);
  });
}

export function forceUnlock(database: EmbeddedDatabase, holders: readonly LockHolder[]): void {
  database.write((tables) => {
    for (const { workflowKey, owner } of holders) if (owner) releaseLocks(tables, [workflowKey], owner);
  });
}

/** Inside of a transaction. Locks of others stay. */
export function releaseLocks(tables: Tables, keys: readonly string[], owner: Pick<LockOwner, 'name'>): void {
  for (const key of keys) if (holdsLock(tables, key, owner)) tables.locks.removeSync(key);
}

/** Whether this owner holds the lock still: nobody has taken it over. */
export function holdsLock(tables: Tables, key: string, { name }: Pick<LockOwner, 'name'>): boolean {
  return readLock(tables, key)?.name === name;
}

export function findLockHolders(
  database: EmbeddedDatabase,
  keys: readonly string[] | undefined,
): readonly LockHolder[] {
  return database.read((tables) =>
    (keys ?? [...tables.locks.getKeys()]).flatMap((workflowKey) => {
      const owner = readLock(tables, workflowKey);
      const [member = 0] = toNumbers(getForChange(tables.workflows, workflowKey)?.['nodes']);
      return owner ? [{ workflowKey, member, owner }] : [];
    }),
  );
}

function putLock({ locks }: Tables, key: string, { name, expiresAt }: LockOwner): void {
  locks.putSync(key, encode({ owner: name, expires: new Date(expiresAt) }));
}

function readLock({ locks }: Tables, key: string): LockOwner | undefined {
  const bytes = locks.getBinary(key);
  if (!bytes) return undefined;
  const { owner, expires } = decode(bytes) as { readonly owner: string; readonly expires: Date };
  return { name: owner, expiresAt: expires.getTime() };
}
