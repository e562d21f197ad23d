/** From a claimed Firework to a RUNNING one with a launch (FireWorks' `checkout_fw`). */
import { createAction, type FWAction } from '../../domain/actions/fw-action';
import { emptyLaunch, launchIn } from '../../domain/launch';
import type { LaunchRecord } from '../../domain/launch-record';
import type { Checkpoint, Firework, Launch, ValueObject, Workflow } from '../../domain/model';
import { messageOf } from '../../errors';
import {
  refreshWorkflows,
  releaseWorkflow,
  takeWorkflow,
  type RefreshOutcome,
  type TakenWorkflow,
} from '../refresh/refresh-workflows';
import { storedSeconds } from '../../specs/stored-values';
import { dropUseCache } from '../../domain/rerun/use-cache-mark';
import { createRunContext, type RunContext } from '../run-context';
import type { LaunchPadStore } from '../../storage/launchpad-store';
import { launchWorker, type Worker } from './worker-query';
import { launchesById } from '../launches-by-id';

export interface LaunchPlace {
  readonly worker: Worker;
  readonly launchDir: string;
  readonly host: string;
  readonly ip: string;
  readonly now: () => Date;
  readonly lockWaitMs?: number;
  /** Tries again while the database is away; without it once. */
  readonly patiently?: Patiently;
  /** Whose name stands on the locks. */
  readonly context?: RunContext;
  /** What a Firework with this spec has reached when its first Firetask begins, if that is known beforehand. */
  readonly firstCheckpoint?: (spec: ValueObject) => Checkpoint | undefined;
}

export type Patiently = <T>(work: () => Promise<T>) => Promise<T>;

export const ONCE: Patiently = (work) => work();

/** Somebody changed the Firework between the claim and the start: it is theirs now. */
export class ClaimLostError extends Error {
  constructor(fwId: number, state: string) {
    super(`Firework ${String(fwId)} became ${state} while it was being started; it is not run`);
    this.name = 'ClaimLostError';
  }
}

export class WorkflowLockedError extends Error {
  constructor(fwId: number) {
    super(`the workflow of Firework ${String(fwId)} stayed locked by another process`);
    this.name = 'WorkflowLockedError';
  }
}

export interface StartedLaunch {
  readonly launch: Launch;
  /** As it was read when the launch began. */
  readonly workflow: Workflow;
  /** What its beginning says that it has reached. */
  readonly noted: Checkpoint | undefined;
}

/** The Firework must be RESERVED by us. Throws when it cannot be made RUNNING, and then leaves no launch that runs. */
export async function startLaunch(
  store: LaunchPadStore,
  firework: Firework,
  place: LaunchPlace,
  trackers: readonly ValueObject[],
): Promise<StartedLaunch> {
  const { fwId } = firework;
  const { now, lockWaitMs, patiently = ONCE } = place;
  const context = place.context ?? createRunContext({ operation: 'checkout', commandLine: [], now });
  const reserved = await findReservation(store, firework);
  const { launchId, taken } = await takeIdAndLock(store, fwId, reserved?.launchId, context);
  const launch = runningLaunch(reserved, { launchId, fwId, trackers, place });
  const noted = place.firstCheckpoint?.(firework.spec);
  const progress: { inserted: boolean; workflow?: Workflow } = { inserted: false };
  try {
    const outcome = await refreshWorkflows(store, {
      fwIds: [fwId],
      now,
      taken,
      context,
      assumed: [launch],
      added: reserved ? new Map() : new Map([[fwId, [launchId]]]),
      edit: (draft) => {
        const state = draft.stateOf(fwId);
        progress.workflow = draft.view.workflow;
        if (state !== 'RESERVED') throw new ClaimLostError(fwId, state);
        draft.setState(fwId, 'RUNNING');
        draft.addLaunch(fwId, launchId);
        dropUseCache(draft, fwId);
      },
      beforeWrite: async () => {
        // A reservation that is replaced keeps its id; Python's programs replace it as a whole, too.
        const record = recordOf(firework, launch);
        await store.insertLaunch(beginning(launch, noted), record);
        progress.inserted = true;
        return true;
      },
      ...(lockWaitMs === undefined ? {} : { lockWaitMs }),
    });
    assertStarted(outcome, fwId);
  } catch (error) {
    if (progress.inserted) {
      const abandoned = patiently(() => abandon(store, launch, reserved, now(), error));
      await abandoned.catch(() => undefined);
    }
    throw error;
  }
  if (reserved) await startSharers(store, launch, place);
  const { workflow } = progress;
  // Without one the outcome was that the Firework is in none.
  if (!workflow) throw new Error(`Firework ${String(fwId)} belongs to no workflow`);
  return { launch, workflow, noted };
}

/** One does not depend on the other. */
async function takeIdAndLock(
  store: LaunchPadStore,
  fwId: number,
  reservedId: number | undefined,
  context: RunContext,
): Promise<{ readonly launchId: number; readonly taken: TakenWorkflow | undefined }> {
  const [id, lock] = await Promise.allSettled([
    reservedId ?? store.takeLaunchIds(1),
    takeWorkflow(store, fwId, context),
  ]);
  if (id.status === 'fulfilled' && lock.status === 'fulfilled')
    return { launchId: id.value, taken: lock.value };
  if (lock.status === 'fulfilled' && lock.value)
    await releaseWorkflow(store, lock.value).catch(() => undefined);
  throw id.status === 'rejected' ? id.reason : (lock as PromiseRejectedResult).reason;
}

/** With what the first sign of life would say. */
function beginning(launch: Launch, checkpoint: Checkpoint | undefined): Launch {
  const last = launch.stateHistory.at(-1);
  if (!checkpoint || !last) return launch;
  const entry = { ...last, checkpoint: { ...checkpoint } };
  return { ...launch, stateHistory: [...launch.stateHistory.slice(0, -1), entry] };
}

function recordOf({ fwId, name, spec }: Firework, { launchId, timeStart }: Launch): LaunchRecord {
  return { launchId, fwId, name, spec, startedOn: timeStart ?? '' };
}

function assertStarted({ locked, orphaned, conflicts }: RefreshOutcome, fwId: number): void {
  if (locked.length > 0) throw new WorkflowLockedError(fwId);
  if (orphaned.length > 0) throw new Error(`Firework ${String(fwId)} belongs to no workflow`);
  if (conflicts.length > 0) throw new Error(conflicts.join('; '));
}

async function findReservation(store: LaunchPadStore, { launches }: Firework): Promise<Launch | undefined> {
  const found = await launchesById(store, launches, 'all');
  return launches.map((id) => found.get(id)).find((launch) => launch?.state === 'RESERVED');
}

interface NewLaunch {
  readonly launchId: number;
  readonly fwId: number;
  readonly trackers: readonly ValueObject[];
  readonly place: LaunchPlace;
}

function runningLaunch(reserved: Launch | undefined, { launchId, fwId, trackers, place }: NewLaunch): Launch {
  const { worker, launchDir, host, ip, now } = place;
  const stateHistory = reserved?.stateHistory ?? [];
  const fresh = emptyLaunch({ launchId, fwId, launchDir, fworker: launchWorker(worker), host, ip });
  const launch = launchIn({ ...fresh, trackers, stateHistory }, 'RUNNING', now());
  const { reservedtimeSecs } = launch;
  return reservedtimeSecs === undefined
    ? launch
    : { ...launch, reservedtimeSecs: storedSeconds(reservedtimeSecs) };
}

/** A launch that never ran must not look as if it did: lost-run detection would find it. */
async function abandon(
  store: LaunchPadStore,
  launch: Launch,
  reserved: Launch | undefined,
  now: Date,
  reason: unknown,
): Promise<void> {
  if (reserved) return store.insertLaunch(reserved);
  const { launchId, state, stateHistory, timeEnd } = launchIn(launch, 'FIZZLED', now);
  const end = timeEnd instanceof Date ? timeEnd.toISOString() : timeEnd;
  // The Firework may list it: whether the write that failed was made, nobody has told us.
  const action = { ...neverBegun(reason) };
  const update = { launchId, onlyWhile: ['RUNNING'] as const, state, stateHistory, action, timeEnd: end };
  await store.updateLaunch(update);
}

function neverBegun(reason: unknown): FWAction {
  const message = `the launch could not be started: ${messageOf(reason)}`;
  const _exception = { _stacktrace: `Error: ${message}\n`, _details: null };
  return createAction({ stored_data: { _message: message, _task: null, _exception }, exit: true });
}

/** Duplicates that took the same reservation run with it. */
async function startSharers(store: LaunchPadStore, launch: Launch, { now }: LaunchPlace): Promise<void> {
  const owners = (await store.findFireworksOfLaunches([launch.launchId])).get(launch.launchId) ?? [];
  const others = owners.filter((fwId) => fwId !== launch.fwId);
  if (others.length === 0) return;
  await refreshWorkflows(store, {
    fwIds: others,
    now,
    edit: (draft) => {
      for (const fwId of others) {
        if (!draft.view.fireworks.has(fwId)) continue;
        const state = draft.stateOf(fwId);
        if (['WAITING', 'READY', 'RESERVED', 'FIZZLED'].includes(state)) draft.setState(fwId, 'RUNNING');
      }
    },
  });
}
