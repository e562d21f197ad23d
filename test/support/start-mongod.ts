import { MongoMemoryServer } from 'mongodb-memory-server';
import { findMongod } from './find-mongod';

export interface RunningMongod {
  readonly uri: string;
  /** Ends the server, unless it was running before. */
  stop(): Promise<void>;
}

/** A server for tests: the one that is running already, or a new one with an empty data folder on a free port. */
export async function startMongod(env: NodeJS.ProcessEnv = process.env): Promise<RunningMongod> {
  const found = await findMongod(env);
  if (found.kind === 'running') {
    return { uri: found.uri, stop: () => Promise.resolve() };
  }
  // Any mongod that speaks to the driver will do; mongodb-memory-server would warn that it is not of its own version.
  process.env['MONGOMS_SYSTEM_BINARY_VERSION_CHECK'] ??= 'false';
  try {
    const server = await MongoMemoryServer.create({
      binary: found.kind === 'binary' ? { systemBinary: found.path } : {},
      instance: {
        ip: '127.0.0.1',
        storageEngine: 'wiredTiger',
        // Its default is half of the memory, whatever else is running.
        args: ['--wiredTigerCacheSizeGB', '1'],
      },
    });
    return { uri: server.getUri(), stop: () => stop(server) };
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new Error(found.kind === 'download' ? `${found.because}; ${reason}` : reason, { cause: error });
  }
}

async function stop(server: MongoMemoryServer): Promise<void> {
  await server.stop();
}
