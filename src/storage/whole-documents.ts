/** Documents as they are stored, for what moves them as a whole: export and import, deleting and bringing back. */
import type { Value, ValueObject } from '../domain/model';
import type { Collection } from '../domain/patch';
import type { TransferredCollection } from '../domain/transferred';
import type { WorkflowSelection } from './selections';

/** Which documents are read as they are stored. */
export type RawRequest =
  | { readonly collection: 'workflows'; readonly selection: WorkflowSelection }
  | {
      readonly collection: 'fireworks' | 'offline_runs' | 'lpad_quarantine';
      readonly fwIds: readonly number[];
    }
  | { readonly collection: 'launches' | 'lpad_launch_records'; readonly launchIds: readonly number[] }
  | {
      readonly collection: 'lpad_sourcecode.files' | 'lpad_sourcecode.chunks';
      readonly contentIds: readonly string[];
    }
  /** All of them: actions that were too large for their launch are few. */
  | { readonly collection: 'fw_gridfs.files' | 'fw_gridfs.chunks' };

/** A document to be stored as it is: values of the `bson` package, and the order of keys. It has an `_id`. */
export interface RawDocument {
  readonly collection: TransferredCollection;
  readonly document: ReadonlyMap<string, Value>;
}

/** Whose documents: workflows by their keys, and what belongs to launches with them. */
export interface WholeSelection {
  readonly workflows: readonly string[];
  readonly fwIds: readonly number[];
  readonly launchIds: readonly number[];
}

/** A document as it stands, as patches know it (domain/patch.ts). */
export interface WholeDocument {
  readonly collection: Collection;
  readonly id: number | string;
  readonly document: ValueObject;
  /** Of a launch, and of what belongs to one. */
  readonly launchId?: number;
}
