import { randomBytes } from 'node:crypto';
import { describeWith } from './outside';

/** By this the global setup tells the test files, which run in other processes, where the server is. */
export const ACTIVE_URI = 'LPAD_TEST_MONGO_URI_ACTIVE';

/** The server of this test run, if there is one. */
export function mongoUri(): string | undefined {
  return process.env[ACTIVE_URI];
}

/** `describe`, for tests that need a MongoDB. */
export function describeWithMongo(name: string, tests: () => void): void {
  describeWith('a MongoDB', mongoUri() !== undefined, name, tests);
}

export interface TestDatabase {
  /** The server's address, which names no database. */
  readonly uri: string;
  readonly name: string;
  drop(): Promise<void>;
}

/** A database that nobody else uses. It comes to be with its first document; `drop` it after the test. */
export function freshDatabase(): TestDatabase {
  const uri = mongoUri();
  if (uri === undefined) {
    throw new Error('there is no MongoDB: put these tests into describeWithMongo');
  }
  const name = `lpad_test_${randomBytes(6).toString('hex')}`;
  return { uri, name, drop: () => dropDatabase(uri, name) };
}

async function dropDatabase(uri: string, name: string): Promise<void> {
  const { MongoClient } = await import('mongodb');
  const client = new MongoClient(uri);
  try {
    await client.db(name).dropDatabase();
  } finally {
    await client.close();
  }
}
