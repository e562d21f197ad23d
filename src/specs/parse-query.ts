/**
 * Queries and values of the command line: JSON, Extended JSON, or the Python literals that FireWorks' users have in their
 * scripts.
 */
import { isObject, type Value, type ValueObject } from '../domain/model';
import { LpadError } from '../errors';
import { shownValue } from './problems';
import { fromExtendedJson } from './reading/extended-json';
import { readPythonLiteral } from './reading/python-literal';
import { readJson } from './reading/read-json';
import { ReadingError } from './reading/reading-error';

/** The query of an option such as `-q`: always an object. */
export function parseQuery(text: string, optionName: string): ValueObject {
  return parseObject(text, optionName, 'a query', '{"state": "FIZZLED"}');
}

/** Any object that an option takes, in the same forms; `what` and `example` are for who writes it wrongly. */
export function parseObject(text: string, optionName: string, what: string, example: string): ValueObject {
  const hint = `write it like ${optionName} '${example}'`;
  const value = explained(text, optionName, hint, () => {
    const read = readJsonOr(text, readPythonLiteral);
    return fromExtendedJson(read);
  });
  if (isObject(value)) return value;
  throw new LpadError('BAD_QUERY', `${optionName}: ${what} is an object { }, this is ${shownValue(value)}`, {
    hint,
  });
}

/** The value of `--set PATH=JSON` or `-u JSON`; JSON and Extended JSON only, so that `abc` is not taken for something. */
export function parseJsonValue(text: string, optionName: string): Value {
  const hint = `the value is JSON: a number 5, a text "abc" (in double quotes), true, null, a list [1, 2] or an object {"a": 1}`;
  return explained(text, optionName, hint, () => fromExtendedJson(readJson(text)));
}

/** The second reader's error is told when neither can read it: it knows JSON's way of writing, too. */
function readJsonOr(text: string, otherwise: (text: string) => Value): Value {
  try {
    return readJson(text);
  } catch (error) {
    if (!(error instanceof ReadingError)) throw error;
    return otherwise(text);
  }
}

function explained(text: string, optionName: string, hint: string, read: () => Value): Value {
  if (text.trim() === '') throw new LpadError('BAD_QUERY', `${optionName}: it is empty`, { hint });
  try {
    return read();
  } catch (error) {
    if (error instanceof ReadingError) {
      const place = `character ${String(error.offset + 1)} of ${excerpt(text)}`;
      throw new LpadError('BAD_QUERY', `${optionName}: ${error.message}, at ${place}`, {
        hint,
        cause: error,
      });
    }
    if (error instanceof Error)
      throw new LpadError('BAD_QUERY', `${optionName}: ${error.message}`, { hint, cause: error });
    throw error;
  }
}

const EXCERPT = 60;

function excerpt(text: string): string {
  const line = text.replaceAll(/\s+/g, ' ').trim();
  return line.length > EXCERPT ? `${line.slice(0, EXCERPT)}…` : line;
}
