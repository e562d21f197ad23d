/** `npm run with-mongod -- COMMAND...`: runs a command with LPAD_TEST_MONGO_URI naming a MongoDB made for it. */
import { startMongod } from '../test/support/start-mongod';
import { endWith, runInherited } from './run-step';

async function main(): Promise<number> {
  const [command, ...args] = process.argv.slice(2);
  if (command === undefined) {
    process.stderr.write('usage: npm run with-mongod -- COMMAND ARGUMENTS...\n');
    return 2;
  }
  const server = await startMongod();
  try {
    return await runInherited(command, args, { ...process.env, LPAD_TEST_MONGO_URI: server.uri });
  } finally {
    await server.stop();
  }
}

endWith(main);
