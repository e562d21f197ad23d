/** Launches that FIZZLED, with no more of their results than tells their errors; and the Fireworks that failed with some. */
import type { Document } from 'mongodb';
import { failureOf, errorOf } from '../../../domain/failures/failure-of';
import { LOOKED_AT, type FailedLaunch, type FailureError } from '../../../domain/failures/failure';
import { fingerprintOf } from '../../../domain/failures/fingerprint';
import type { Value } from '../../../domain/model';
import type { StoredDocument } from '../../documents';
import { errorFromParts, errorInJson, failedLaunchFrom } from '../../failed-launch';
import type { MongoConnection } from '../connection';
import { readLargeAction } from '../large-actions';
import { BATCH_SIZE, batchesOfCursor } from './read-batches';

/** The server cuts the ends off: a stack trace may have megabytes. */
function endOf(field: string): Document {
  const length = { $strLenCP: field };
  const end = { $substrCP: [field, { $max: [0, { $subtract: [length, LOOKED_AT] }] }, LOOKED_AT] };
  // Counting characters takes long, and bytes are never fewer.
  const cut = { $cond: [{ $gt: [{ $strLenBytes: field }, LOOKED_AT] }, end, field] };
  return { $cond: [{ $eq: [{ $type: field }, 'string'] }, cut, '$$REMOVE'] };
}

const STORED = '$action.stored_data';

const FAILED: Document = {
  _id: 0,
  launch_id: 1,
  fw_id: 1,
  launch_dir: 1,
  host: 1,
  time_end: 1,
  runtime_secs: 1,
  cores: '$fworker.env.cores',
  told: { $eq: [{ $type: '$action' }, 'object'] },
  gridfs_id: '$action.gridfs_id',
  trace: endOf(`${STORED}._exception._stacktrace`),
  message: endOf(`${STORED}._message`),
  stderr: endOf(`${STORED}.stderr`),
  returncode: `${STORED}.returncode`,
};

export async function* findFailedLaunches(
  connection: MongoConnection,
  ids: readonly number[],
): AsyncIterable<FailedLaunch> {
  const wanted = [...new Set(ids)].sort((one, other) => one - other);
  for (let start = 0; start < wanted.length; start += BATCH_SIZE)
    yield* await readFailedLaunches(connection, wanted.slice(start, start + BATCH_SIZE));
}

async function readFailedLaunches(
  connection: MongoConnection,
  ids: readonly number[],
): Promise<readonly FailedLaunch[]> {
  const stages = [
    { $match: { launch_id: { $in: ids }, state: 'FIZZLED' } },
    { $sort: { launch_id: 1 } },
    { $project: FAILED },
  ];
  const options = { batchSize: BATCH_SIZE + 1, promoteValues: true };
  const docs = await connection.launches.aggregate<StoredDocument>(stages, options).toArray();
  return Promise.all(
    docs.map(async (doc) => failedLaunchFrom(doc, doc['cores'], await readError(connection, doc))),
  );
}

async function readError(connection: MongoConnection, doc: StoredDocument): Promise<FailureError> {
  const large: Value = doc['gridfs_id'];
  if (typeof large === 'string') return errorInJson(await readLargeAction(connection, large));
  return errorFromParts(doc['told'] === true ? doc : undefined);
}

/** Those among what these filters find that are FIZZLED, and failed with one of these fingerprints. */
export async function fireworksFailedWith(
  connection: MongoConnection,
  fingerprints: readonly string[],
  filters: readonly Document[],
): Promise<readonly number[]> {
  const wanted = new Set(fingerprints);
  const found: number[] = [];
  const options = {
    projection: { _id: 0, fw_id: 1, launches: 1 },
    batchSize: BATCH_SIZE,
    promoteValues: true,
  };
  for (const filter of filters) {
    const fizzled = connection.fireworks.find({ $and: [{ state: 'FIZZLED' }, filter] }, options);
    for await (const batch of batchesOfCursor(fizzled)) {
      const fireworks = batch.map((doc) => ({
        fwId: Number(doc['fw_id']),
        launches: (doc['launches'] ?? []) as number[],
      }));
      const failed = new Map<number, FailedLaunch>();
      const ids = fireworks.flatMap(({ launches }) => launches);
      for await (const one of findFailedLaunches(connection, ids)) failed.set(one.launchId, one);
      for (const { fwId, launches } of fireworks) {
        if (wanted.has(fingerprintOf(errorOf(failureOf(launches, failed))).fingerprint)) found.push(fwId);
      }
    }
  }
  return found;
}
