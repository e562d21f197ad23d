/** The open database: LMDB's environment, its tables, and the two ways to use them, reading and one transaction. */
import { join } from 'node:path';
import type { Database, Key, RootDatabase } from 'lmdb';
import { checkDataFile, noteAsLeft } from './check-file';
import { checkAccess, makeFolder } from './check-access';
import { encode } from './stored-bytes';
import { translateError } from './translate-error';

export type Table<K extends Key> = Database<Buffer, K>;

/** Documents by their ids, the indexes over them, and what is the program's own. */
export interface Tables {
  readonly fireworks: Table<number>;
  readonly launches: Table<number>;
  readonly workflows: Table<string>;
  /** By key: the lowest member and how many there are, for questions that need no graph. */
  readonly workflowExtents: Table<string>;
  /** [state, fw_id]; READY ones hold what a claim sorts by. */
  readonly fireworksByState: Table<[string, number]>;
  /** [launch_id, fw_id] of active launches. */
  readonly fireworksByLaunch: Table<[number, number]>;
  /** [fw_id, key of the workflow]. */
  readonly workflowsByMember: Table<[number, string]>;
  /** [reservation id, launch_id]. */
  readonly launchesByReservation: Table<[string, number]>;
  readonly launchRecords: Table<number>;
  readonly offlineRuns: Table<number>;
  /** [collection, _id]: GridFS of an imported MongoDB, kept so that an export gives it back. */
  readonly foreignDocuments: Table<[string, string]>;
  readonly cache: Table<string>;
  readonly locks: Table<string>;
  readonly journal: Table<string>;
  readonly journalHeads: Table<string>;
  /** Of `lpad recover`: leases by name, nights by key, steps by night and fw_id. */
  readonly leases: Table<string>;
  readonly nights: Table<string>;
  readonly recoverySteps: Table<[string, number]>;
  readonly quarantines: Table<number>;
  /** The format, and the counters. */
  readonly meta: Table<string>;
}

const TABLE_NAMES: Readonly<Record<keyof Tables, string>> = {
  fireworks: 'fireworks',
  launches: 'launches',
  workflows: 'workflows',
  workflowExtents: 'workflow_extents',
  fireworksByState: 'fireworks_by_state',
  fireworksByLaunch: 'fireworks_by_launch',
  workflowsByMember: 'workflows_by_member',
  launchesByReservation: 'launches_by_reservation',
  launchRecords: 'launch_records',
  offlineRuns: 'offline_runs',
  foreignDocuments: 'foreign_documents',
  cache: 'cache',
  locks: 'locks',
  journal: 'journal',
  journalHeads: 'journal_heads',
  leases: 'leases',
  nights: 'nights',
  recoverySteps: 'recovery_steps',
  quarantines: 'quarantines',
  meta: 'meta',
};

/** Each process that reads takes a place in LMDB's table of readers. */
const MAX_READERS = 1000;

export class EmbeddedDatabase {
  readonly tables: Tables;
  readonly #root: RootDatabase<Buffer, string>;
  readonly #file: string;
  #hasWritten = false;

  private constructor(root: RootDatabase<Buffer, string>, tables: Tables, file: string) {
    this.#root = root;
    this.tables = tables;
    this.#file = file;
  }

  static async open(folder: string): Promise<EmbeddedDatabase> {
    const path = join(folder, 'lpad.lmdb');
    const file = join(path, 'data.mdb');
    try {
      makeFolder(path);
      checkAccess(path);
      checkDataFile(file);
      const { open } = await import('lmdb');
      // lmdb declares what `open` returns as a class that it does not export.
      // eslint-disable-next-line @typescript-eslint/no-unsafe-class-instance-assignment
      const root: RootDatabase<Buffer, string> = open<Buffer, string>({
        path,
        encoding: 'binary',
        maxDbs: 32,
        maxReaders: MAX_READERS,
        noSubdir: false,
      });
      return new EmbeddedDatabase(root, openTables(root), file);
    } catch (error) {
      throw translateError(error, folder, file);
    }
  }

  /** Sees what other processes have committed until now. */
  read<Result>(action: (tables: Tables) => Result): Result {
    try {
      this.#root.resetReadTxn();
      return action(this.tables);
    } catch (error) {
      throw translateError(error, this.#file, this.#file);
    }
  }

  /** All that `action` writes comes to be at once and outlives a crash, or, when it throws, nothing of it. */
  write<Result>(action: (tables: Tables) => Result): Result {
    try {
      this.#hasWritten = true;
      return this.#root.transactionSync(() => action(this.tables));
    } catch (error) {
      throw translateError(error, this.#file, this.#file);
    }
  }

  /**
   * Before a sync, and closing is one, lmdb waits until the last transaction of the file is the last that the lock file
   * tells of. A process that is killed between the two writes leaves them different until somebody commits: so we do.
   */
  async close(): Promise<void> {
    if (this.#hasWritten) this.write(({ meta }) => meta.putSync('closed', encode({ by: process.pid })));
    await this.#root.close();
    noteAsLeft(this.#file);
  }
}

function openTables(root: RootDatabase<Buffer, string>): Tables {
  const tables = Object.entries(TABLE_NAMES).map(([table, name]) => [
    table,
    root.openDB({ name, encoding: 'binary' }) as unknown,
  ]);
  return Object.fromEntries(tables) as Tables;
}
