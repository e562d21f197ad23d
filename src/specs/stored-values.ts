/** What the database will make of a value, for those who may not know its package. */
import type { Value } from '../domain/model';
import { storedDouble } from './dict-mods/dict-mods-values';
import { lazyBson } from './lazy-modules';

/** MongoDB's limit of one document. */
export const DOCUMENT_LIMIT = 16 * 1024 * 1024;

/** Bytes of a value in the database. */
export function storedBytes(value: Value): number {
  return lazyBson().calculateObjectSize({ value });
}

/** A duration is a double in FireWorks' documents, also one of whole seconds; the model calls it a number all the same. */
export function storedSeconds(seconds: number): number {
  return storedDouble(seconds) as number;
}
