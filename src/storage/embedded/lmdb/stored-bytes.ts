/** Documents as BSON bytes: the types of MongoDB, so that a number, a Date or the order of keys is what it is there. */
import {
  calculateObjectSize,
  deserialize,
  serialize,
  setInternalBufferSize,
  type DeserializeOptions,
} from 'bson';
import { LpadError, messageOf } from '../../../errors';
import { READ_OPTIONS } from '../../bson-values';
import type { StoredDocument } from '../../documents';

/** What bson writes into before it copies; a longer document is cut off without an error when it ends in a text. */
const SCRATCH_BYTES = 17 * 1024 * 1024;

/** The driver of MongoDB writes `undefined` as null; so does this. */
const WRITE_OPTIONS = { ignoreUndefined: false } as const;

export function encode(doc: StoredDocument): Buffer {
  let bytes: Uint8Array | undefined;
  try {
    bytes = serialize(doc, WRITE_OPTIONS);
  } catch (error) {
    // By name: node's own errors are of another realm where tests run.
    if ((error as { readonly name?: unknown }).name !== 'RangeError') throw error;
  }
  return asBuffer(bytes && bytes.length < SCRATCH_BYTES ? bytes : encodeLarge(doc));
}

function encodeLarge(doc: StoredDocument): Uint8Array {
  setInternalBufferSize(calculateObjectSize(doc, WRITE_OPTIONS) + 1024);
  try {
    return serialize(doc, WRITE_OPTIONS);
  } finally {
    setInternalBufferSize(SCRATCH_BYTES);
  }
}

function asBuffer(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

/** Every number with its BSON type, as both stores read documents. */
export function decode(bytes: Uint8Array): StoredDocument {
  return read(bytes, READ_OPTIONS);
}

/** For documents that are written again: a regular expression keeps options that JavaScript does not know. */
export function decodeExactly(bytes: Uint8Array): StoredDocument {
  return read(bytes, { ...READ_OPTIONS, bsonRegExp: true });
}

function read(bytes: Uint8Array, options: DeserializeOptions): StoredDocument {
  try {
    return deserialize(bytes, options);
  } catch (error) {
    throw new LpadError(
      'DAMAGED_STORE',
      `a document of the embedded database is damaged: ${messageOf(error)}`,
      {
        hint: 'restore the database from a backup',
        cause: error,
      },
    );
  }
}
