/**
 * Makes a change in many workflows: batch by batch of whole workflows, lock → ask again → read → plan → journal → write →
 * unlock, in a few round trips whatever the size of the batch (rerun.md, sections 5 and 7). What the change is, its planner
 * says.
 */
import { fireworksOf, isEmptyPatch, type WorkflowPatch } from '../../domain/patch';
import type { LaunchPadStore, LockOwner, Membership } from '../../storage/launchpad-store';
import { acquireLocks } from '../locks/acquire-locks';
import { lockGuard } from '../locks/lock-guard';
import { createJournalEntry, createLockOwner, type RunContext } from '../run-context';
import { withNewIds } from './new-ids';
import { batchesOf } from './batches';

/** What became of one target. */
export interface TargetResult {
  readonly fwId: number;
}

/** Why a target that could have been changed was not. */
export type Mishap = 'failed' | 'skipped' | 'conflict' | 'not done';

export interface ChangePlan<Outcome extends TargetResult> {
  readonly patch: WorkflowPatch;
  readonly outcomes: readonly Outcome[];
}

/** Which targets are still meant, and those that are not any more. */
export interface StillSelected {
  readonly wanted: readonly Membership[];
  readonly gone: readonly number[];
}

export interface Change<Outcome extends TargetResult> {
  /** Asked under the lock: what was selected by a state or a query must still match. */
  readonly recheck: (store: LaunchPadStore, memberships: readonly Membership[]) => Promise<StillSelected>;
  readonly plan: (
    store: LaunchPadStore,
    memberships: readonly Membership[],
  ) => Promise<readonly ChangePlan<Outcome>[]>;
  readonly mishap: (fwId: number, outcome: Mishap, reason: string) => Outcome;
}

export interface ChangeRequest {
  readonly dryRun: boolean;
  /** In a dry run: every patch that would be committed. */
  readonly onPatch?: ((patch: WorkflowPatch) => void) | undefined;
  /** Every patch that was committed, with the ids that its new Fireworks got. */
  readonly onCommitted?: ((patch: WorkflowPatch) => void) | undefined;
  /** Ends the work after the batch in hand. */
  readonly signal?: AbortSignal;
  /** How many targets have an outcome. */
  readonly onProgress?: (done: number) => void;
  /** How long a workflow that somebody else has locked is waited for. */
  readonly lockWaitMs?: number;
  /** The number of its first journal entry: a command may change something in several ways, one after the other. */
  readonly firstEntry?: number;
  /** The number that the next journal entry of the command may have. */
  readonly onEntry?: (next: number) => void;
}

export interface ChangeResult<Outcome> {
  readonly outcomes: Map<number, Outcome>;
  /** Workflows that were written. */
  readonly committed: number;
  readonly interrupted: boolean;
}

const LOCK_WAIT_MS = 60_000;
/** While the server writes one batch, the next is read and planned. */
const LANES = 2;
/** A conflict is retried with a fresh read, so often at most. */
const MOST_TRIES = 3;

interface Batch {
  readonly memberships: readonly Membership[];
  readonly tries: number;
  /** Until when locks are waited for, milliseconds since 1970; without it not at all. */
  readonly deadline?: number;
}

interface Job<Outcome extends TargetResult> {
  readonly store: LaunchPadStore;
  readonly change: Change<Outcome>;
  readonly request: ChangeRequest;
  readonly context: RunContext;
}

export async function changeInBatches<Outcome extends TargetResult>(
  job: Job<Outcome>,
  memberships: readonly Membership[],
): Promise<ChangeResult<Outcome>> {
  const { request, change } = job;
  const outcomes = new Map<number, Outcome>();
  let committed = 0;
  let interrupted = false;
  let number = request.firstEntry ?? 0;
  const again: Batch[] = [];
  const work = async (queue: Batch[]): Promise<void> => {
    for (let batch = queue.shift(); batch; batch = queue.shift()) {
      interrupted ||= request.signal?.aborted ?? false;
      if (interrupted) {
        for (const id of targetsOf(batch))
          outcomes.set(id, change.mishap(id, 'not done', 'interrupted before its turn'));
        continue;
      }
      number += 1;
      request.onEntry?.(number);
      const result = await changeBatch(job, batch, number - 1);
      for (const outcome of result.outcomes) outcomes.set(outcome.fwId, outcome);
      again.push(...result.again);
      committed += result.committed;
      request.onProgress?.(outcomes.size);
    }
  };
  const first: Batch[] = batchesOf(memberships).map((one) => ({ memberships: one, tries: 1 }));
  await inLanes(request.dryRun ? 1 : LANES, first, work);
  await work(again);
  // Whoever deleted it in between has it no more to change.
  for (const id of memberships.flatMap(({ members }) => members)) {
    if (!outcomes.has(id)) outcomes.set(id, change.mishap(id, 'failed', 'was deleted meanwhile'));
  }
  return { outcomes, committed, interrupted };
}

/** When one lane fails, the others begin nothing more, and end what they have in hand: they hold locks. */
async function inLanes(
  lanes: number,
  queue: Batch[],
  work: (queue: Batch[]) => Promise<void>,
): Promise<void> {
  const run = (): Promise<void> =>
    work(queue).catch((error: unknown) => {
      queue.length = 0;
      throw error;
    });
  const ended = await Promise.allSettled(Array.from({ length: lanes }, run));
  for (const one of ended) if (one.status === 'rejected') throw one.reason;
}

function targetsOf({ memberships }: Batch): readonly number[] {
  return memberships.flatMap(({ members }) => members);
}

interface BatchResult<Outcome> {
  readonly outcomes: readonly Outcome[];
  /** What could not be locked at once, or conflicted: later, by itself. */
  readonly again: readonly Batch[];
  readonly committed: number;
}

async function changeBatch<Outcome extends TargetResult>(
  job: Job<Outcome>,
  batch: Batch,
  number: number,
): Promise<BatchResult<Outcome>> {
  const { store, change, request, context } = job;
  if (request.dryRun) {
    const plans = await change.plan(store, batch.memberships);
    for (const { patch } of plans) if (!isEmptyPatch(patch)) request.onPatch?.(patch);
    return { outcomes: plans.flatMap(({ outcomes }) => outcomes), again: [], committed: 0 };
  }
  const owner = createLockOwner(context);
  const keys = batch.memberships.map(({ workflowKey }) => workflowKey);
  const waitMs = Math.max(0, (batch.deadline ?? 0) - Date.now());
  const { locked, busy } = await acquireLocks(store, keys, owner, waitMs);
  const locks = lockGuard(store, locked, owner);
  try {
    const held = new Set(locked);
    const mine = batch.memberships.filter(({ workflowKey }) => held.has(workflowKey));
    const { wanted, gone } = mine.length > 0 ? await change.recheck(store, mine) : { wanted: mine, gone: [] };
    const done = await commitBatch(
      { ...job, store: locks.store },
      { ...batch, memberships: wanted },
      owner,
      number,
    );
    const others = new Set(busy);
    const waiting = await stillThere(
      store,
      batch.memberships.filter(({ workflowKey }) => others.has(workflowKey)),
    );
    const { again, outcomes } = waitLonger(job, batch, waiting);
    const reason = 'was changed by somebody else meanwhile, and is not selected any more';
    return {
      outcomes: [...gone.map((id) => change.mishap(id, 'skipped', reason)), ...done.outcomes, ...outcomes],
      again: [...done.again, ...again],
      committed: done.committed,
    };
  } finally {
    await locks.release();
  }
}

/** What is gone, perhaps by finishing the deletion of a process that died, cannot be locked however long one waits. */
async function stillThere(
  store: LaunchPadStore,
  memberships: readonly Membership[],
): Promise<readonly Membership[]> {
  if (memberships.length === 0) return memberships;
  const found = await store.findMemberships(memberships.flatMap(({ members }) => members));
  const there = new Set(found.map(({ workflowKey }) => workflowKey));
  return memberships.filter(({ workflowKey }) => there.has(workflowKey));
}

/**
 * Those that others hold are not waited for while our own locks stand in others' way: at the end, each alone, so that two
 * commands never wait for one another.
 */
function waitLonger<Outcome extends TargetResult>(
  { request, change }: Job<Outcome>,
  batch: Batch,
  waiting: readonly Membership[],
): Pick<BatchResult<Outcome>, 'outcomes' | 'again'> {
  const waitMs = request.lockWaitMs ?? LOCK_WAIT_MS;
  if (batch.deadline === undefined) {
    const deadline = Date.now() + waitMs;
    return { outcomes: [], again: waiting.map((one) => ({ ...batch, memberships: [one], deadline })) };
  }
  const reason = `its workflow stayed locked for ${String(Math.round(waitMs / 1000))} s by another process`;
  const members = waiting.flatMap((membership) => membership.members);
  return { again: [], outcomes: members.map((id) => change.mishap(id, 'failed', reason)) };
}

async function commitBatch<Outcome extends TargetResult>(
  { store, change, request, context }: Job<Outcome>,
  batch: Batch,
  owner: LockOwner,
  number: number,
): Promise<BatchResult<Outcome>> {
  const plans = batch.memberships.length > 0 ? await change.plan(store, batch.memberships) : [];
  const writing = plans.filter(({ patch }) => !isEmptyPatch(patch));
  const patches = await withNewIds(
    store,
    writing.map(({ patch }) => patch),
  );
  const outcomes = plans
    .filter(({ patch }) => isEmptyPatch(patch))
    .flatMap((plan) => plan.outcomes as Outcome[]);
  if (patches.length === 0) return { outcomes, again: [], committed: 0 };
  const entry = createJournalEntry(context, number, patches, countDetails(patches));
  const results = await store.commitPatches(entry, owner);
  const memberships = new Map(batch.memberships.map((one) => [one.workflowKey, one]));
  const again: Membership[] = [];
  let committed = 0;
  for (const [index, plan] of writing.entries()) {
    const result = results[index];
    const membership = memberships.get(plan.patch.workflowKey);
    if (result?.kind === 'committed') {
      committed += 1;
      const written = patches[index];
      if (written) request.onCommitted?.(written);
      outcomes.push(...plan.outcomes);
    } else if (batch.tries < MOST_TRIES && membership) again.push(membership);
    else {
      const reason = result?.reason ?? 'changed meanwhile';
      outcomes.push(...plan.outcomes.map(({ fwId }) => change.mishap(fwId, 'conflict', reason)));
    }
  }
  const deadline = Date.now() + (request.lockWaitMs ?? LOCK_WAIT_MS);
  const retries = again.map((one) => ({ memberships: [one], tries: batch.tries + 1, deadline }));
  return { outcomes, again: retries, committed };
}

function countDetails(patches: readonly WorkflowPatch[]): Readonly<Record<string, number>> {
  return { workflows: patches.length, fireworks: patches.flatMap(fireworksOf).length };
}
