import { ACTIVE_URI } from './mongod';
import { takeServer } from './server-of-this-run';

export default async function globalTeardown(): Promise<void> {
  const server = takeServer();
  if (server !== undefined) {
    Reflect.deleteProperty(process.env, ACTIVE_URI);
    await server.stop();
  }
}
