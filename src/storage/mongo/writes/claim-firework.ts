/** The atomic claim (semantics.md, section 7): one findOneAndUpdate that restates what it wants. */
import type { Document } from 'mongodb';
import type { Firework } from '../../../domain/model';
import { fromBson, toNumber } from '../../bson-values';
import { fireworkFromDocument, type StoredDocument } from '../../documents';
import type { ClaimRequest } from '../../launchpad-store';
import type { MongoConnection } from '../connection';
import { allOf } from '../reads/selection';

const ORDERS: Readonly<Record<ClaimRequest['order'], Document>> = {
  fifo: { created_on: 1 },
  filo: { created_on: -1 },
  id: { fw_id: 1 },
};

export async function claimFirework(
  { fireworks }: MongoConnection,
  { fwId, where, order, now }: ClaimRequest,
): Promise<Firework | undefined> {
  const filter =
    fwId === undefined
      ? allOf([where, { state: 'READY' }])
      : { fw_id: fwId, state: { $in: ['READY', 'RESERVED'] } };
  const doc = await fireworks.findOneAndUpdate(
    filter,
    { $set: { state: 'RESERVED', updated_on: now } },
    { sort: { 'spec._priority': -1, ...ORDERS[order] }, returnDocument: 'after' },
  );
  return doc ? fireworkFromDocument(fromBson(doc) as StoredDocument) : undefined;
}

export async function releaseClaim(
  { fireworks }: MongoConnection,
  fwId: number,
  launches: readonly number[],
  now: Date,
): Promise<boolean> {
  const claimed = { fw_id: fwId, state: 'RESERVED', launches: [...launches] };
  const released = { $set: { state: 'READY', updated_on: now } };
  return toNumber((await fireworks.updateOne(claimed, released)).modifiedCount) > 0;
}
