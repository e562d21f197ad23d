/** A query that the server refuses is the user's to mend: its words are kept, as an error of the command line. */
import { MongoServerError } from 'mongodb';
import { LpadError } from '../../../errors';

/** BadValue, FailedToParse, TypeMismatch, InvalidOptions, InvalidPipelineOperator and their kind. */
const QUERY_CODES = new Set([2, 9, 14, 31, 40, 52, 72, 168, 183, 304]);

/** Codes of single assertions in the server's parsers; those below are of the cluster. */
const FIRST_ASSERTION_CODE = 15_000;

export function translateQueryError(error: unknown): unknown {
  if (!(error instanceof MongoServerError)) return error;
  const code = Number(error.code);
  if (!QUERY_CODES.has(code) && code < FIRST_ASSERTION_CODE) return error;
  return new LpadError('BAD_QUERY', `the server cannot answer the query: ${error.message}`, {
    hint: `-q '{"state": "FIZZLED"}'`,
    cause: error,
  });
}

export async function withQueryErrors<Result>(reading: Promise<Result>): Promise<Result> {
  try {
    return await reading;
  } catch (error) {
    throw translateQueryError(error);
  }
}

export async function* iterateWithQueryErrors<Item>(items: AsyncIterable<Item>): AsyncIterable<Item> {
  try {
    yield* items;
  } catch (error) {
    throw translateQueryError(error);
  }
}
