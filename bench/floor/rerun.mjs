// Reruns without asking, journal, locks or guards: `fizzled` every FIZZLED Firework, `roots` every root and all below it.
// The documents come out as a rerun leaves them.
import { chunks, timestamp, withDatabase } from './connect.mjs';

const ARCHIVE = {
  archived_launches: {
    $sortArray: { input: { $setUnion: ['$archived_launches', '$launches'] }, sortBy: 1 },
  },
};

await withDatabase(async (db) => {
  const now = new Date();
  const fireworks = db.collection('fireworks');
  const projection = { _id: 0, fw_id: 1, name: 1, state: 1, launches: 1, archived_launches: 1 };
  const state = process.argv[2] === 'fizzled' ? 'FIZZLED' : 'COMPLETED';
  const found = await fireworks.find({ state }, { projection, batchSize: 5000 }).toArray();
  const workflows = [];
  for (const chunk of chunks(found)) {
    const filter = { nodes: { $in: chunk.map((one) => one.fw_id) } };
    workflows.push(...(await db.collection('workflows').find(filter, { batchSize: 5000 }).toArray()));
  }
  const graphs = new Map(workflows.map((one) => [String(one._id), one]));
  const below = new Set([...graphs.values()].flatMap((one) => Object.keys(one.parent_links).map(Number)));
  for (const to of ['READY', 'WAITING']) {
    const ids = found.map((one) => one.fw_id).filter((id) => below.has(id) === (to === 'WAITING'));
    for (const chunk of chunks(ids)) {
      const set = { launches: [], state: to, updated_on: timestamp(now) };
      await fireworks.updateMany({ fw_id: { $in: chunk } }, [{ $set: ARCHIVE }, { $set: set }]);
    }
  }
  for (const chunk of chunks([...graphs.values()])) await writeWorkflows(db, chunk, below, now);
});

async function writeWorkflows(db, workflows, below, now) {
  // The server makes the notes of small graphs itself; those of a large one are written out.
  if (workflows.every(({ nodes }) => nodes.length <= 100)) {
    const links = { $map: { input: { $objectToArray: '$parent_links' }, in: '$$this.k' } };
    const noted = { $cond: [{ $in: ['$$this.k', '$$below'] }, 'WAITING', 'READY'] };
    const each = { input: { $objectToArray: '$fw_states' }, in: { k: '$$this.k', v: noted } };
    const states = { $let: { vars: { below: links }, in: { $arrayToObject: { $map: each } } } };
    const filter = { _id: { $in: workflows.map((one) => one._id) } };
    await db
      .collection('workflows')
      .updateMany(filter, [{ $set: { fw_states: states, state: 'READY', updated_on: now } }]);
    return;
  }
  for (const { _id, nodes } of workflows) {
    const states = Object.fromEntries(nodes.map((id) => [id, below.has(id) ? 'WAITING' : 'READY']));
    await db
      .collection('workflows')
      .updateOne({ _id }, { $set: { fw_states: states, state: 'READY', updated_on: now } });
  }
}
