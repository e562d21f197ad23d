/** What the journal notes of an import: not the documents, which are those of a file, but which workflows they are. */
import { isObject, type ValueObject } from '../../domain/model';
import { plain } from '../../specs/plain-values';
import type { JournalEntry } from '../../storage/launchpad-store';

export const IMPORT = 'import';

/** A workflow by its key, and one of its Fireworks. */
export type ImportedWorkflow = readonly [key: string, member: number];

export interface ImportedDetails {
  /** Of the ids in the file: the same for the same export. */
  readonly fingerprint: string;
  /** Those that were not there before. */
  readonly workflows: readonly ImportedWorkflow[];
  readonly fireworks: number;
  /** Of an import with new ids: from where on they were given, and what the new `_id`s are made of. */
  readonly renumbered?: {
    readonly firstFwId: number;
    readonly firstLaunchId: number;
    readonly seed: string;
  };
}

export function detailsOfImport({ renumbered, ...details }: ImportedDetails): ValueObject {
  if (!renumbered) return details;
  const { firstFwId, firstLaunchId, seed } = renumbered;
  return { ...details, renumbered: { first_fw_id: firstFwId, first_launch_id: firstLaunchId, seed } };
}

/** Undefined for an entry of another command. */
export function importedBy({
  operation,
  details,
}: Pick<JournalEntry, 'operation' | 'details'>): ImportedDetails | undefined {
  const noted = plain(details) as ValueObject;
  if (operation !== IMPORT || typeof noted['fingerprint'] !== 'string') return undefined;
  const { fingerprint, workflows, fireworks, renumbered } = noted;
  const ids = isObject(renumbered)
    ? {
        firstFwId: Number(renumbered['first_fw_id']),
        firstLaunchId: Number(renumbered['first_launch_id']),
        seed: String(renumbered['seed']),
      }
    : undefined;
  return {
    fingerprint,
    workflows: workflows as readonly ImportedWorkflow[],
    fireworks: Number(fireworks),
    ...(ids ? { renumbered: ids } : {}),
  };
}
