/** Starts one MongoDB for all test files that need one, and makes the folder that they share. */
import { ACTIVE_URI } from './mongod';
import { provide } from './outside';
import { makeRunFolder } from './run-folder';
import { keepServer } from './server-of-this-run';
import { startMongod } from './start-mongod';

export default async function globalSetup(): Promise<void> {
  makeRunFolder();
  if (process.env[ACTIVE_URI] !== undefined) {
    return;
  }
  const server = await provide('MongoDB for tests', () => startMongod());
  if (server !== undefined) {
    keepServer(server);
    process.env[ACTIVE_URI] = server.uri;
  }
}
