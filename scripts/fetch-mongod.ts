/** `npm run fetch-mongod`: puts a real mongod into the cache of the tests, and prints where it is. */
import { fetchMongod } from '../test/support/fetch-mongod';
import { endWith } from './run-step';

async function main(): Promise<number> {
  process.stdout.write(`${await fetchMongod()}\n`);
  return 0;
}

endWith(main);
