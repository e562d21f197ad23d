/** Specs as DictMods read and write them. */
import type { Value } from '../model';
import type { Absent } from '../patch';
import type { WorkflowDraft } from '../workflow-draft';

/** A spec by its top-level keys, for reading and writing. */
export interface SpecAccess {
  get(key: string): Value | Absent;
  set(key: string, value: Value | Absent): void;
}

/** Applies DictMods (specs/dict-mods/dict-mods.ts) to a spec, in order; throws ActionError where one does not fit. */
export type ApplyMods = (mods: readonly Value[], spec: SpecAccess) => void;

/** A member's spec in a draft, by its top-level keys. */
export function specAccess(draft: WorkflowDraft, fwId: number): SpecAccess {
  return {
    get: (key) => draft.specAt(fwId, [key]),
    set: (key, value) => draft.setSpec(fwId, [key], value),
  };
}
