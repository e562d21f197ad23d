/** A MongoDB of a test's own, which may be killed and started again with its data. */
import { spawn, type ChildProcess } from 'node:child_process';
import { createServer, type AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { MongoClient } from 'mongodb';
import { findMongod } from '../support/find-mongod';

export interface OwnMongod {
  readonly uri: string;
  kill(): Promise<void>;
  start(): Promise<void>;
}

/** Undefined where there is no program to start: only a server that runs, or a download. */
export async function ownMongod(folder: string): Promise<OwnMongod | undefined> {
  const { LPAD_TEST_MONGO_URI: _running, ...env } = process.env;
  const found = await findMongod(env);
  if (found.kind !== 'binary') return undefined;
  const port = await freePort();
  const uri = `mongodb://127.0.0.1:${String(port)}`;
  const args = ['--dbpath', folder, '--port', String(port), '--bind_ip', '127.0.0.1', '--quiet'];
  let child: ChildProcess | undefined;
  return {
    uri,
    kill: async () => {
      const ended = new Promise((resolve) => child?.once('exit', resolve));
      child?.kill('SIGKILL');
      await ended;
      child = undefined;
    },
    start: async () => {
      child = spawn(found.path, [...args, '--wiredTigerCacheSizeGB', '0.25'], { stdio: 'ignore' });
      await answers(uri);
    },
  };
}

async function answers(uri: string): Promise<void> {
  for (let tries = 1; ; tries += 1) {
    const client = new MongoClient(uri, { serverSelectionTimeoutMS: 500 });
    try {
      await client.db('admin').command({ ping: 1 });
      return;
    } catch (error) {
      if (tries === 60) throw error;
      await sleep(200);
    } finally {
      await client.close();
    }
  }
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => resolve(port));
    });
  });
}
