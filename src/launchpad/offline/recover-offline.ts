/** Brings what offline runs have left in their directories into the database (FireWorks' `recover_offline`). */
import { ActionError, createAction, readAction, type FWAction } from '../../domain/actions/fw-action';
import { launchIn } from '../../domain/launch';
import type { Launch, OfflineRun, ValueObject } from '../../domain/model';
import { isoTimestamp } from '../../domain/timestamps';
import { launchWithNews, type OfflineNews } from '../../domain/upkeep/offline-history';
import { messageOf } from '../../errors';
import type { LaunchPadStore } from '../../storage/launchpad-store';
import { endLaunch } from '../launches/complete-launch';
import { refreshWorkflows } from '../refresh/refresh-workflows';

/** What lies in a directory. */
export interface OfflineFiles {
  readonly news: OfflineNews;
  /** As written by whoever ran it, unchecked. */
  readonly action: ValueObject | undefined;
  /** With what the files of the trackers hold. */
  readonly trackers: readonly ValueObject[];
}

export interface RecoverRequest {
  /** Throws when the files cannot be read; undefined when the directory is not on this machine. */
  readonly read: (launch: Launch) => Promise<OfflineFiles | undefined>;
  /** Leave runs open that cannot be recovered. */
  readonly ignoreErrors: boolean;
  readonly now: () => Date;
}

export interface RecoverOutcome {
  readonly launchId: number;
  readonly fwId: number;
  /** `elsewhere`: the directory is on another machine; `failed`: the reason has been noted, unless errors are ignored. */
  readonly outcome: 'running' | 'COMPLETED' | 'FIZZLED' | 'reserved' | 'failed' | 'elsewhere' | 'over';
  readonly reason?: string;
  /** The error, whole. */
  readonly detail?: string | undefined;
}

export async function recoverRun(
  store: LaunchPadStore,
  run: OfflineRun,
  request: RecoverRequest,
): Promise<RecoverOutcome> {
  const { launchId, fwId } = run;
  const launch = await findLaunch(store, launchId);
  if (!launch) return { launchId, fwId, outcome: 'failed', reason: 'its launch is not in the database' };
  if (launch.state !== 'RESERVED' && launch.state !== 'RUNNING') return closeRun(store, launch);
  try {
    const files = await request.read(launch);
    if (!files) {
      const reason = `its directory ${launch.launchDir} is not on this machine`;
      return { launchId, fwId, outcome: 'elsewhere', reason };
    }
    const outcome = files.action
      ? await finish(store, launch, files, request)
      : await follow(store, launch, files, request);
    await store.updateOfflineRuns({ launchIds: [launchId] }, { updatedOn: isoTimestamp(request.now()) });
    return { launchId, fwId, ...outcome };
  } catch (error) {
    if (isPassing(error)) throw error;
    if (!request.ignoreErrors) await fizzle(store, launch, error, request);
    return { launchId, fwId, outcome: 'failed', reason: messageOf(error), detail: stackOf(error) };
  }
}

async function findLaunch(store: LaunchPadStore, launchId: number): Promise<Launch | undefined> {
  for await (const launch of store.findLaunches([launchId], 'all')) return launch;
  return undefined;
}

/** It has ended some other way (a crash after the result was written, a lost run, a reservation that was given up). */
async function closeRun(store: LaunchPadStore, { launchId, fwId, state }: Launch): Promise<RecoverOutcome> {
  const update = state === 'READY' ? { deprecated: true } : { completed: true };
  await store.updateOfflineRuns({ launchIds: [launchId] }, update);
  return { launchId, fwId, outcome: 'over', reason: `its launch is ${state} already` };
}

type Found = Pick<RecoverOutcome, 'outcome' | 'reason'>;

async function finish(
  store: LaunchPadStore,
  launch: Launch,
  { news, action, trackers }: OfflineFiles,
  { now }: RecoverRequest,
): Promise<Found> {
  const state = news.end?.state ?? 'COMPLETED';
  const ended = {
    ...launchWithNews(launch, news, now()),
    action: { ...readAction(action) },
    trackers,
  };
  const outcome = await end(store, ended, now);
  return { outcome: state, ...outcome };
}

async function end(
  store: LaunchPadStore,
  ended: Launch,
  now: () => Date,
): Promise<{ readonly reason?: string }> {
  const outcome = await endLaunch(store, ended, ['RESERVED', 'RUNNING'], { now });
  const { launchId } = ended;
  if (outcome.kind === 'superseded') return { reason: 'its launch has ended in the meantime' };
  await store.updateOfflineRuns({ launchIds: [launchId] }, { completed: true });
  const [reason] = outcome.unrefreshed;
  return reason === undefined ? {} : { reason };
}

/** Not at its end: what it has reached. */
async function follow(
  store: LaunchPadStore,
  launch: Launch,
  { news, trackers }: OfflineFiles,
  { now }: RecoverRequest,
): Promise<Found> {
  const { launchId } = launch;
  const isStarted = news.startedOn !== undefined;
  const current = { ...launchWithNews(launch, news, now()), trackers };
  const owners = (await store.findFireworksOfLaunches([launchId])).get(launchId) ?? [];
  const { stateHistory, timeStart } = current;
  const start = timeStart instanceof Date ? isoTimestamp(timeStart) : timeStart;
  const write = (): Promise<boolean> =>
    store.updateLaunch({
      launchId,
      onlyWhile: [launch.state],
      state: current.state,
      stateHistory,
      trackers,
      timeStart: start,
    });
  const outcome = await refreshWorkflows(store, {
    fwIds: owners,
    now,
    assumed: [current],
    beforeWrite: write,
    edit: (draft) => {
      for (const fwId of owners) {
        const state = draft.view.fireworks.has(fwId) ? draft.stateOf(fwId) : undefined;
        if (state !== 'RESERVED' && state !== 'RUNNING') continue;
        if (isStarted) draft.putState(fwId, 'RUNNING');
        draft.touch(fwId);
      }
    },
  });
  if (owners.length === 0) await write();
  const [conflict] = outcome.conflicts;
  const [locked] = outcome.locked;
  const reason = conflict ?? (locked === undefined ? undefined : 'its workflow stayed locked');
  return { outcome: isStarted ? 'running' : 'reserved', ...(reason === undefined ? {} : { reason }) };
}

/** As FireWorks: what cannot be recovered has failed, with the reason. */
async function fizzle(
  store: LaunchPadStore,
  launch: Launch,
  error: unknown,
  { now }: RecoverRequest,
): Promise<void> {
  const action: FWAction = createAction({
    stored_data: {
      _message: 'runtime error during task',
      _task: null,
      _exception: { _stacktrace: stackOf(error), _details: null },
    },
    exit: true,
  });
  await end(store, { ...launchIn(launch, 'FIZZLED', now()), action: { ...action } }, now);
}

function stackOf(error: unknown): string {
  const name = error instanceof ActionError ? error.name : 'Error';
  return `Traceback (most recent call last):\n${name}: ${messageOf(error)}\n`;
}

/** A database that is away says nothing about the run. */
function isPassing(error: unknown): boolean {
  return (
    error instanceof Error && 'code' in error && (error.code === 'NO_DATABASE' || error.code === 'LOCKED')
  );
}
