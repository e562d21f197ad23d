/** A text of a stored document without decoding the rest: most documents of a long scan are passed over because of one. */

/** Bytes of values of a fixed size, by BSON's number of the type. */
const SIZES: Readonly<Partial<Record<number, number>>> = {
  0x01: 8,
  0x06: 0,
  0x07: 12,
  0x08: 1,
  0x09: 8,
  0x0a: 0,
  0x10: 4,
  0x11: 8,
  0x12: 8,
  0x13: 16,
  0x7f: 0,
  0xff: 0,
};
const TEXT = 0x02;
/** Objects and lists: the size, which counts itself, stands before. */
const CONTAINERS: ReadonlySet<number> = new Set([0x03, 0x04]);

/**
 * The text of this field of the document itself. Undefined when it has none, when it is no text, or when something less
 * common stands before it: then only decoding tells.
 */
export function peekText(bytes: Buffer, name: string): string | undefined {
  let at = 4;
  while (at < bytes.length - 1) {
    const type = bytes[at] ?? 0;
    const nameEnd = bytes.indexOf(0, at + 1);
    if (nameEnd < 0) return undefined;
    const value = nameEnd + 1;
    const isAsked = bytes.toString('latin1', at + 1, nameEnd) === name;
    if (isAsked && type !== TEXT) return undefined;
    if (isAsked) return bytes.toString('utf8', value + 4, value + 3 + bytes.readInt32LE(value));
    const size = sizeOf(bytes, type, value);
    if (size === undefined) return undefined;
    at = value + size;
  }
  return undefined;
}

function sizeOf(bytes: Buffer, type: number, at: number): number | undefined {
  if (type === TEXT) return 4 + bytes.readInt32LE(at);
  if (CONTAINERS.has(type)) return bytes.readInt32LE(at);
  return SIZES[type];
}
