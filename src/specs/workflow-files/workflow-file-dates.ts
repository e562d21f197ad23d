/** `created_on` and `updated_on` of a file: Fireworks store them as texts, workflows as dates. */
import { isObject, type ValueObject } from '../../domain/model';
import { isoTimestamp } from '../../domain/timestamps';
import type { Path } from './located-document';
import { type Problem, shownValue } from '../problems';
import { type FileDate, parseFileDate, storedDateText } from '../reading/file-dates';

export interface FileDates {
  readonly createdOn: FileDate;
  readonly updatedOn: FileDate;
}

export function readFileDates(entry: ValueObject, at: Path, now: Date, problems: Problem[]): FileDates {
  return {
    createdOn: readDate(entry, 'created_on', at, now, problems),
    updatedOn: readDate(entry, 'updated_on', at, now, problems),
  };
}

/** `{"$date": …}` is what MongoDB's own tools write. */
function readDate(entry: ValueObject, key: string, at: Path, now: Date, problems: Problem[]): FileDate {
  const value = entry[key];
  if (value instanceof Date) return { date: value, text: storedDateText(value) };
  const text = isObject(value) ? value['$date'] : value;
  if (text === null || text === undefined || text === '') return { date: now, text: isoTimestamp(now) };
  const found = typeof text === 'string' ? parseFileDate(text) : undefined;
  if (found) return found;
  const what = `must be a date such as 2026-11-21T08:01:43+00:00, is ${shownValue(value)}`;
  problems.push({ path: [...at, key], what });
  return { date: now, text: '' };
}
