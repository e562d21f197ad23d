/** An open connection to a FireWorks database: its collections, read so that numbers keep their BSON type. */
import { MongoClient, MongoServerSelectionError, type Collection, type Db } from 'mongodb';
import { LpadError, messageOf } from '../../errors';
import { READ_OPTIONS } from '../bson-values';
import type { StoredDocument } from '../documents';

export interface MongoStoreOptions {
  readonly uri: string;
  readonly database: string;
  readonly clientOptions?: Readonly<Record<string, unknown>>;
  /** Host and database for people, without credentials. */
  readonly display?: string;
  /** Further indexes of `fireworks` and `workflows` (FireWorks' `user_indices`, `wf_user_indices`). */
  readonly userIndices?: readonly string[];
  readonly wfUserIndices?: readonly string[];
}

export interface MongoConnection {
  readonly client: MongoClient;
  readonly db: Db;
  readonly fireworks: Collection<StoredDocument>;
  readonly launches: Collection<StoredDocument>;
  readonly workflows: Collection<StoredDocument>;
  readonly counters: Collection<StoredDocument>;
  readonly launchRecords: Collection<StoredDocument>;
  readonly offlineRuns: Collection<StoredDocument>;
  readonly journal: Collection<StoredDocument>;
  readonly cache: Collection<StoredDocument>;
  /** Of `lpad recover`. */
  readonly leases: Collection<StoredDocument>;
  readonly nights: Collection<StoredDocument>;
  readonly steps: Collection<StoredDocument>;
  readonly quarantines: Collection<StoredDocument>;
  /** Actions that are too large for a document. */
  readonly gridFiles: Collection<StoredDocument>;
  readonly gridChunks: Collection<StoredDocument>;
  /** 17 is MongoDB 6.0. */
  readonly wireVersion: number;
}

const SERVER_SELECTION_MS = 3000;

export async function connect(options: MongoStoreOptions, display: string): Promise<MongoConnection> {
  let client: MongoClient | undefined;
  try {
    client = new MongoClient(options.uri, {
      serverSelectionTimeoutMS: SERVER_SELECTION_MS,
      appName: 'lpad',
      ...options.clientOptions,
      ...READ_OPTIONS,
    });
    const db = client.db(options.database);
    const hello = await db.command({ hello: 1 }, { promoteValues: true });
    return {
      client,
      db,
      fireworks: db.collection('fireworks'),
      launches: db.collection('launches'),
      workflows: db.collection('workflows'),
      counters: db.collection('fw_id_assigner'),
      launchRecords: db.collection('lpad_launch_records'),
      offlineRuns: db.collection('offline_runs'),
      journal: db.collection('lpad_journal'),
      cache: db.collection('lpad_cache'),
      leases: db.collection('lpad_leases'),
      nights: db.collection('lpad_nights'),
      steps: db.collection('lpad_recovery_steps'),
      quarantines: db.collection('lpad_quarantine'),
      gridFiles: db.collection('fw_gridfs.files'),
      gridChunks: db.collection('fw_gridfs.chunks'),
      wireVersion: Number(hello['maxWireVersion']),
    };
  } catch (error) {
    await client?.close();
    throw connectionError(error, display);
  }
}

/** Says which server and why, never with the URI itself: it may hold a password. */
function connectionError(error: unknown, display: string): LpadError {
  const why = error instanceof MongoServerSelectionError ? (error.cause ?? error) : error;
  return new LpadError('NO_DATABASE', `no MongoDB answers at ${display}: ${messageOf(why)}`, {
    hint: 'check that the server runs and that the host and port are right: lpad -l my_launchpad.yaml …, or LPAD_URI',
    cause: error,
  });
}
