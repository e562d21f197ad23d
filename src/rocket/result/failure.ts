/** What is stored of a failure: an action whose stack trace ends as FireWorks' does. */
import { createAction, type FWAction } from '../../domain/actions/fw-action';
import type { Value, ValueObject } from '../../domain/model';
import { FiretaskError } from '../define-firetask';

/** The rocket was told to stop while a Firetask ran. */
export class InterruptedError extends FiretaskError {
  constructor(signal: AbortSignal, notes: readonly string[] = []) {
    const name = typeof signal.reason === 'string' ? signal.reason : 'a signal';
    super('InterruptedError', `interrupted by ${name}`, { notes });
  }
}

/** `task` is the Firetask that failed, null for a failure outside of one. */
export function failedAction(error: unknown, task: ValueObject | null): FWAction {
  const stored_data = {
    _message: error instanceof InterruptedError ? error.message : 'runtime error during task',
    _task: task,
    _exception: { _stacktrace: stackTraceOf(error), _details: detailsOf(error) },
  };
  return createAction({ stored_data, exit: true });
}

/** Like a traceback of Python: where it happened, and in the last line what. */
export function stackTraceOf(error: unknown): string {
  if (!(error instanceof Error)) return `Traceback (most recent call last):\nError: ${String(error)}\n`;
  if (error instanceof FiretaskError && error.stackTrace !== undefined) return error.stackTrace;
  const where = error instanceof FiretaskError ? error.notes.map((note) => `  ${note}`) : framesOf(error);
  return ['Traceback (most recent call last):', ...where, lastLineOf(error), ''].join('\n');
}

/** Python names an exception without a message alone. */
function lastLineOf({ name, message }: Error): string {
  return message === '' ? name : `${name}: ${message}`;
}

function framesOf({ stack = '' }: Error): readonly string[] {
  return stack.split('\n').filter((line) => /^\s+at /.test(line));
}

function detailsOf(error: unknown): Value {
  return error instanceof FiretaskError ? (error.details ?? null) : null;
}
