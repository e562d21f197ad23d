// Prints every FIZZLED Firework as `get_fws -d less` does.
import { withDatabase } from './connect.mjs';

await withDatabase(async (db) => {
  const projection = { _id: 0, fw_id: 1, created_on: 1, updated_on: 1, state: 1, name: 1 };
  const found = db
    .collection('fireworks')
    .find({ state: 'FIZZLED' }, { projection, sort: { fw_id: 1 }, batchSize: 5000 });
  const items = (await found.toArray()).map(({ fw_id, created_on, updated_on, state, name }) => ({
    fw_id,
    created_on,
    updated_on,
    state,
    name,
  }));
  process.stdout.write(`${JSON.stringify(items, undefined, 4)}\n`);
});
