/**
 * BSON as canonical Extended JSON, straight from the bytes: JavaScript's objects would put keys that are numbers first, and a
 * duplicate finder compares specs with the order of their keys.
 */
import { lazyBson } from '../lazy-modules';
import { looksLikeWrapper, PLAIN_OBJECT } from './wrappers';

/** Type bytes of the BSON specification; all others are left to the package. */
const TYPE = {
  text: 2,
  object: 3,
  list: 4,
  objectId: 7,
  boolean: 8,
  date: 9,
  null: 10,
  int32: 16,
  int64: 18,
};

/** One document on one line, without the top-level keys in `without`. */
export function bsonToText(bytes: Uint8Array, without: ReadonlySet<string> = new Set()): string {
  return objectText(bytes, 0, without);
}

function objectText(bytes: Uint8Array, start: number, without: ReadonlySet<string>): string {
  const entries: (readonly [string, string])[] = [];
  for (const element of elementsOf(bytes, start)) {
    const key = nameOf(bytes, element);
    if (!without.has(key)) entries.push([key, valueText(bytes, element)]);
  }
  if (looksLikeWrapper(entries.map(([key]) => key))) {
    const pairs = entries.map(([key, value]) => `[${JSON.stringify(key)},${value}]`);
    return `{"${PLAIN_OBJECT}":[${pairs.join(',')}]}`;
  }
  return `{${entries.map(([key, value]) => `${JSON.stringify(key)}:${value}`).join(',')}}`;
}

function listText(bytes: Uint8Array, start: number): string {
  return `[${Array.from(elementsOf(bytes, start), (element) => valueText(bytes, element)).join(',')}]`;
}

type Element = readonly [
  type: number,
  nameOffset: number,
  nameLength: number,
  offset: number,
  length: number,
];

function elementsOf(bytes: Uint8Array, start: number): Iterable<Element> {
  return lazyBson().onDemand.parseToElements(bytes, start);
}

function nameOf(bytes: Uint8Array, [, offset, length]: Element): string {
  return bufferOf(bytes).toString('utf8', offset, offset + length);
}

function valueText(bytes: Uint8Array, element: Element): string {
  const [type, , , offset, length] = element;
  const buffer = bufferOf(bytes);
  switch (type) {
    case TYPE.text:
      return JSON.stringify(buffer.toString('utf8', offset + 4, offset + length - 1));
    case TYPE.object:
      return objectText(bytes, offset, new Set());
    case TYPE.list:
      return listText(bytes, offset);
    case TYPE.objectId:
      return `{"$oid":"${buffer.toString('hex', offset, offset + length)}"}`;
    case TYPE.boolean:
      return buffer[offset] === 1 ? 'true' : 'false';
    case TYPE.date:
      return `{"$date":{"$numberLong":"${String(buffer.readBigInt64LE(offset))}"}}`;
    case TYPE.null:
      return 'null';
    case TYPE.int32:
      return `{"$numberInt":"${String(buffer.readInt32LE(offset))}"}`;
    case TYPE.int64:
      return `{"$numberLong":"${String(buffer.readBigInt64LE(offset))}"}`;
    default:
      return otherText(buffer, type, offset, length);
  }
}

/** As the only value of a document, which the package reads and writes. */
function otherText(buffer: Buffer, type: number, offset: number, length: number): string {
  const { deserialize, EJSON } = lazyBson();
  const size = 4 + 3 + length + 1;
  const alone = Buffer.alloc(size);
  alone.writeInt32LE(size);
  alone.set([type, 'v'.charCodeAt(0), 0], 4);
  buffer.copy(alone, 7, offset, offset + length);
  const { v } = deserialize(alone, { promoteValues: false, promoteBuffers: false, bsonRegExp: true });
  return v === undefined ? '{"$undefined":true}' : EJSON.stringify(v, { relaxed: false });
}

function bufferOf(bytes: Uint8Array): Buffer {
  return Buffer.isBuffer(bytes) ? bytes : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
