/** Claims a Firework for a rocket: claim → duplicates → launch → RUNNING, or the claim is given back. */
import type { Checkpoint, Firework, Launch, ValueObject } from '../../domain/model';
import type { FireworkState } from '../../domain/state';
import { LpadError, messageOf } from '../../errors';
import type { ClaimRequest, LaunchPadStore } from '../../storage/launchpad-store';
import type { WorkflowDraft } from '../../domain/workflow-draft';
import { refreshWorkflows } from '../refresh/refresh-workflows';
import { createRunContext } from '../run-context';
import { ClaimLostError, ONCE, startLaunch, WorkflowLockedError, type LaunchPlace } from './start-launch';
import type { RunIds } from '../../specs/job-files/saved-job';
import { runIdsOf } from './run-ids';
import { dupeFinderNames, type DupeFinder } from './dupe-finders';
import { stealLaunches } from './steal-launches';
import { claimQuery } from './worker-query';

export interface CheckoutRequest extends LaunchPlace {
  /** This Firework and no other, READY or RESERVED, whatever the worker's query says. */
  readonly fwId?: number;
  /** After the priority. */
  readonly order: ClaimRequest['order'];
  /** Names of the Firetasks that can be run. */
  readonly firetasks: readonly string[];
  readonly dupeFinders: readonly DupeFinder[];
  /** Those among a Firework's that cannot. */
  readonly unknownIn: (spec: ValueObject) => readonly string[];
  readonly trackersOf: (spec: ValueObject) => readonly ValueObject[];
  readonly note: (message: string) => void;
  /** One that was claimed already, to begin with. */
  readonly claimed?: Firework | undefined;
}

export interface CheckedOut {
  /** As it is now: RUNNING, with the launch. */
  readonly firework: Firework;
  readonly launch: Launch;
  readonly run: RunIds;
  /** What the beginning of the launch says that it has reached. */
  readonly noted: Checkpoint | undefined;
}

/** Undefined when there is nothing to run. */
export async function checkoutLaunch(
  store: LaunchPadStore,
  request: CheckoutRequest,
): Promise<CheckedOut | undefined> {
  if (request.fwId !== undefined) await assertRunnable(store, request.fwId, request);
  for (let claimed = request.claimed; ; claimed = undefined) {
    const { fwId, dupeFinders, now, note } = request;
    const firework = claimed ?? (await claimNext(store, request));
    if (!firework) return undefined;
    // One name for the start and for giving back: a lock that the one could not release is the other's still.
    const context = createRunContext({ operation: 'checkout', commandLine: [], now });
    const place = { ...request, context };
    try {
      // The query asks the same, but a spec may have a shape that it does not see through.
      assertKnown(firework, request);
      const victims = await stealLaunches(store, firework, dupeFinders, now);
      for (const victim of victims)
        note(`Duplicate found! fwids ${String(firework.fwId)} and ${String(victim)}`);
      if (victims.length > 0) continue;
      const { launch, workflow, noted } = await startLaunch(
        store,
        firework,
        place,
        request.trackersOf(firework.spec),
      );
      // What runs already is not given back because of a name.
      const run = await runIdsOf(store, workflow).catch(() => ({}));
      return { firework: running(firework, launch), launch, run, noted };
    } catch (error) {
      if (error instanceof ClaimLostError) note(error.message);
      else await giveBack(store, firework, place, error);
      if (error instanceof ClaimLostError && fwId === undefined) continue;
      throw wrapped(error);
    }
  }
}

export type NextRequest = Pick<
  CheckoutRequest,
  'fwId' | 'order' | 'worker' | 'firetasks' | 'dupeFinders' | 'now'
>;

/** Makes the next Firework RESERVED; undefined when there is nothing to run. */
export function claimNext(
  store: LaunchPadStore,
  { fwId, order, worker, firetasks, dupeFinders, now }: NextRequest,
): Promise<Firework | undefined> {
  const where = claimQuery(worker, { firetasks, dupeFinders: dupeFinderNames(dupeFinders) });
  const claim = { where, order, now: now() };
  return store.claimFirework(fwId === undefined ? claim : { ...claim, fwId });
}

function running(firework: Firework, launch: Launch): Firework {
  const { launchId, stateHistory } = launch;
  const launches = firework.launches.includes(launchId)
    ? firework.launches
    : [...firework.launches, launchId];
  const updatedOn = stateHistory.at(-1)?.created_on ?? firework.updatedOn;
  return { ...firework, state: 'RUNNING', launches, updatedOn };
}

async function assertRunnable(store: LaunchPadStore, fwId: number, request: CheckoutRequest): Promise<void> {
  for await (const firework of store.findFireworks({ ids: [fwId] }, 'all')) {
    assertKnown(firework, request);
    const { state } = firework;
    if (state === 'READY' || state === 'RESERVED') return;
    throw new LpadError(
      'FAILED',
      `Firework ${String(fwId)} is ${state}; only READY and RESERVED ones can be run`,
      hintFor(state, fwId),
    );
  }
  throw new LpadError('NOT_FOUND', `there is no Firework ${String(fwId)}`);
}

function hintFor(state: FireworkState, fwId: number): { readonly hint?: string } {
  const rerun = state === 'FIZZLED' || state === 'COMPLETED' || state === 'RUNNING';
  return rerun ? { hint: `lpad rerun_fws -i ${String(fwId)}` } : {};
}

function assertKnown({ fwId, spec }: Firework, { unknownIn }: CheckoutRequest): void {
  const unknown = unknownIn(spec);
  if (unknown.length === 0) return;
  const names = unknown.join(', ');
  throw new LpadError('FAILED', `Firework ${String(fwId)} cannot be run here: unknown Firetask ${names}`, {
    hint: "run it with FireWorks' own rlaunch (Python), name the module that defines it under firetasks: in my_launchpad.yaml, or a Firetask of Python's under python_firetasks:",
  });
}

/** A claim that came to nothing must not stay RESERVED: nobody would ever run it. */
export async function giveBack(
  store: LaunchPadStore,
  { fwId, launches }: Firework,
  {
    now,
    lockWaitMs,
    patiently = ONCE,
    context,
  }: Pick<CheckoutRequest, 'now' | 'lockWaitMs' | 'patiently' | 'context'>,
  reason: unknown,
): Promise<void> {
  const stuck = (why: string): LpadError =>
    new LpadError(
      'FAILED',
      `${messageOf(reason)}; and Firework ${String(fwId)} stays RESERVED, because ${why}`,
      {
        hint: `lpad rerun_fws -i ${String(fwId)}`,
        cause: reason,
      },
    );
  try {
    const giving = {
      fwIds: [fwId],
      now,
      ...(context ? { context } : {}),
      // READY, unless the refresh that follows finds a parent or a reservation.
      edit: (draft: WorkflowDraft) => {
        if (draft.stateOf(fwId) === 'RESERVED') draft.setState(fwId, 'READY');
      },
      ...(lockWaitMs === undefined ? {} : { lockWaitMs }),
    };
    const outcome = await patiently(() => refreshWorkflows(store, giving));
    if (outcome.locked.length + outcome.orphaned.length === 0) return;
    // One with a launch has a reservation, and is RESERVED rightly.
    if (launches.length > 0) return;
    // The workflow notes a claim only when the launch starts: without the lock, the Firework alone is put right.
    const released = await patiently(() => store.releaseClaim(fwId, launches, now()));
    if (!released) throw new Error('somebody else has changed it');
  } catch (error) {
    throw stuck(messageOf(error));
  }
}

function wrapped(error: unknown): unknown {
  if (error instanceof WorkflowLockedError) return new LpadError('LOCKED', error.message, { cause: error });
  if (error instanceof ClaimLostError) return new LpadError('CONFLICT', error.message, { cause: error });
  return error;
}
