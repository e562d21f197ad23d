/** The counters of ids: the next free numbers, as FireWorks' `fw_id_assigner` has them. */
import { toNumber } from '../bson-values';
import type { Key } from 'lmdb';
import type { EmbeddedDatabase, Table } from './lmdb/database';
import { resetCounters } from './lmdb/format';
import { decode, encode } from './lmdb/stored-bytes';

type Counter = 'next_fw_id' | 'next_launch_id';

/** The first id of a block of so many. */
export function takeIds(database: EmbeddedDatabase, counter: Counter, count: number): number {
  return database.write(({ meta }) => {
    const bytes = meta.getBinary('counters');
    // Opening a folder makes the counters; nothing removes them.
    if (!bytes) throw new Error('the embedded database has no counters');
    const counters = decode(bytes);
    const first = toNumber(counters[counter]);
    meta.putSync('counters', encode({ ...counters, [counter]: first + count }));
    return first;
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
