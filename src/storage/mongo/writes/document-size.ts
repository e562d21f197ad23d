/** How large a value can be in BSON, at most: counted without looking at every character, which for a journal is most of the work. */
import { calculateObjectSize } from 'bson';
import type { Value } from '../../../domain/model';

/** Of type byte, name and value; a UTF-16 unit is three bytes at most. */
const ELEMENT_BYTES = 16;
const BYTES_PER_UNIT = 3;

export function boundOfSize(value: Value): number {
  if (typeof value === 'string') return ELEMENT_BYTES + BYTES_PER_UNIT * value.length;
  if (typeof value !== 'object' || value === null || value instanceof Date) return ELEMENT_BYTES;
  if (Array.isArray(value)) {
    return value.reduce<number>((sum, one) => sum + boundOfSize(one), ELEMENT_BYTES + 8 * value.length);
  }
  if ('_bsontype' in value || value instanceof RegExp || ArrayBuffer.isView(value))
    return ELEMENT_BYTES + calculateObjectSize({ value });
  let size = ELEMENT_BYTES;
  for (const key in value)
    size += BYTES_PER_UNIT * key.length + boundOfSize((value as Record<string, Value>)[key]);
  return size;
}

const MOST_BYTES = 16 * 1024 * 1024;

/** Whether the server would not take this document. */
export function isTooLarge(document: Readonly<Record<string, Value>>): boolean {
  return boundOfSize(document) > MOST_BYTES && calculateObjectSize(document) > MOST_BYTES;
}
