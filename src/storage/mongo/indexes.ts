/** FireWorks' indexes (documents.md, section 7) and those of our own collections. Creating one that is there costs nothing. */
import { MongoServerError, type IndexDescription } from 'mongodb';
import { LpadError } from '../../errors';
import type { MongoConnection } from './connection';

const FIREWORKS: readonly IndexDescription[] = [
  { key: { fw_id: 1 }, unique: true },
  ...ascending('state', 'spec._category', 'created_on', 'updated_on', 'name', 'launches'),
  {
    key: new Map([
      ['state', -1],
      ['_id', -1],
    ]),
  },
  {
    key: new Map([
      ['state', -1],
      ['spec._priority', -1],
      ['created_on', -1],
    ]),
  },
  {
    key: new Map([
      ['state', -1],
      ['spec._priority', -1],
      ['created_on', 1],
    ]),
  },
];

/** Ours: what a claim sorts by. FireWorks' indexes leave the sorting of all that is READY to each claim. */
const CLAIMS: IndexDescription = {
  key: new Map([
    ['state', 1],
    ['spec._priority', -1],
    ['fw_id', 1],
  ]),
};

const LAUNCHES: readonly IndexDescription[] = [
  { key: { launch_id: 1 }, unique: true },
  ...ascending(
    'fw_id',
    'state_history.reservation_id',
    'state',
    'time_start',
    'time_end',
    'host',
    'ip',
    'fworker.name',
  ),
];

const WORKFLOWS: readonly IndexDescription[] = [
  ...ascending('name', 'created_on', 'updated_on', 'nodes'),
  {
    key: new Map([
      ['state', -1],
      ['_id', -1],
    ]),
  },
];

/** What `lpad recover` looks back for. */
const STEPS: readonly IndexDescription[] = [
  {
    key: new Map([
      ['fingerprint', 1],
      ['decided_on', 1],
    ]),
  },
];

const JOURNAL: readonly IndexDescription[] = ascending('entry', 'run', 'status');

export async function createIndexes(
  connection: MongoConnection,
  userIndices: readonly string[] = [],
  wfUserIndices: readonly string[] = [],
): Promise<void> {
  await connection.fireworks.createIndexes([...FIREWORKS, CLAIMS, ...ascending(...userIndices)]);
  await connection.launches.createIndexes([...LAUNCHES]);
  await connection.workflows.createIndexes([...WORKFLOWS, ...ascending(...wfUserIndices)]);
  await connection.journal.createIndexes([...JOURNAL]);
  await connection.steps.createIndexes([...STEPS]);
}

/** FireWorks' `--full`: the two large collections give back the room of what was deleted. */
export async function compact({ db, fireworks, launches }: MongoConnection): Promise<void> {
  for (const { collectionName } of [fireworks, launches]) {
    try {
      await db.command({ compact: collectionName });
    } catch (error) {
      if (!(error instanceof MongoServerError)) throw error;
      // Where the server is busy with it already, or the user may not: FireWorks says nothing.
      throw new LpadError(
        'FAILED',
        `the indexes are there, but ${collectionName} could not be compacted: ${error.message}`,
        { cause: error },
      );
    }
  }
}

function ascending(...fields: readonly string[]): IndexDescription[] {
  return fields.map((field) => ({ key: { [field]: 1 } }));
}
