/**
 * The end of a launch (FireWorks' `complete_launch`). The action is planned before anything is written: one that does not
 * fit leaves the launch RUNNING, and the rocket ends it as FIZZLED with the reason.
 */
import type { FWAction } from '../../domain/actions/fw-action';
import { launchIn } from '../../domain/launch';
import type { HistoryEntry, Launch, Timestamp } from '../../domain/model';
import type { LaunchState } from '../../domain/state';
import { isoTimestamp, timestampMillis } from '../../domain/timestamps';
import { toJsonLine } from '../../specs/printing/print-json';
import { storedBytes, storedSeconds } from '../../specs/stored-values';
import type { LaunchPadStore } from '../../storage/launchpad-store';
import { ActionError } from '../../domain/actions/fw-action';
import { insertedBy, type WorkflowPatch } from '../../domain/patch';
import {
  refreshWorkflows,
  releaseWorkflow,
  takeWorkflow,
  type TakenWorkflow,
} from '../refresh/refresh-workflows';
import { createRunContext, type RunContext } from '../run-context';
import { noteEffects } from './note-effects';

export interface LaunchEnd {
  /** As last pinged. */
  readonly launch: Launch;
  readonly state: 'COMPLETED' | 'FIZZLED';
  readonly action: FWAction;
  /** When it ended: the same at every attempt to write it. */
  readonly endedOn: Date;
  readonly now: () => Date;
  readonly lockWaitMs?: number;
  /** Whose name stands on the locks, the same at every attempt. */
  readonly context?: RunContext;
}

export type CompleteOutcome =
  | {
      readonly kind: 'written';
      /** Fireworks that were not refreshed, since their workflow stayed locked, or for another reason. */
      readonly unrefreshed: readonly string[];
      /** No Firework lists the launch any more: it was archived while it ran. */
      readonly archived: boolean;
      /** Fireworks that its action brought; undefined where several Fireworks share the launch. */
      readonly brought: readonly number[] | undefined;
    }
  /** The launch is not RUNNING any more (lost-run detection FIZZLED it, say): nothing was written. */
  | { readonly kind: 'superseded' };

/** Throws ActionError, with nothing written, when the action cannot be applied or stored. */
export async function completeLaunch(store: LaunchPadStore, end: LaunchEnd): Promise<CompleteOutcome> {
  const { launch, state, action, endedOn } = end;
  return endLaunch(store, { ...launchIn(launch, state, endedOn), action: { ...action } }, ['RUNNING'], end);
}

/** The same with a launch that is whole already, and may only have been RESERVED until now. */
export async function endLaunch(
  store: LaunchPadStore,
  ended: Launch,
  onlyWhile: readonly LaunchState[],
  { now, lockWaitMs, ...end }: Pick<LaunchEnd, 'now' | 'lockWaitMs' | 'context'>,
): Promise<CompleteOutcome> {
  const context = end.context ?? createRunContext({ operation: 'complete', commandLine: [], now });
  const fits = fitting(ended, store.documentLimit);
  const write = once(async () => writeEnd(store, await asStored(store, fits), onlyWhile));
  const { owners, taken } = await findOwners(store, ended, context);
  const patches: WorkflowPatch[] = [];
  const outcome = await refreshWorkflows(store, {
    fwIds: owners,
    now,
    assumed: [ended],
    beforeWrite: write,
    taken,
    context,
    onWritten: (patch) => patches.push(patch),
    ...(lockWaitMs === undefined ? {} : { lockWaitMs }),
  });
  // Whatever became of the workflow, the result belongs to the launch.
  if (!(await write())) return { kind: 'superseded' };
  await noteEffects(store, ended.launchId, patches);
  const locked = outcome.locked.map((fwId) => `the workflow of Firework ${String(fwId)} stayed locked`);
  const orphaned = outcome.orphaned.map((fwId) => `Firework ${String(fwId)} belongs to no workflow`);
  const unrefreshed = [...locked, ...orphaned, ...outcome.conflicts, ...outcome.problems];
  const brought = owners.length === 1 ? newcomersOf(patches) : undefined;
  return { kind: 'written', unrefreshed, archived: owners.length === 0, brought };
}

/** Members that the action brought. */
function newcomersOf(patches: readonly WorkflowPatch[]): readonly number[] {
  return patches
    .flatMap(({ changes }) => changes)
    .filter((one) => one.collection === 'fireworks' && insertedBy(one))
    .map(({ id }) => Number(id));
}

interface Owners {
  /** Fireworks that list the launch: one, unless duplicates share it or a rerun has archived it. */
  readonly owners: readonly number[];
  /** Of the one. */
  readonly taken: TakenWorkflow | undefined;
}

async function findOwners(
  store: LaunchPadStore,
  { launchId, fwId }: Launch,
  context: RunContext,
): Promise<Owners> {
  const [found, lock] = await Promise.allSettled([
    store.findFireworksOfLaunches([launchId]),
    takeWorkflow(store, fwId, context),
  ]);
  const taken = lock.status === 'fulfilled' ? lock.value : undefined;
  const owners = found.status === 'fulfilled' ? (found.value.get(launchId) ?? []) : [];
  if (taken && owners.length === 1 && owners[0] === fwId) return { owners, taken };
  if (taken) await releaseWorkflow(store, taken);
  if (found.status === 'rejected') throw found.reason;
  if (lock.status === 'rejected') throw lock.reason;
  return { owners, taken: undefined };
}

function once<T>(work: () => Promise<T>): () => Promise<T> {
  let result: Promise<T> | undefined;
  return () => (result ??= work());
}

async function writeEnd(
  store: LaunchPadStore,
  ended: Launch,
  onlyWhile: readonly LaunchState[],
): Promise<boolean> {
  const { launchId, state, stateHistory, action, timeStart, timeEnd, runtimeSecs, trackers } = ended;
  const written = await store.updateLaunch({
    launchId,
    onlyWhile,
    state,
    stateHistory,
    trackers,
    action,
    timeStart: textOf(timeStart),
    timeEnd: textOf(timeEnd),
    runtimeSecs: runtimeSecs === null ? null : storedSeconds(runtimeSecs),
  });
  if (written) return true;
  // An attempt whose answer got lost may have written it.
  for await (const stored of store.findLaunches([launchId], 'brief')) {
    return stored.state === state && sameEnd(stored.stateHistory, stateHistory);
  }
  return false;
}

/** Times stay texts, also where a history holds Dates. */
function textOf(moment: Timestamp | null): string | null {
  return moment instanceof Date ? isoTimestamp(moment) : moment;
}

function sameEnd(stored: readonly HistoryEntry[], ours: readonly HistoryEntry[]): boolean {
  const moment = (history: readonly HistoryEntry[]): number => {
    const entry = history.at(-1);
    return entry ? timestampMillis(entry.created_on) : 0;
  };
  return stored.length === ours.length && moment(stored) === moment(ours);
}

/** Room for what the database adds around a document. */
const MARGIN = 16 * 1024;

interface Fitting {
  readonly launch: Launch;
  /** The action goes beside the launch, as FireWorks does it with GridFS. */
  readonly apart: boolean;
}

/** Throws ActionError where even that is not enough. */
function fitting(launch: Launch, limit: number | undefined): Fitting {
  const fits = (one: Launch): boolean => limit === undefined || storedBytes(one) <= limit - MARGIN;
  if (fits(launch)) return { launch, apart: false };
  if (fits({ ...launch, action: null })) return { launch, apart: true };
  // The checkpoint stands twice in a FIZZLED launch; a recovery reads the last entry.
  const last = launch.stateHistory.length - 1;
  const stateHistory = launch.stateHistory.map((entry, index) =>
    index === last ? entry : withoutCheckpoint(entry),
  );
  const smaller = { ...launch, stateHistory };
  if (fits({ ...smaller, action: null })) return { launch: smaller, apart: !fits(smaller) };
  throw new ActionError(
    `the launch is too large: without the result of its Firetasks it still has ${megabytes(storedBytes({ ...smaller, action: null }))} MiB, and MongoDB takes 16`,
  );
}

async function asStored(store: LaunchPadStore, { launch, apart }: Fitting): Promise<Launch> {
  if (!apart) return launch;
  const gridfs_id = await store.writeLargeAction(launch.launchId, toJsonLine(launch.action));
  return { ...launch, action: { gridfs_id } };
}

function withoutCheckpoint({ checkpoint: _, ...entry }: HistoryEntry): HistoryEntry {
  return entry;
}

function megabytes(bytes: number): string {
  return (bytes / 1024 / 1024).toFixed(1);
}
