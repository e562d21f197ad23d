/**
 * Loaded before the program (`node --import`): ends it with SIGKILL at one of its writes, which it counts document by
 * document. CHAOS_KILL_AT is the number of the write before which it dies; without it, the last line of stderr tells how
 * many there are. A MongoDB command over many documents is cut in two: the server may have done a part of it.
 */
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

const require = createRequire(import.meta.url);
const killAt = Number(process.env.CHAOS_KILL_AT ?? Infinity);
const store = process.env.CHAOS_STORE;
let writes = 0;

function die() {
  process.kill(process.pid, 'SIGKILL');
  // The signal comes at once, but not before this call returns.
  for (;;);
}

/** How many of so many writes may still happen; all of them, unless the end is near. */
function allowed(count) {
  const left = killAt - writes;
  writes += count;
  return left <= count ? left : count;
}

if (store === 'mongodb') {
  const { Collection } = require('mongodb');
  const { prototype } = Collection;
  const cutInTwo = {
    insertOne: () => undefined,
    updateOne: () => undefined,
    replaceOne: () => undefined,
    findOneAndUpdate: () => undefined,
    bulkWrite: (kept, operations, ...rest) => [operations.slice(0, kept), ...rest],
    updateMany: (kept, filter, ...rest) => {
      const [key, ids] = Object.entries(filter).find(([, condition]) => condition?.$in) ?? [];
      return key ? [{ ...filter, [key]: { $in: ids.$in.slice(0, kept) } }, ...rest] : undefined;
    },
  };
  for (const [name, cut] of Object.entries(cutInTwo)) {
    const original = prototype[name];
    prototype[name] = async function (...args) {
      const count = countOf(name, args);
      const kept = allowed(count);
      if (kept >= count && writes < killAt) return original.apply(this, args);
      if (kept >= count) {
        await original.apply(this, args);
        return die();
      }
      const part = kept > 0 ? cut(kept, ...args) : undefined;
      if (part) await original.apply(this, part);
      return die();
    };
  }
}

function countOf(name, [first]) {
  if (name === 'bulkWrite') return Math.max(1, first.length);
  if (name !== 'updateMany') return 1;
  const condition = Object.values(first).find((one) => one?.$in);
  return Math.max(1, condition?.$in.length ?? 1);
}

if (store === 'embedded') {
  // lmdb makes its classes anew at each open: they are changed there.
  const database = join(dirname(process.argv[1]), '../dist/storage/embedded/lmdb/database.js');
  const { EmbeddedDatabase } = require(database);
  const { open } = EmbeddedDatabase;
  EmbeddedDatabase.open = async (...args) => {
    const opened = await open.apply(EmbeddedDatabase, args);
    countWrites(opened.tables.fireworks);
    return opened;
  };
}

function countWrites(table) {
  for (const name of ['putSync', 'removeSync']) {
    const home = homeOf(table, name);
    const original = home[name];
    home[name] = function (...args) {
      if (allowed(1) < 1) die();
      return original.apply(this, args);
    };
  }
  const home = homeOf(table, 'transactionSync');
  const original = home.transactionSync;
  home.transactionSync = function (...args) {
    const result = original.apply(this, args);
    if (allowed(1) < 1) die();
    return result;
  };
}

function homeOf(object, name) {
  let home = object;
  while (home && !Object.hasOwn(home, name)) home = Object.getPrototypeOf(home);
  if (!home) throw new Error(`lmdb has no ${name}`);
  return home;
}

process.on('exit', () => process.stderr.write(`\nwrites: ${String(writes)}\n`));
