/** Stores documents of an export: workflows before their Fireworks, so that a rocket never claims one without. */
import { calculateObjectSize } from 'bson';
import type { Collection, Document } from 'mongodb';
import type { Value } from '../../../domain/model';
import { LpadError, messageOf } from '../../../errors';
import { CONTENT_CHUNKS, CONTENT_FILES } from '../../content-documents';
import type { StoredDocument } from '../../documents';
import { insertMissing } from '../contents';
import type { TransferredCollection } from '../../../domain/transferred';
import type { RawDocument } from '../../whole-documents';
import type { MongoConnection } from '../connection';
import { chunksOf } from '../reads/selection';

/** Fireworks last: with them the work can be claimed. */
const ORDER: readonly TransferredCollection[] = [
  'lpad_sourcecode.chunks',
  'lpad_sourcecode.files',
  'fw_gridfs.chunks',
  'fw_gridfs.files',
  'lpad_launch_records',
  'launches',
  'offline_runs',
  'lpad_quarantine',
  'workflows',
  'fireworks',
];

const DUPLICATE_KEY = 11_000;

export async function insertRaw(
  connection: MongoConnection,
  documents: readonly RawDocument[],
): Promise<void> {
  const begun: { readonly collection: Collection<StoredDocument>; readonly ids: readonly Value[] }[] = [];
  try {
    for (const name of ORDER) {
      const collection = connection.db.collection<StoredDocument>(name);
      const own = documents.filter((one) => one.collection === name).map(({ document }) => document);
      for (const part of partsOf(own)) {
        if (name === CONTENT_CHUNKS || name === CONTENT_FILES) {
          await insertMissing(collection, part as unknown as StoredDocument[]);
          continue;
        }
        await refusePresent(collection, part);
        begun.push({ collection, ids: part.map(idOf) });
        // A Map keeps the order of its keys; the driver writes it like an object.
        await collection.insertMany(part as unknown as Document[], { ordered: false });
      }
    }
  } catch (error) {
    for (const { collection, ids } of begun.toReversed()) await takeBack(collection, ids);
    throw translate(error);
  }
}

function idOf(document: ReadonlyMap<string, Value>): Value {
  return document.get('_id');
}

/** Of what is taken back every document is ours: none with such an _id was there before. */
async function refusePresent(
  collection: Collection<StoredDocument>,
  part: readonly ReadonlyMap<string, Value>[],
): Promise<void> {
  const present = await collection.findOne({ _id: { $in: part.map(idOf) } } as Document);
  if (!present) return;
  const id = String(present._id);
  throw new LpadError(
    'ALREADY_THERE',
    `${collection.collectionName} has a document with the _id ${id} already`,
  );
}

async function takeBack(collection: Collection<StoredDocument>, ids: readonly Value[]): Promise<void> {
  for (const chunk of chunksOf(ids)) await collection.deleteMany({ _id: { $in: chunk } } as Document);
}

const MOST_DOCUMENTS = 1000;
const MOST_BYTES = 12 * 1024 * 1024;

/** Commands of the server hold 16 MiB; a larger document stands alone. */
function* partsOf(
  documents: readonly ReadonlyMap<string, Value>[],
): Generator<readonly ReadonlyMap<string, Value>[]> {
  let part: ReadonlyMap<string, Value>[] = [];
  let bytes = 0;
  for (const document of documents) {
    const size = calculateObjectSize(document);
    if (part.length > 0 && (part.length === MOST_DOCUMENTS || bytes + size > MOST_BYTES)) {
      yield part;
      part = [];
      bytes = 0;
    }
    part.push(document);
    bytes += size;
  }
  if (part.length > 0) yield part;
}

function translate(error: unknown): unknown {
  if (error instanceof LpadError) return error;
  if (Number((error as { readonly code?: unknown }).code) !== DUPLICATE_KEY) return error;
  return new LpadError('ALREADY_THERE', `some of it is in the database already: ${messageOf(error)}`, {
    cause: error,
  });
}
