/** Forgets commands of the journal: what they changed can be undone no more, and what they deleted is gone. */
import type { LaunchPadStore } from '../../storage/launchpad-store';

export interface PruneRequest {
  /** Commands from before this moment. */
  readonly before?: Date;
  /** Of the last so many commands, none. */
  readonly keep?: number;
}

export interface PrunedRun {
  readonly run: string;
  readonly createdOn: Date;
  /** Ids of its entries. */
  readonly entries: readonly string[];
}

/** What would be forgotten, the last first; never what is still being applied. */
export async function findPrunable(
  store: LaunchPadStore,
  { before, keep = 0 }: PruneRequest,
): Promise<readonly PrunedRun[]> {
  const runs = new Map<string, { createdOn: Date; readonly entries: string[]; open: boolean }>();
  for await (const { id, run, createdOn, status } of store.findJournalHeads()) {
    const known = runs.get(run) ?? { createdOn, entries: [], open: false };
    runs.set(run, known);
    known.createdOn = createdOn;
    known.entries.push(id);
    known.open ||= status === 'applying';
  }
  return [...runs]
    .slice(keep)
    .filter(([, { createdOn, open }]) => !open && (!before || createdOn < before))
    .map(([run, { createdOn, entries }]) => ({ run, createdOn, entries }));
}

export async function pruneJournal(store: LaunchPadStore, runs: readonly PrunedRun[]): Promise<void> {
  await store.removeJournalEntries(runs.flatMap(({ entries }) => entries));
}
