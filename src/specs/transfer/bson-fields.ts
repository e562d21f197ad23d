/** Single fields of a document that is BSON still. */
import { lazyBson } from '../lazy-modules';

/** The elements with these names at the top of a document, as values; what is not there is left out. */
export function fieldsOf(bytes: Uint8Array, names: readonly string[]): Readonly<Record<string, unknown>> {
  const { deserialize, onDemand } = lazyBson();
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const parts: Buffer[] = [];
  for (const [, nameOffset, nameLength, offset, length] of onDemand.parseToElements(bytes, 0)) {
    const name = buffer.toString('utf8', nameOffset, nameOffset + nameLength);
    // An element is its type, its name and its value, one after the other.
    if (names.includes(name)) parts.push(buffer.subarray(nameOffset - 1, offset + length));
  }
  const size = Buffer.alloc(4);
  size.writeInt32LE(4 + parts.reduce((sum, part) => sum + part.length, 0) + 1);
  return deserialize(Buffer.concat([size, ...parts, Buffer.alloc(1)]));
}

export function numberAt(bytes: Uint8Array, name: string): number {
  return Number(fieldsOf(bytes, [name])[name]);
}

/** The numbers in these lists; a list that is not there is empty. */
export function numbersAt(bytes: Uint8Array, ...names: readonly string[]): readonly number[] {
  return Object.values(fieldsOf(bytes, names))
    .filter((value) => Array.isArray(value))
    .flat()
    .map(Number);
}
