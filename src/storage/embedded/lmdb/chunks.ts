/** Long reads in pieces: each piece is one moment of the database, and between pieces signals and timers get their turn. */
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Key } from 'lmdb';
import type { EmbeddedDatabase, Table, Tables } from './database';

const CHUNK = 200;
const TURN_MS = 20;

export interface Entry<K> {
  readonly key: K;
  readonly bytes: Buffer;
}

export async function* scan<K extends Key>(
  database: EmbeddedDatabase,
  choose: (tables: Tables) => Table<K>,
  options: { readonly reverse?: boolean; readonly start?: K } = {},
): AsyncGenerator<Entry<K>> {
  const rest = breather();
  let from: { readonly start: K; readonly exclusiveStart: true } | Record<string, never> = {};
  for (;;) {
    const entries = database.read((tables) =>
      readRange(choose(tables), { ...options, ...from, limit: CHUNK }),
    );
    yield* entries;
    const last = entries.at(-1);
    if (last === undefined || entries.length < CHUNK) return;
    from = { start: last.key, exclusiveStart: true };
    await rest();
  }
}

/** Those of these keys that exist, in the given order. */
export async function* getEach<K extends Key>(
  database: EmbeddedDatabase,
  choose: (tables: Tables) => Table<K>,
  keys: readonly K[],
): AsyncGenerator<Entry<K>> {
  const rest = breather();
  for (let start = 0; start < keys.length; start += CHUNK) {
    yield* database.read((tables) => getAll(choose(tables), keys.slice(start, start + CHUNK)));
    await rest();
  }
}

/** All keys that begin with `first`. */
export function keysUnder<First extends string | number, Second extends string | number>(
  table: Table<[First, Second]>,
  first: First,
): readonly Second[] {
  const seconds: Second[] = [];
  for (const [found, second] of table.getKeys({ start: [first] })) {
    if (found !== first) break;
    seconds.push(second);
  }
  return seconds;
}

/** A function to await now and then: it lets the event loop turn when the last turn is some time ago. */
export function breather(): () => Promise<void> {
  let last = Date.now();
  return async () => {
    if (Date.now() - last < TURN_MS) return;
    await nextTurn();
    last = Date.now();
  };
}

function readRange<K extends Key>(table: Table<K>, range: object): readonly Entry<K>[] {
  const entries: Entry<K>[] = [];
  // The buffer of a range is copied by lmdb for each entry.
  for (const { key, value } of table.getRange(range)) entries.push({ key, bytes: value });
  return entries;
}

function getAll<K extends Key>(table: Table<K>, keys: readonly K[]): readonly Entry<K>[] {
  return keys.flatMap((key) => {
    const bytes = table.getBinary(key);
    return bytes ? [{ key, bytes }] : [];
  });
}
