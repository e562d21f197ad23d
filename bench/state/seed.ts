/** The state of a row: built once, kept in collections of its own, and put back before every run. */
import type { Db } from 'mongodb';
import { createIndexes } from './indexes';
import {
  fireworkDocument,
  launchDocument,
  workflowDocument,
  type Document,
  type SeedState,
} from './documents';
import type { Graph } from './graph';

export interface Seed {
  readonly graph: Graph;
  /** How many workflows of this graph. */
  readonly workflows: number;
  readonly state: SeedState;
}

const COLLECTIONS = ['fireworks', 'launches', 'workflows'] as const;
const INSERT_AT_ONCE = 5000;

export async function buildState(db: Db, { graph, workflows, state }: Seed): Promise<void> {
  await db.dropDatabase();
  await createIndexes(db);
  const total = graph.size * workflows;
  const ids = numbers(total);
  const launches = state === 'READY' ? [] : ids;
  if (state !== 'READY') await insertAll(db, 'launches', ids, (id) => launchDocument(id, state));
  await insertAll(db, 'fireworks', ids, (id) => fireworkDocument(id, nameOf(id, graph), state));
  await insertAll(db, 'workflows', numbers(workflows), (n) =>
    workflowDocument(graph, (n - 1) * graph.size + 1, state),
  );
  await db
    .collection<Document & { _id: number }>('fw_id_assigner')
    .insertOne({ _id: -1, next_fw_id: total + 1, next_launch_id: launches.length + 1 });
  for (const name of COLLECTIONS) await copy(db, name, `kept_${name}`);
}

/** As if nothing had run: `$out` keeps the indexes of what it replaces. Launches are changed by rockets alone. */
export async function restoreState(db: Db, { graph, workflows, state }: Seed): Promise<void> {
  await copy(db, 'kept_fireworks', 'fireworks');
  await copy(db, 'kept_workflows', 'workflows');
  await db.collection('lpad_journal').deleteMany({});
  if (state !== 'READY') return;
  await db.collection('launches').deleteMany({});
  await db
    .collection<Document & { _id: number }>('fw_id_assigner')
    .updateOne({ _id: -1 }, { $set: { next_fw_id: graph.size * workflows + 1, next_launch_id: 1 } });
}

/** Every workflow has one `root`, by which it is selected. */
export function nameOf(id: number, graph: Graph): string {
  return (id - 1) % graph.size === 0 ? 'root' : 'step';
}

async function copy(db: Db, from: string, to: string): Promise<void> {
  await db
    .collection(from)
    .aggregate([{ $out: to }])
    .toArray();
}

async function insertAll(
  db: Db,
  name: string,
  ids: readonly number[],
  create: (id: number) => Document,
): Promise<void> {
  for (let start = 0; start < ids.length; start += INSERT_AT_ONCE) {
    await db.collection(name).insertMany(ids.slice(start, start + INSERT_AT_ONCE).map(create));
  }
}

function numbers(count: number): readonly number[] {
  return Array.from({ length: count }, (_, index) => index + 1);
}
