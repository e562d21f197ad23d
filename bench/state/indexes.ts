/** FireWorks' indexes, as its tune-up leaves them (documents.md, section 7), and those of ours. */
import type { Db } from 'mongodb';

type Fields = readonly (readonly [string, 1 | -1])[];

const INDEXES: Readonly<Record<string, readonly Fields[]>> = {
  fireworks: [
    ...ascending('state', 'spec._category', 'created_on', 'updated_on', 'name', 'launches'),
    [
      ['state', -1],
      ['_id', -1],
    ],
    [
      ['state', -1],
      ['spec._priority', -1],
      ['created_on', -1],
    ],
    [
      ['state', -1],
      ['spec._priority', -1],
      ['created_on', 1],
    ],
    [
      ['state', 1],
      ['spec._priority', -1],
      ['fw_id', 1],
    ],
  ],
  launches: ascending(
    'fw_id',
    'state_history.reservation_id',
    'state',
    'time_start',
    'time_end',
    'host',
    'ip',
    'fworker.name',
  ),
  workflows: [
    ...ascending('name', 'created_on', 'updated_on', 'nodes'),
    [
      ['state', -1],
      ['_id', -1],
    ],
  ],
  lpad_journal: ascending('entry', 'run', 'status'),
};

const UNIQUE = { fireworks: 'fw_id', launches: 'launch_id' } as const;

export async function createIndexes(db: Db): Promise<void> {
  for (const [name, key] of Object.entries(UNIQUE)) {
    await db.collection(name).createIndexes([{ key: { [key]: 1 }, unique: true }]);
  }
  for (const [name, keys] of Object.entries(INDEXES)) {
    await db.collection(name).createIndexes(keys.map((fields) => ({ key: new Map(fields) })));
  }
}

function ascending(...fields: readonly string[]): readonly Fields[] {
  return fields.map((field) => [[field, 1]]);
}
