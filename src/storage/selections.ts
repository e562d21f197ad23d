/** What a store is asked for: Fireworks and workflows by what they have. */
import type { ValueObject } from '../domain/model';

/** A raw MongoDB query, in stored names. Numbers may be `bson` wrappers, regexes RegExp or BSONRegExp. */
export type Query = ValueObject;

export interface SortOrder {
  readonly field: 'created_on' | 'updated_on';
  readonly direction: 1 | -1;
}

/** Which Fireworks: every condition must hold. An empty selection is all of them. */
export interface FireworkSelection {
  readonly ids?: readonly number[];
  /** Asked of `fireworks`. */
  readonly where?: Query;
  /** Each asked of `launches`: for each, one of the Firework's active launches must match. */
  readonly activeLaunch?: readonly Query[];
  /** Fingerprints (domain/failures/fingerprint.ts): it is FIZZLED, and its error has one of them. */
  readonly failedWith?: readonly string[];
  /** At most so many; with none of `sort`, those with the lowest ids. */
  readonly limit?: number;
  /** Without it, by ascending fw_id. Texts that are dates sort as the dates they are. */
  readonly sort?: SortOrder;
}

/** Which Workflows: every condition must hold. Without `sort`, by ascending lowest member. */
export interface WorkflowSelection {
  /** Ids of members. */
  readonly members?: readonly number[];
  /** Asked of `workflows`. */
  readonly where?: Query;
  readonly limit?: number;
  readonly sort?: SortOrder;
}
