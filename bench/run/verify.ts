/** Whether a run did what it should have: a fast wrong answer is no answer. */
import { isDeepStrictEqual } from 'node:util';
import type { Db } from 'mongodb';
import type { Row } from '../rows/row';
import type { Document } from '../state/documents';

const SAMPLES = 20;

/** Throws where the states do not add up; else whole documents, evenly spread, to compare with another program's. */
export async function inspectRerun(db: Db, { seed }: Row): Promise<readonly Document[]> {
  const total = seed.graph.size * seed.workflows;
  const expected = { READY: seed.workflows, WAITING: total - seed.workflows };
  const fireworks = db.collection('fireworks');
  for (const [state, count] of Object.entries(expected)) {
    const found = await fireworks.countDocuments({ state, launches: [] });
    if (found !== count) throw new Error(`${found} Fireworks are ${state}, not ${count}`);
  }
  const locked = await db.collection('workflows').countDocuments({ locked: { $exists: true } });
  if (locked > 0) throw new Error(`${locked} workflows are still locked`);
  const step = Math.max(1, Math.floor(total / SAMPLES));
  const ids = Array.from({ length: Math.min(SAMPLES, total) }, (_, index) => index * step + 1);
  const sampled = await fireworks.find({ fw_id: { $in: ids } }, { sort: { fw_id: 1 } }).toArray();
  const workflows = await db
    .collection('workflows')
    .find({ nodes: { $in: ids } }, { sort: { _id: 1 } })
    .toArray();
  return [...sampled, ...workflows].map(withoutMoment);
}

/** Throws where the states do not add up; what ran elsewhere at other moments is not compared document by document. */
export async function inspectStates(
  db: Db,
  leaves: Readonly<Record<string, number>>,
): Promise<readonly Document[]> {
  for (const [state, count] of Object.entries(leaves)) {
    const found = await db.collection('fireworks').countDocuments({ state });
    if (found !== count) throw new Error(`${found} Fireworks are ${state}, not ${count}`);
    const noted = {
      $expr: { $in: [state, { $map: { input: { $objectToArray: '$fw_states' }, in: '$$this.v' } }] },
    };
    if (count > 0 && (await db.collection('workflows').countDocuments(noted)) === 0)
      throw new Error(`no workflow notes a Firework that is ${state}`);
  }
  const locked = await db.collection('workflows').countDocuments({ locked: { $exists: true } });
  if (locked > 0) throw new Error(`${locked} workflows are still locked`);
  return [];
}

/** The moment of the rerun, and an order that carries no meaning, are all in which two reruns may differ. */
function withoutMoment({ updated_on, nodes, ...rest }: Document): Document {
  const sorted = Array.isArray(nodes)
    ? { nodes: [...(nodes as readonly number[])].sort((one, other) => one - other) }
    : {};
  return { ...rest, ...sorted, updated_on: typeof updated_on };
}

export function firstDifference(ours: readonly Document[], theirs: readonly Document[]): string | undefined {
  const at = ours.findIndex((doc, index) => !isDeepStrictEqual(doc, theirs[index]));
  if (at < 0) return undefined;
  return `${JSON.stringify(ours[at]).slice(0, 1000)} and ${JSON.stringify(theirs[at]).slice(0, 1000)}`;
}

/** What a query printed, as data. */
export function inspectOutput(stdout: string): readonly Document[] {
  const found: unknown = JSON.parse(stdout);
  return (Array.isArray(found) ? found : [found]) as Document[];
}
