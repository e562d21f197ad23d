/** Both rockets on databases of their own, and what they leave in them, without what differs from run to run. */
import { EJSON } from 'bson';
import type { Document, Filter, MongoClient } from 'mongodb';
import { AUTOMATIC_FWORKER } from '../../src/config/fworker';
import type { Firetask } from '../../src/rocket/define-firetask';
import { createFiretaskRegistry } from '../../src/rocket/firetask-registry';
import { pythonFiretasks } from '../../src/rocket/firetasks/python/python-firetasks';
import { rapidfire, type RapidfireOptions } from '../../src/rocket/rapidfire';
import { launchRocket } from '../../src/rocket/rocket';
import { createMongoStore } from '../../src/storage/mongo/mongo-store';
import { peerPython } from '../support/install-peer';
import type { TestDatabase } from '../support/mongod';

const silent = {
  debug: () => undefined,
  info: () => undefined,
  warn: () => undefined,
  error: () => undefined,
};

/** One Firework, in this folder; false when there is none to run. */
export async function runOneOfOurs(folder: string, { uri, name }: TestDatabase): Promise<boolean> {
  const store = createMongoStore({ uri, database: name });
  await store.open();
  try {
    const outcome = await launchRocket({
      store,
      worker: AUTOMATIC_FWORKER,
      registry: createFiretaskRegistry(),
      launchDir: folder,
      logger: silent,
      signal: new AbortController().signal,
      output: { stdout: 2, writeStderr: () => undefined },
    });
    return outcome.kind === 'ran';
  } finally {
    await store.close();
  }
}

/** All that is READY, by our rocket, in new folders of this one. */
export async function runOurs(
  folder: string,
  { uri, name }: TestDatabase,
  options: Partial<RapidfireOptions> = {},
): Promise<void> {
  const store = createMongoStore({ uri, database: name });
  await store.open();
  try {
    await rapidfire({
      store,
      worker: AUTOMATIC_FWORKER,
      registry: createFiretaskRegistry(peerFiretasks(folder)),
      folder,
      nlaunches: 0,
      sleepSecs: 1,
      logger: silent,
      signal: new AbortController().signal,
      localRedirect: true,
      ...options,
    });
  } finally {
    await store.close();
  }
}

/** Those that run in the Python of the peer. */
export function peerFiretasks(startedIn: string, firetasks: readonly string[] = []): readonly Firetask[] {
  const options = { command: peerPython() ?? '', startedIn, firetasks };
  return pythonFiretasks(options, { jinja2: true, fireworks: true });
}

/** What a database holds, of the workflows of a query with its Fireworks and launches. */
export async function documents(
  client: MongoClient,
  { name }: TestDatabase,
  folder: string,
  query: Filter<Document> = {},
): Promise<unknown> {
  const db = client.db(name);
  const all: Record<string, unknown> = {};
  const workflows = await db.collection('workflows').find(query).toArray();
  const ids = workflows.flatMap((one) => (one['nodes'] as readonly unknown[]).map(Number));
  for (const [collection, key, where] of [
    ['fireworks', 'fw_id', { fw_id: { $in: ids } }],
    ['launches', 'launch_id', { fw_id: { $in: ids } }],
    ['workflows', 'name', { nodes: { $in: ids } }],
  ] as const) {
    const found = await db
      .collection(collection)
      .find(where, { projection: { _id: 0 }, sort: { [key]: 1 }, promoteValues: false })
      .toArray();
    all[collection] = found.map((doc) => comparable(EJSON.serialize(doc, { relaxed: false }), folder));
  }
  return all;
}

const ISO = /^\d{4}-\d\d-\d\dT[\d:]{8}(\.\d{6})?\+00:00$/;

/** Types and values, without what differs from run to run. */
function comparable(value: unknown, folder: string, key = ''): unknown {
  if (typeof value === 'string') {
    if (ISO.test(value)) return '<date>';
    if (key === '_stacktrace') return value.trimEnd().split('\n').at(-1);
    return value.replace(folder, '<folder>').replace(/launcher_[-\d]+/, '<launcher>');
  }
  if (Array.isArray(value)) {
    const items = value.map((item) => comparable(item, folder));
    if (key === 'detours') return items.map(loneFirework);
    // Python keeps it as a set.
    return key === 'nodes' || key === LINKED ? sorted(items) : items;
  }
  if (typeof value !== 'object' || value === null) return value;
  if ('$date' in value) return { $date: '<date>' };
  if (key === 'runtime_secs') return Object.keys(value);
  const inner = key === 'links' || key === 'parent_links' ? LINKED : undefined;
  return Object.fromEntries(
    Object.entries(value).map(([name, part]) => [name, comparable(part, folder, inner ?? name)]),
  );
}

/** Lists of links have no order either. */
const LINKED = 'links of one';

function sorted(items: readonly unknown[]): readonly unknown[] {
  return [...items].sort((one, other) => JSON.stringify(one).localeCompare(JSON.stringify(other)));
}

/** We store a workflow of one where Python's constructors leave a Firework; the ids go down within its process. */
function loneFirework(detour: unknown): unknown {
  const { fws } = detour as { readonly fws?: readonly unknown[] };
  return { ...((fws?.[0] ?? detour) as object), fw_id: '<id>' };
}
