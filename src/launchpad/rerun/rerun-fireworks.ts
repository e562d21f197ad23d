/**
 * Reruns what a selection matches: batch by batch of whole workflows, lock → read → plan → journal → write → unlock, in a
 * few round trips whatever the size of the batch (rerun.md, sections 5 and 7).
 */
import type { Launch, LaunchEffects, WorkflowView } from '../../domain/model';
import { isEmptyPatch, type WorkflowPatch } from '../../domain/patch';
import { planRerun, type RerunOptions, type RerunPlan } from '../../domain/rerun/rerun-plan';
import { recoveryLaunchIds } from '../../domain/rerun/rerun-recovery';
import { isUnderWay } from '../../domain/state';
import type { FireworkSelection, LaunchPadStore, LockOwner, Membership } from '../../storage/launchpad-store';
import { acquireLocks } from '../locks/acquire-locks';
import { lockGuard } from '../locks/lock-guard';
import { finishDeadOwners } from '../locks/finish-dead-owners';
import { batchesOf, findDuplicates } from './find-targets';
import { readViews } from '../read-views';
import { countOutcomes, failedOutcome, type RerunOutcome, type RerunReport } from './rerun-report';
import { createJournalEntry, createLockOwner, type RunContext } from '../run-context';

export type { RerunOptions } from '../../domain/rerun/rerun-plan';
export type { RecoveryMode, TaskLevelOptions } from '../../domain/rerun/rerun-recovery';
export type { SpecEdit } from '../../domain/rerun/spec-edit';

export interface RerunRequest {
  /** Selected Fireworks, which exist. */
  readonly ids: readonly number[];
  /**
   * What they were selected by: asked again under the lock, because a rocket may have COMPLETED since what was FIZZLED, and
   * a rerun would throw its result away.
   */
  readonly selection?: Pick<FireworkSelection, 'where' | 'activeLaunch'>;
  readonly options: RerunOptions;
  /** Leave Fireworks that share a launch with a target alone. */
  readonly noDuplicates: boolean;
  readonly dryRun: boolean;
  /** In a dry run: every patch that would be committed. */
  readonly onPatch?: ((patch: WorkflowPatch) => void) | undefined;
  /** Ends the work after the batch in hand. */
  readonly signal?: AbortSignal;
  readonly onProgress?: (done: number) => void;
  /** How long a workflow that somebody else has locked is waited for. */
  readonly lockWaitMs?: number;
}

const LOCK_WAIT_MS = 60_000;
/** A conflict is retried with a fresh read, so often at most. */
const MOST_TRIES = 3;

interface Batch {
  readonly memberships: readonly Membership[];
  readonly tries: number;
  /** Until when locks are waited for, milliseconds since 1970; without it not at all. */
  readonly deadline?: number;
}

export async function rerunFireworks(
  store: LaunchPadStore,
  request: RerunRequest,
  context: RunContext,
): Promise<RerunReport> {
  if (!request.dryRun) await finishDeadOwners(store);
  const duplicates = request.noDuplicates
    ? new Map<number, number>()
    : await findDuplicates(store, request.ids);
  const ids = [...request.ids, ...duplicates.keys()];
  const memberships = await store.findMemberships(ids);
  const outcomes = new Map<number, RerunOutcome>();
  for (const id of orphansOf(ids, memberships))
    outcomes.set(id, failedOutcome(id, 'failed', 'is in no workflow'));

  const queue: Batch[] = batchesOf(memberships).map((one) => ({ memberships: one, tries: 1 }));
  let committed = 0;
  let interrupted = false;
  for (const [number, batch] of queue.entries()) {
    interrupted ||= request.signal?.aborted ?? false;
    if (interrupted) {
      for (const id of targetsOf(batch))
        outcomes.set(id, failedOutcome(id, 'not done', 'interrupted before its turn'));
      continue;
    }
    const result = await rerunBatch(store, request, context, batch, number);
    for (const outcome of result.outcomes) outcomes.set(outcome.fwId, outcome);
    for (const again of result.again) queue.push(again);
    committed += result.committed;
    request.onProgress?.(outcomes.size);
  }

  // Whoever deleted it in between has it no more to rerun.
  for (const id of ids) {
    if (!outcomes.has(id)) outcomes.set(id, failedOutcome(id, 'failed', 'was deleted meanwhile'));
  }
  const targets = [...outcomes.values()]
    .map((outcome) => withDuplicate(outcome, duplicates))
    .sort((one, other) => one.fwId - other.fwId);
  const wallClockHours = request.dryRun ? await sumHours(store, targets) : undefined;
  return {
    ...(wallClockHours === undefined ? {} : { wallClockHours }),
    ...(committed > 0 ? { journalId: context.run } : {}),
    dryRun: request.dryRun,
    targets,
    counts: countOutcomes(targets),
    interrupted,
  };
}

/** What the launches that are archived took: it will be spent again. */
async function sumHours(store: LaunchPadStore, targets: readonly RerunOutcome[]): Promise<number> {
  let seconds = 0;
  const ids = targets.flatMap(({ archivedLaunches }) => archivedLaunches);
  for await (const { runtimeSecs } of store.findLaunchEffects(ids)) seconds += runtimeSecs;
  return seconds / 3600;
}

function orphansOf(ids: readonly number[], memberships: readonly Membership[]): readonly number[] {
  const members = new Set(memberships.flatMap((membership) => membership.members));
  return ids.filter((id) => !members.has(id));
}

function targetsOf({ memberships }: Batch): readonly number[] {
  return memberships.flatMap(({ members }) => members);
}

function withDuplicate(outcome: RerunOutcome, duplicates: ReadonlyMap<number, number>): RerunOutcome {
  const duplicateOf = duplicates.get(outcome.fwId);
  return duplicateOf === undefined ? outcome : { ...outcome, duplicateOf };
}

interface BatchResult {
  readonly outcomes: readonly RerunOutcome[];
  /** What could not be locked at once, or conflicted: later, by itself. */
  readonly again: readonly Batch[];
  readonly committed: number;
}

async function rerunBatch(
  store: LaunchPadStore,
  request: RerunRequest,
  context: RunContext,
  batch: Batch,
  number: number,
): Promise<BatchResult> {
  if (request.dryRun) {
    const plans = await planBatch(store, request, context, batch.memberships);
    for (const { patch } of plans) if (!isEmptyPatch(patch)) request.onPatch?.(patch);
    return { outcomes: plans.flatMap(({ outcomes }) => outcomes), again: [], committed: 0 };
  }
  const owner = createLockOwner(context);
  const keys = batch.memberships.map(({ workflowKey }) => workflowKey);
  const { locked, busy } = await acquireLocks(
    store,
    keys,
    owner,
    Math.max(0, (batch.deadline ?? 0) - Date.now()),
  );
  const locks = lockGuard(store, locked, owner);
  try {
    const held = new Set(locked);
    const mine = batch.memberships.filter(({ workflowKey }) => held.has(workflowKey));
    const { wanted, changed } = await stillSelected(store, request, mine);
    const done =
      wanted.length > 0
        ? await commitBatch(locks.store, request, context, owner, { ...batch, memberships: wanted }, number)
        : NOTHING;
    const others = new Set(busy);
    const waiting = batch.memberships.filter(({ workflowKey }) => others.has(workflowKey));
    const { again, outcomes } = waiting.length > 0 ? waitLonger(batch, waiting, request) : NOTHING;
    return {
      outcomes: [...changed, ...done.outcomes, ...outcomes],
      again: [...done.again, ...again],
      committed: done.committed,
    };
  } finally {
    await locks.release();
  }
}

const NOTHING: BatchResult = { outcomes: [], again: [], committed: 0 };

interface StillSelected {
  readonly wanted: readonly Membership[];
  readonly changed: readonly RerunOutcome[];
}

/** Ids alone say what is meant whatever happens; what was selected by a state or a query must still match. */
async function stillSelected(
  store: LaunchPadStore,
  { ids, selection = {} }: RerunRequest,
  memberships: readonly Membership[],
): Promise<StillSelected> {
  if (memberships.length === 0 || (!selection.where && !selection.activeLaunch))
    return { wanted: memberships, changed: [] };
  const asked = new Set(ids);
  const members = memberships.flatMap((membership) => membership.members);
  const matching = new Set(await store.findFireworkIds({ ...selection, ids: members }));
  // Duplicates were not selected: they come along.
  const isWanted = (id: number): boolean => matching.has(id) || !asked.has(id);
  const gone = members.filter((id) => !isWanted(id));
  if (gone.length === 0) return { wanted: memberships, changed: [] };
  const wanted = memberships
    .map((membership) => ({ ...membership, members: membership.members.filter(isWanted) }))
    .filter((membership) => membership.members.length > 0);
  const reason = 'was changed by somebody else meanwhile, and is not selected any more';
  return { wanted, changed: gone.map((id) => failedOutcome(id, 'skipped', reason)) };
}

/**
 * Those that others hold are not waited for while our own locks stand in others' way: at the end, each alone, so that two
 * reruns never wait for one another.
 */
function waitLonger(batch: Batch, waiting: readonly Membership[], request: RerunRequest): BatchResult {
  const waitMs = request.lockWaitMs ?? LOCK_WAIT_MS;
  if (batch.deadline === undefined) {
    const deadline = Date.now() + waitMs;
    return { ...NOTHING, again: waiting.map((one) => ({ ...batch, memberships: [one], deadline })) };
  }
  const reason = `its workflow stayed locked for ${String(Math.round(waitMs / 1000))} s by another process`;
  const members = waiting.flatMap((membership) => membership.members);
  return { ...NOTHING, outcomes: members.map((id) => failedOutcome(id, 'failed', reason)) };
}

async function commitBatch(
  store: LaunchPadStore,
  request: RerunRequest,
  context: RunContext,
  owner: LockOwner,
  batch: Batch,
  number: number,
): Promise<BatchResult> {
  const plans = await planBatch(store, request, context, batch.memberships);
  const writing = plans.filter(({ patch }) => !isEmptyPatch(patch));
  const patches = writing.map(({ patch }) => patch);
  const outcomes = plans
    .filter(({ patch }) => isEmptyPatch(patch))
    .flatMap((plan) => plan.outcomes as RerunOutcome[]);
  if (patches.length === 0) return { ...NOTHING, outcomes };
  const entry = createJournalEntry(context, number, patches, countDetails(patches));
  const results = await store.commitPatches(entry, owner);
  const again: Membership[] = [];
  let committed = 0;
  for (const [index, plan] of writing.entries()) {
    const result = results[index];
    if (result?.kind === 'committed') {
      committed += 1;
      outcomes.push(...plan.outcomes);
      continue;
    }
    const membership = batch.memberships.find(({ workflowKey }) => workflowKey === plan.patch.workflowKey);
    if (batch.tries < MOST_TRIES && membership) again.push(membership);
    else
      outcomes.push(
        ...plan.outcomes.map((one) =>
          failedOutcome(one.fwId, 'conflict', result?.reason ?? 'changed meanwhile'),
        ),
      );
  }
  const deadline = Date.now() + (request.lockWaitMs ?? LOCK_WAIT_MS);
  const retries = again.map((one) => ({ memberships: [one], tries: batch.tries + 1, deadline }));
  return { outcomes, again: retries, committed };
}

function countDetails(patches: readonly WorkflowPatch[]): Readonly<Record<string, number>> {
  const changes = patches.flatMap((patch) => patch.changes);
  return {
    workflows: patches.length,
    fireworks: changes.filter(({ collection }) => collection === 'fireworks').length,
  };
}

async function planBatch(
  store: LaunchPadStore,
  request: RerunRequest,
  context: RunContext,
  memberships: readonly Membership[],
): Promise<readonly RerunPlan[]> {
  const targets = new Set(memberships.flatMap(({ members }) => members));
  // An edit of the spec needs what was there before.
  const views = await readViews(store, [...targets], request.options.edits?.length ? 'all' : 'control');
  const launches = await readLaunches(store, request.options, views, targets);
  const effects = await readEffects(store, views);
  const now = context.now();
  return views.map((view) => {
    const own = new Set(view.workflow.nodes.filter((node) => targets.has(node)));
    return planRerun({ view, targets: own, options: request.options, launches, effects, now });
  });
}

/** What the COMPLETED work that may be reset has done to others: actions of FIZZLED launches had no effect. */
async function readEffects(
  store: LaunchPadStore,
  views: readonly WorkflowView[],
): Promise<ReadonlyMap<number, LaunchEffects>> {
  const effects = new Map<number, LaunchEffects>();
  const ids: number[] = [];
  for (const { fireworks } of views) {
    for (const { state, launches } of fireworks.values()) if (state === 'COMPLETED') ids.push(...launches);
  }
  if (ids.length === 0) return effects;
  for await (const one of store.findLaunchEffects(ids)) effects.set(one.launchId, one);
  return effects;
}

/** Launches that a plan asks about: those to resume from, and those that are archived while they run. */
async function readLaunches(
  store: LaunchPadStore,
  { taskLevel, includeRunning }: RerunOptions,
  views: readonly WorkflowView[],
  targets: ReadonlySet<number>,
): Promise<ReadonlyMap<number, Launch>> {
  const ids: number[] = [];
  for (const { fireworks } of views) {
    for (const firework of fireworks.values()) {
      if (includeRunning && isUnderWay(firework.state)) ids.push(...firework.launches);
      if (!taskLevel || !targets.has(firework.fwId)) continue;
      ids.push(...recoveryLaunchIds(firework, taskLevel.launchIds.get(firework.fwId)));
    }
  }
  const launches = new Map<number, Launch>();
  if (ids.length === 0) return launches;
  for await (const launch of store.findLaunches(ids, 'brief')) launches.set(launch.launchId, launch);
  return launches;
}
