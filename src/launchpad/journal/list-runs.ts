/** The journal as people think of it: commands, of which each may have written several entries. */
import { fireworksOf } from '../../domain/patch';
import { LpadError } from '../../errors';
import { importedBy } from './import-entry';
import type { JournalEntry, LaunchPadStore } from '../../storage/launchpad-store';

/** A command that changed something. */
export interface JournalRecord {
  readonly run: string;
  readonly createdOn: Date;
  readonly user: string;
  readonly host: string;
  readonly operation: string;
  readonly commandLine: readonly string[];
  readonly status: JournalEntry['status'];
  readonly workflows: number;
  readonly fireworks: number;
}

export interface JournalRun extends JournalRecord {
  /** The last first. */
  readonly entries: readonly JournalEntry[];
}

/** The last first, at most so many; 0 is all. */
export async function listRuns(store: LaunchPadStore, limit: number): Promise<readonly JournalRun[]> {
  const runs = new Map<string, JournalEntry[]>();
  for await (const entry of store.findJournalEntries({})) {
    const known = runs.get(entry.run);
    if (!known && limit > 0 && runs.size === limit) break;
    if (known) known.push(entry);
    else runs.set(entry.run, [entry]);
  }
  return [...runs.values()].map(toRun);
}

/** One command by its id, or the last that has not been undone. */
export async function getRun(store: LaunchPadStore, run: string | undefined): Promise<JournalRun> {
  const entries: JournalEntry[] = [];
  const wanted = run ?? (await lastRun(store));
  if (wanted === undefined)
    throw new LpadError('NOT_FOUND', 'the journal is empty: there is nothing to undo');
  for await (const entry of store.findJournalEntries({ run: wanted })) entries.push(entry);
  if (entries.length === 0) {
    throw new LpadError('NOT_FOUND', `the journal has no ${wanted}`, {
      hint: 'lpad journal   (lists what there is)',
    });
  }
  return toRun(entries);
}

/** One command that can be taken back, by its id, or the last; throws LOCKED, NOT_FOUND when there is nothing to undo. */
export async function getUndoable(store: LaunchPadStore, run: string | undefined): Promise<JournalRun> {
  const found = await getRun(store, run);
  if (found.status === 'undone') throw new LpadError('NOT_FOUND', `${found.run} was undone already`);
  if (found.status === 'applying') {
    throw new LpadError('LOCKED', `${found.run} is still being applied`, {
      hint: 'wait for it, or lpad repair',
    });
  }
  return found;
}

/** An undo is skipped over: repeated undo goes back step by step. */
async function lastRun(store: LaunchPadStore): Promise<string | undefined> {
  for await (const { run, status, operation, patches, details } of store.findJournalEntries({})) {
    if (status !== 'done' || operation === 'undo') continue;
    if (patches.length > 0 || importedBy({ operation, details })) return run;
  }
  return undefined;
}

function toRun(entries: readonly JournalEntry[]): JournalRun {
  const [last] = entries;
  const first = entries.at(-1);
  if (!last || !first) throw new Error('a run has at least one entry');
  const patches = entries.flatMap((entry) => entry.patches);
  const statuses = new Set(entries.map(({ status }) => status));
  const imported = importedBy(first);
  return {
    run: first.run,
    createdOn: first.createdOn,
    user: first.user,
    host: first.host,
    operation: first.operation,
    commandLine: first.commandLine,
    status: statuses.has('applying') ? 'applying' : statuses.has('done') ? 'done' : 'undone',
    workflows: imported?.workflows.length ?? new Set(patches.map(({ workflowKey }) => workflowKey)).size,
    fireworks: imported?.fireworks ?? patches.flatMap(fireworksOf).length,
    entries,
  };
}
