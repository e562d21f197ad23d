import { ACTIVE_URI } from './mongod';
import { removeRunFolder } from './run-folder';
import { takeServer } from './server-of-this-run';

export default async function globalTeardown(): Promise<void> {
  removeRunFolder();
  const server = takeServer();
  if (server !== undefined) {
    Reflect.deleteProperty(process.env, ACTIVE_URI);
    await server.stop();
  }
}
