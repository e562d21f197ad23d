/** The counters of ids: the next free numbers, as FireWorks' `fw_id_assigner` has them. */
import { toNumber } from '../bson-values';
import type { Key } from 'lmdb';
import type { StoredDocument } from '../documents';
import type { Counters } from '../launchpad-store';
import type { EmbeddedDatabase, Table, Tables } from './lmdb/database';
import { resetCounters } from './lmdb/format';
import { decode, encode } from './lmdb/stored-bytes';

type Counter = 'next_fw_id' | 'next_launch_id';

/** The first id of a block of so many. */
export function takeIds(database: EmbeddedDatabase, counter: Counter, count: number): number {
  return database.write(({ meta }) => {
    const counters = countersOf(meta);
    const first = toNumber(counters[counter]);
    meta.putSync('counters', encode({ ...counters, [counter]: first + count }));
    return first;
  });
}

function countersOf(meta: Tables['meta']): StoredDocument {
  const bytes = meta.getBinary('counters');
  // Opening a folder makes the counters; nothing removes them.
  if (!bytes) throw new Error('the embedded database has no counters');
  return decode(bytes);
}

export function readCounters(database: EmbeddedDatabase): Counters {
  const found = database.read(({ meta }) => countersOf(meta));
  return { nextFwId: toNumber(found['next_fw_id']), nextLaunchId: toNumber(found['next_launch_id']) };
}

export function raiseCounters(database: EmbeddedDatabase, { nextFwId, nextLaunchId }: Counters): void {
  database.write(({ meta }) => {
    const found = countersOf(meta);
    const raised = {
      next_fw_id: Math.max(toNumber(found['next_fw_id']), nextFwId),
      next_launch_id: Math.max(toNumber(found['next_launch_id']), nextLaunchId),
    };
    meta.putSync('counters', encode({ ...found, ...raised }));
  });
}

export function resetDatabase(database: EmbeddedDatabase): void {
  database.write(({ meta, ...others }) => {
    for (const table of Object.values(others) as readonly Table<Key>[]) clear(table);
    resetCounters(meta);
  });
}

function clear(table: Table<Key>): void {
  for (const key of [...table.getKeys()]) table.removeSync(key);
}
