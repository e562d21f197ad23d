/** Deletes Fireworks that belong to no workflow (FireWorks' `lpad admin orphaned --remove`). */
import { orphanKey } from '../../domain/patch';
import type { LaunchPadStore } from '../../storage/launchpad-store';
import type { WholeDocument } from '../../storage/whole-documents';
import { finishDeadOwners } from '../locks/finish-dead-owners';
import { createJournalEntry, createLockOwner, type RunContext } from '../run-context';
import { orphansOf } from '../change/find-targets';
import { planRemovals, type Removal } from './removal-patches';

export interface OrphanOutcome {
  readonly fwId: number;
  readonly outcome: 'deleted' | 'conflict' | 'skipped' | 'not done';
  readonly reason?: string;
  readonly launches: readonly WholeDocument[];
}

export interface OrphanReport {
  /** Undefined when nothing was written. */
  readonly journalId?: string;
  readonly outcomes: readonly OrphanOutcome[];
}

const BATCH = 1000;

/** Of these Fireworks, those that are in no workflow. */
export async function findOrphans(
  store: LaunchPadStore,
  fwIds: readonly number[],
): Promise<readonly number[]> {
  return orphansOf(fwIds, await store.findMemberships(fwIds));
}

export async function deleteOrphans(
  store: LaunchPadStore,
  fwIds: readonly number[],
  context: RunContext,
  signal?: AbortSignal,
): Promise<OrphanReport> {
  await finishDeadOwners(store);
  const outcomes: OrphanOutcome[] = [];
  for (let start = 0; start < fwIds.length; start += BATCH) {
    const batch = fwIds.slice(start, start + BATCH);
    if (signal?.aborted) {
      const reason = 'interrupted before its turn';
      outcomes.push(...batch.map((fwId) => ({ fwId, outcome: 'not done', reason, launches: [] }) as const));
    } else outcomes.push(...(await deleteBatch(store, batch, start / BATCH, context)));
  }
  const deleted = outcomes.some(({ outcome }) => outcome === 'deleted');
  return { ...(deleted ? { journalId: context.run } : {}), outcomes };
}

async function deleteBatch(
  store: LaunchPadStore,
  batch: readonly number[],
  number: number,
  context: RunContext,
): Promise<readonly OrphanOutcome[]> {
  // Python stores the Fireworks of a new workflow first: what was an orphan a moment ago may have its workflow by now.
  const still = new Set(await findOrphans(store, batch));
  const adopted = batch.filter((fwId) => !still.has(fwId));
  const { removals } = await planRemovals(
    store,
    [...still].map((fwId) => ({ fwIds: [fwId] })),
  );
  const patches = removals.map(({ group, changes }) => ({
    workflowKey: orphanKey(group.fwIds[0] ?? 0),
    changes,
  }));
  const entry = createJournalEntry(context, number, patches, {});
  const results = patches.length === 0 ? [] : await store.commitPatches(entry, createLockOwner(context));
  const reason = 'has a workflow by now';
  return [
    ...adopted.map((fwId): OrphanOutcome => ({ fwId, outcome: 'skipped', reason, launches: [] })),
    ...removals.map((one, index) => outcomeOf(one, results[index])),
  ];
}

function outcomeOf(
  { group, launches }: Removal,
  result: { readonly kind: string; readonly reason?: string } | undefined,
): OrphanOutcome {
  const [fwId = 0] = group.fwIds;
  if (result?.kind === 'committed') return { fwId, outcome: 'deleted', launches };
  return { fwId, outcome: 'conflict', reason: result?.reason ?? 'changed meanwhile', launches: [] };
}
