import { FiretaskError } from '../../define-firetask';
import { messageOf } from '../../../errors';

/** FireWorks' words, which do not say what went wrong, with a note that does. */
export function failureIn(what: string, cause: unknown): FiretaskError {
  const name = cause instanceof Error ? cause.name : 'Error';
  return new FiretaskError('ValueError', what, { notes: [`${name}: ${messageOf(cause)}`] });
}
