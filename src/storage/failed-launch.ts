/** Of a launch that FIZZLED, what is stored of its error. */
import { lookedAt, type FailedLaunch, type FailureError } from '../domain/failures/failure';
import { isObject, type Timestamp, type Value, type ValueObject } from '../domain/model';
import { toNumber } from './bson-values';
import type { StoredDocument } from './documents';

/** In stored names, of a launch or of what a pipeline made of one. */
export interface ErrorParts {
  readonly trace?: Value;
  readonly message?: Value;
  readonly stderr?: Value;
  readonly returncode?: Value;
}

export function partsOfAction(action: ValueObject): ErrorParts {
  const stored = objectAt(action, 'stored_data');
  return {
    trace: objectAt(stored, '_exception')['_stacktrace'],
    message: stored['_message'],
    stderr: stored['stderr'],
    returncode: stored['returncode'],
  };
}

/** Without an action nothing was told. */
export function errorFromParts(parts: ErrorParts | undefined): FailureError {
  if (!parts) return { kind: 'lost' };
  const { trace, message, stderr, returncode } = parts;
  return {
    kind: 'told',
    ...(typeof trace === 'string' ? { trace: lookedAt(trace) } : {}),
    ...(typeof message === 'string' ? { message: lookedAt(message) } : {}),
    ...(typeof stderr === 'string' ? { stderr: lookedAt(stderr) } : {}),
    ...(isNumeric(returncode) ? { returnCode: toNumber(returncode) } : {}),
  };
}

/** The error in an action that was too large for its launch; nothing told where it is gone, or is no JSON of ours. */
export function errorInJson(json: string | undefined): FailureError {
  try {
    const action: unknown = JSON.parse(json ?? '{}');
    return errorFromParts(isObject(action) ? partsOfAction(action) : {});
  } catch {
    return errorFromParts({});
  }
}

/** The rest of it; `workerCores` is `fworker.env.cores`. */
export function failedLaunchFrom(doc: StoredDocument, workerCores: Value, error: FailureError): FailedLaunch {
  const runtime = doc['runtime_secs'];
  return {
    launchId: toNumber(doc['launch_id']),
    fwId: toNumber(doc['fw_id']),
    launchDir: textOf(doc['launch_dir']),
    host: textOf(doc['host']),
    timeEnd: (doc['time_end'] ?? null) as Timestamp | null,
    runtimeSecs: isNumeric(runtime) ? toNumber(runtime) : null,
    ...(isNumeric(workerCores) && toNumber(workerCores) > 0 ? { workerCores: toNumber(workerCores) } : {}),
    error,
  };
}

export function objectAt(value: Value, key: string): ValueObject {
  const inner = isObject(value) ? value[key] : undefined;
  return isObject(inner) ? inner : {};
}

function textOf(value: Value): string {
  return typeof value === 'string' ? value : '';
}

/** A number, or one of the `bson` package. */
function isNumeric(value: Value): boolean {
  return (
    typeof value === 'number' || (typeof value === 'object' && value !== null && !Number.isNaN(Number(value)))
  );
}
