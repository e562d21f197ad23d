/** The store of an arm: a folder, or a database of its own, which is removed when the simulation ends unless it is kept. */
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { MongoClient } from 'mongodb';
import { createEmbeddedStore } from '../../../src/storage/embedded/embedded-store';
import type { LaunchPadStore } from '../../../src/storage/launchpad-store';
import { createMongoStore } from '../../../src/storage/mongo/mongo-store';

export interface StoreOptions {
  /** Of a MongoDB; without it the store is a folder. */
  readonly uri: string | undefined;
  /** Where everything is left, with my_launchpad.yaml and the policy. */
  readonly keep: string | undefined;
}

/** In memory where that is a folder: each of a hundred thousand writes waits for the disk otherwise. */
const MEMORY = '/dev/shm';

export interface ArmStore {
  readonly store: LaunchPadStore;
  /** With my_launchpad.yaml. */
  readonly folder: string;
  close(): Promise<void>;
}

export async function openArmStore(
  name: string,
  policyFile: string,
  { uri, keep }: StoreOptions,
): Promise<ArmStore> {
  const folder = keep === undefined ? temporaryFolder() : resolve(keep, name);
  if (keep !== undefined) mkdirSync(folder, { recursive: true });
  copyFileSync(policyFile, join(folder, 'recovery.yaml'));
  const database = `lpad_nights_${name}${keep === undefined ? `_${String(process.pid)}` : ''}`;
  const config = uri === undefined ? { path: 'db' } : { host: uri, name: database, uri_mode: true };
  // JSON is YAML, too.
  writeFileSync(join(folder, 'my_launchpad.yaml'), `${JSON.stringify(config)}\n`);
  const store =
    uri === undefined
      ? createEmbeddedStore({ folder: join(folder, 'db') })
      : createMongoStore({ uri, database });
  await store.open();
  await store.reset();
  const close = async (): Promise<void> => {
    await store.close();
    if (keep !== undefined) return;
    if (uri !== undefined) await drop(uri, database);
    rmSync(folder, { recursive: true, force: true });
  };
  return { store, folder, close };
}

function temporaryFolder(): string {
  return mkdtempSync(join(existsSync(MEMORY) ? MEMORY : tmpdir(), 'lpad-nights-'));
}

async function drop(uri: string, database: string): Promise<void> {
  const client = new MongoClient(uri);
  await client.db(database).dropDatabase();
  await client.close();
}
