/**
 * Contents that are named by their hash, as both stores keep them: GridFS' layout in a bucket of ours, so that any GridFS
 * client can read it. The documents of a content follow from it, so who writes one that is there changes nothing.
 */
import { Binary, Long } from 'bson';
import type { Value } from '../domain/model';
import type { Content } from './launchpad-store';
import type { StoredDocument } from './documents';
import { toNumber } from './bson-values';

export const CONTENT_FILES = 'lpad_sourcecode.files' as const;
export const CONTENT_CHUNKS = 'lpad_sourcecode.chunks' as const;

/** GridFS' own size of a chunk. */
const CHUNK_BYTES = 255 * 1024;

export function contentFile({ id, bytes }: Content, now: Date): StoredDocument {
  return {
    _id: id,
    length: Long.fromNumber(bytes.length),
    chunkSize: CHUNK_BYTES,
    uploadDate: now,
    filename: id,
  };
}

export function contentChunks({ id, bytes }: Content): readonly StoredDocument[] {
  return chunkIds(id, bytes.length).map((_id, n) => ({
    _id,
    files_id: id,
    n,
    data: new Binary(bytes.subarray(n * CHUNK_BYTES, (n + 1) * CHUNK_BYTES)),
  }));
}

/** What an empty content has none of. */
function chunkIds(id: string, length: number): readonly string[] {
  return Array.from({ length: Math.ceil(length / CHUNK_BYTES) }, (_, n) => `${id}:${String(n)}`);
}

export interface ContentHead {
  readonly id: string;
  readonly length: number;
  readonly chunkIds: readonly string[];
}

export function contentHead(file: StoredDocument): ContentHead {
  const [id, length] = [String(file['_id']), toNumber(file['length'])];
  return { id, length, chunkIds: chunkIds(id, length) };
}

/** Undefined when not all of it is there: half of a file is none. */
export function joinChunks(
  { id, length }: ContentHead,
  chunks: readonly (StoredDocument | undefined)[],
): Content | undefined {
  const bytes = Buffer.concat(chunks.map((chunk) => bytesOf(chunk?.['data'])));
  return bytes.length === length ? { id, bytes } : undefined;
}

function bytesOf(data: Value): Uint8Array {
  if (data instanceof Binary) return data.value();
  return data instanceof Uint8Array ? data : new Uint8Array();
}

/** Lists of at most so many bytes each, or of one item that has more. */
export function* inPortions<T>(items: readonly T[], sizeOf: (item: T) => number): Generator<readonly T[]> {
  let portion: T[] = [];
  let size = 0;
  for (const item of items) {
    const more = sizeOf(item);
    if (portion.length > 0 && (size + more > MOST_BYTES || portion.length === MOST_ITEMS)) {
      yield portion;
      portion = [];
      size = 0;
    }
    portion.push(item);
    size += more;
  }
  if (portion.length > 0) yield portion;
}

const MOST_BYTES = 8 * 1024 * 1024;
const MOST_ITEMS = 1000;
