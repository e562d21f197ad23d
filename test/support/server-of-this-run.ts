import type { RunningMongod } from './start-mongod';

// jest loads its global setup and teardown apart from each other: only the global object is the same for both.
const KEY = Symbol.for('lpad.test.mongod');
const shared = globalThis as { [KEY]?: RunningMongod | undefined };

export function keepServer(server: RunningMongod): void {
  shared[KEY] = server;
}

/** Hands the server out once. */
export function takeServer(): RunningMongod | undefined {
  const server = shared[KEY];
  shared[KEY] = undefined;
  return server;
}
