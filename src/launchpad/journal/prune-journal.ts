/**
 * Forgets commands of the journal: what they changed can be undone no more, and what they deleted is gone. Nights of recovery
 * that are older than whatever stays go with them.
 */
import type { LaunchPadStore } from '../../storage/launchpad-store';
import { findPrunableNights, pruneNights, type PrunedNight } from '../recovery/prune-nights';

export interface PruneRequest {
  /** Commands from before this moment. */
  readonly before?: Date;
  /** Of the last so many commands, none. */
  readonly keep?: number;
  readonly now: Date;
}

export interface PrunedRun {
  readonly run: string;
  readonly createdOn: Date;
  /** Ids of its entries. */
  readonly entries: readonly string[];
}

export interface Prunable {
  readonly runs: readonly PrunedRun[];
  readonly nights: readonly PrunedNight[];
}

/** What would be forgotten, the last first; never what is still being applied. */
export async function findPrunable(
  store: LaunchPadStore,
  { before, keep = 0, now }: PruneRequest,
): Promise<Prunable> {
  const runs = new Map<string, { createdOn: Date; readonly entries: string[]; open: boolean }>();
  for await (const { id, run, createdOn, status } of store.findJournalHeads()) {
    const known = runs.get(run) ?? { createdOn, entries: [], open: false };
    runs.set(run, known);
    known.createdOn = createdOn;
    known.entries.push(id);
    known.open ||= status === 'applying';
  }
  const nights = await findPrunableNights(store, oldest([...runs.values()], { before, keep, now }), now);
  const prunable = [...runs]
    .slice(keep)
    .filter(([, { createdOn, open }]) => !open && (!before || createdOn < before))
    .map(([run, { createdOn, entries }]) => ({ run, createdOn, entries }));
  return { runs: prunable, nights };
}

/** Before what stays in the journal, and before the moment that was said. */
function oldest(
  runs: readonly { readonly createdOn: Date }[],
  { before, keep = 0, now }: Pick<PruneRequest, 'keep' | 'now'> & { readonly before: Date | undefined },
): Date {
  const kept = keep === 0 ? now : (runs[keep - 1]?.createdOn ?? new Date(0));
  return before && before < kept ? before : kept;
}

export async function pruneJournal(store: LaunchPadStore, { runs, nights }: Prunable): Promise<void> {
  await store.removeJournalEntries(runs.flatMap(({ entries }) => entries));
  await pruneNights(store, nights);
}
