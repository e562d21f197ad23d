/** What stops a query: MongoDB would refuse it too, or the embedded store cannot answer it as MongoDB does. */
import { LpadError } from '../../../errors';

export function cannotDo(what: string): LpadError {
  return new LpadError('BAD_QUERY', `the embedded store cannot do ${what} in a query`, {
    hint: 'ask for something simpler, or use a MongoDB server',
  });
}

export function malformed(what: string): LpadError {
  return new LpadError('BAD_QUERY', `the query is wrong: ${what}`);
}
