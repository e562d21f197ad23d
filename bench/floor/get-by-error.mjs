// Prints the ids of the Fireworks of which an active launch failed with this error.
import { chunks, withDatabase } from './connect.mjs';

await withDatabase(async (db) => {
  const query = { 'action.stored_data._exception._stacktrace': { $regex: process.argv[2] } };
  const launches = await db
    .collection('launches')
    .find(query, { projection: { _id: 0, launch_id: 1 } })
    .toArray();
  const ids = [];
  for (const chunk of chunks(launches.map((one) => one.launch_id))) {
    const owners = db
      .collection('fireworks')
      .find({ launches: { $in: chunk } }, { projection: { _id: 0, fw_id: 1 } });
    for (const { fw_id } of await owners.toArray()) ids.push(fw_id);
  }
  ids.sort((one, other) => one - other);
  process.stdout.write(`${JSON.stringify(ids, undefined, 4)}\n`);
});
