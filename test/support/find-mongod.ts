/** Which mongod the tests use: see "A real MongoDB for tests" in docs/architecture.md. */
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import { fetchMongod } from './fetch-mongod';

export type FoundMongod =
  | { readonly kind: 'running'; readonly uri: string }
  | { readonly kind: 'binary'; readonly path: string }
  /** mongodb-memory-server downloads its own; why there is nothing better. */
  | { readonly kind: 'download'; readonly because: string };

export async function findMongod(env: NodeJS.ProcessEnv = process.env): Promise<FoundMongod> {
  if (env['LPAD_TEST_MONGO_URI']) {
    return { kind: 'running', uri: env['LPAD_TEST_MONGO_URI'] };
  }
  const installed = env['MONGOMS_SYSTEM_BINARY'] || findOnPath('mongod', env);
  if (installed) {
    return { kind: 'binary', path: installed };
  }
  try {
    return { kind: 'binary', path: await fetchMongod() };
  } catch (error) {
    return { kind: 'download', because: error instanceof Error ? error.message : String(error) };
  }
}

export function findOnPath(program: string, env: NodeJS.ProcessEnv = process.env): string | undefined {
  return (env['PATH'] ?? '')
    .split(delimiter)
    .filter((folder) => folder !== '')
    .map((folder) => join(folder, program))
    .find(isExecutable);
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
