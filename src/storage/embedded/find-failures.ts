/** Launches that FIZZLED, with no more of their results than tells their errors; and whether a Firework failed with one. */
import { failureOf, errorOf } from '../../domain/failures/failure-of';
import type { FailedLaunch, FailureError } from '../../domain/failures/failure';
import { fingerprintOf } from '../../domain/failures/fingerprint';
import { isObject } from '../../domain/model';
import { fromBson, toNumbers } from '../bson-values';
import type { StoredDocument } from '../documents';
import { errorFromParts, errorInJson, failedLaunchFrom, objectAt, partsOfAction } from '../failed-launch';
import { getEach } from './lmdb/chunks';
import type { EmbeddedDatabase } from './lmdb/database';
import { decode } from './lmdb/stored-bytes';
import { readLargeAction } from './transfer/read-large-action';

export async function* findFailedLaunches(
  database: EmbeddedDatabase,
  ids: readonly number[],
): AsyncGenerator<FailedLaunch> {
  const wanted = [...new Set(ids)].sort((one, other) => one - other);
  for await (const { bytes } of getEach(database, ({ launches }) => launches, wanted)) {
    const doc = decode(bytes);
    if (doc['state'] !== 'FIZZLED') continue;
    const cores = objectAt(doc['fworker'], 'env')['cores'];
    yield failedLaunchFrom(doc, fromBson(cores), await readError(database, doc));
  }
}

async function readError(database: EmbeddedDatabase, doc: StoredDocument): Promise<FailureError> {
  const action = doc['action'];
  if (!isObject(action)) return errorFromParts(undefined);
  const large = action['gridfs_id'];
  if (typeof large === 'string') return errorInJson(await readLargeAction(database, large));
  return errorFromParts(partsOfAction(action));
}

/** Whether a FIZZLED Firework failed with one of these fingerprints. */
export async function hasFailedWith(
  database: EmbeddedDatabase,
  doc: StoredDocument,
  fingerprints: ReadonlySet<string>,
): Promise<boolean> {
  const launches = toNumbers(doc['launches']);
  const failed = new Map<number, FailedLaunch>();
  for await (const one of findFailedLaunches(database, launches)) failed.set(one.launchId, one);
  return fingerprints.has(fingerprintOf(errorOf(failureOf(launches, failed))).fingerprint);
}
