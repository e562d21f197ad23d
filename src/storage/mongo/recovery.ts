/** What `lpad recover` keeps for itself: a lease, nights with their steps, and quarantines. */
import { MongoServerError, type Document, type Filter } from 'mongodb';
import type { Night, Quarantine, RecoveryStep } from '../../domain/recovery/night';
import type { StoredDocument } from '../documents';
import {
  nightFromDocument,
  nightToDocument,
  quarantineFromDocument,
  quarantineToDocument,
  stepFromDocument,
  stepToDocument,
} from '../recovery-documents';
import type { LeaseOwner, StepSelection } from '../recovery-store';
import type { MongoConnection } from './connection';
import { batchesOfCursor } from './reads/read-batches';
import { chunksOf } from './reads/selection';

const DUPLICATE_KEY = 11_000;

export async function takeLease(
  { leases }: MongoConnection,
  lease: string,
  owner: LeaseOwner,
  instead: string = owner.name,
): Promise<LeaseOwner> {
  const taken = { owner: owner.name, expires: new Date(owner.expiresAt) };
  try {
    const filter = { _id: lease, owner: { $in: [owner.name, instead] } };
    await leases.updateOne(asFilter(filter), { $set: taken }, { upsert: true });
    return owner;
  } catch (error) {
    // Somebody else's: then there is a document of this id, and it could not be made again.
    if (!(error instanceof MongoServerError) || Number(error.code) !== DUPLICATE_KEY) throw error;
  }
  const found = await leases.findOne(asFilter({ _id: lease }));
  // Released between the two: who asks again gets it.
  if (!found) return takeLease({ leases } as MongoConnection, lease, owner, instead);
  return { name: String(found['owner']), expiresAt: (found['expires'] as Date).getTime() };
}

export async function releaseLease(
  { leases }: MongoConnection,
  lease: string,
  { name }: Pick<LeaseOwner, 'name'>,
): Promise<void> {
  await leases.deleteOne(asFilter({ _id: lease, owner: name }));
}

export async function putNight({ nights }: MongoConnection, night: Night): Promise<void> {
  await nights.replaceOne(asFilter({ _id: night.key }), nightToDocument(night), { upsert: true });
}

export async function findNights(
  { nights }: MongoConnection,
  { key, limit }: { readonly key?: string; readonly limit?: number },
): Promise<readonly Night[]> {
  const filter = asFilter(key === undefined ? {} : { _id: key });
  const found = nights.find(filter, { sort: { started_on: -1, _id: -1 }, ...(limit ? { limit } : {}) });
  return (await found.toArray()).map((doc) => nightFromDocument(doc));
}

/** The steps first: with a crash in between the night is there to be removed again. */
export async function removeNights(
  { nights, steps }: MongoConnection,
  keys: readonly string[],
): Promise<void> {
  for (const night of keys) {
    await steps.deleteMany(asFilter(stepsOfNight(night)));
    await nights.deleteOne(asFilter({ _id: night }));
  }
}

export async function putSteps({ steps }: MongoConnection, list: readonly RecoveryStep[]): Promise<void> {
  await putAll(steps, list.map(stepToDocument));
}

export async function* findSteps(
  { steps }: MongoConnection,
  { night, fwIds, fingerprints, since, onlyReruns }: StepSelection,
): AsyncIterable<RecoveryStep> {
  const conditions = {
    ...(night === undefined ? {} : stepsOfNight(night)),
    ...(fwIds ? { fw_id: { $in: fwIds } } : {}),
    ...(fingerprints ? { fingerprint: { $in: fingerprints } } : {}),
    ...(since ? { decided_on: { $gte: since } } : {}),
    ...(onlyReruns ? { action: 'rerun', status: 'done' } : {}),
  };
  const cursor = steps.find(asFilter(conditions), { sort: { night: 1, fw_id: 1 }, allowDiskUse: true });
  for await (const batch of batchesOfCursor(cursor)) yield* batch.map((doc) => stepFromDocument(doc));
}

/** By `_id`, which has an index in every database: `/` is followed by `0`. */
function stepsOfNight(night: string): Document {
  return { _id: { $gte: `${night}/`, $lt: `${night}0` }, night };
}

export async function putQuarantines(
  { quarantines }: MongoConnection,
  list: readonly Quarantine[],
): Promise<void> {
  await putAll(quarantines, list.map(quarantineToDocument));
}

export async function* findQuarantines(
  { quarantines }: MongoConnection,
  fwIds: readonly number[] | undefined,
): AsyncIterable<Quarantine> {
  const wanted = fwIds && [...new Set(fwIds)].sort((one, other) => one - other);
  const filters = wanted ? chunksOf(wanted).map((chunk) => ({ _id: { $in: chunk } })) : [{}];
  for (const filter of filters) {
    const cursor = quarantines.find(asFilter(filter), { sort: { _id: 1 } });
    for await (const batch of batchesOfCursor(cursor)) yield* batch.map((doc) => quarantineFromDocument(doc));
  }
}

export async function removeQuarantines(
  { quarantines }: MongoConnection,
  fwIds: readonly number[],
): Promise<void> {
  for (const chunk of chunksOf(fwIds)) await quarantines.deleteMany(asFilter({ _id: { $in: chunk } }));
}

async function putAll(
  collection: MongoConnection['steps'],
  documents: readonly StoredDocument[],
): Promise<void> {
  for (const chunk of chunksOf(documents, 1000)) {
    const operations = chunk.map((replacement) => ({
      replaceOne: { filter: asFilter({ _id: replacement['_id'] }), replacement, upsert: true },
    }));
    await collection.bulkWrite(operations, { ordered: false });
  }
}

/** The driver takes `_id` for an ObjectId. */
function asFilter(filter: Document): Filter<StoredDocument> {
  return filter;
}
