/** Reruns what a selection matches (rerun.md). */
import type { Firework, Launch, LaunchEffects, Value, WorkflowView } from '../../domain/model';
import { withMemberChanges, type DocumentChange } from '../../domain/patch';
import { planRerun, type RerunOptions, type RerunPlan } from '../../domain/rerun/rerun-plan';
import { recoveryLaunchIds } from '../../domain/rerun/rerun-recovery';
import { isUnderWay } from '../../domain/state';
import type { LaunchPadStore, Membership } from '../../storage/launchpad-store';
import { changeInBatches, type Change, type ChangeRequest } from '../change/change-in-batches';
import { orphansOf, recheckFireworks, type Conditions } from '../change/find-targets';
import { finishDeadOwners } from '../locks/finish-dead-owners';
import { withArchive } from './archive-removed';
import { readExceptionDetails } from './exception-details';
import { findDuplicates } from './find-duplicates';
import { readDeeds } from './read-deeds';
import { readViews } from '../read-views';
import { countOutcomes, failedOutcome, type RerunOutcome, type RerunReport } from './rerun-report';
import type { RunContext } from '../run-context';
import { createFindUnneeded, type FindUnneeded } from '../restart/find-unneeded';
import { launchesById } from '../launches-by-id';

export type { RerunOptions } from '../../domain/rerun/rerun-plan';
export type { RecoveryMode, TaskLevelOptions } from '../../domain/rerun/rerun-recovery';
export type { SpecEdit } from '../../domain/rerun/spec-edit';

export interface RerunRequest extends ChangeRequest {
  /** Selected Fireworks, which exist. */
  readonly ids: readonly number[];
  /**
   * What they were selected by: asked again under the lock, because a rocket may have COMPLETED since what was FIZZLED, and
   * a rerun would throw its result away.
   */
  readonly selection?: Conditions;
  readonly options: RerunOptions;
  /** Leave Fireworks that share a launch with a target alone. */
  readonly noDuplicates: boolean;
  /**
   * Launches that end with the rerun of what they belong to (a lost run, a reservation that is given up), as changes by
   * Firework; asked under the lock. A Firework that is not in it, and is under way, is refused as always.
   */
  readonly ending?: (fwIds: readonly number[]) => Promise<ReadonlyMap<number, readonly DocumentChange[]>>;
  /** Leave alone what has run with the same parameters already (`--needed`). */
  readonly needed?: boolean;
  /** Put what a failed Firetask told of its failure into `spec._exception_details` (EXCEPT_DETAILS_ON_RERUN). */
  readonly exceptionDetails?: boolean;
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
  const asked = new Set(request.ids);
  const findUnneeded = request.needed ? createFindUnneeded(request.options.edits ?? []) : undefined;
  const change: Change<RerunOutcome> = {
    recheck: (locked, mine) => recheckFireworks(locked, request.selection ?? {}, asked, mine),
    plan: (locked, mine) => planBatch(locked, request, context, mine, findUnneeded),
    mishap: failedOutcome,
  };
  const result = await changeInBatches({ store, change, request, context }, memberships);
  const { outcomes, committed, interrupted } = result;
  for (const id of orphansOf(ids, memberships))
    outcomes.set(id, failedOutcome(id, 'failed', 'is in no workflow'));
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

function withDuplicate(outcome: RerunOutcome, duplicates: ReadonlyMap<number, number>): RerunOutcome {
  const duplicateOf = duplicates.get(outcome.fwId);
  return duplicateOf === undefined ? outcome : { ...outcome, duplicateOf };
}

async function planBatch(
  store: LaunchPadStore,
  request: RerunRequest,
  context: RunContext,
  memberships: readonly Membership[],
  findUnneeded: FindUnneeded | undefined,
): Promise<readonly RerunPlan[]> {
  const targets = new Set(memberships.flatMap(({ members }) => members));
  // An edit of the spec needs what was there before.
  const needsSpecs =
    findUnneeded !== undefined ||
    (request.options.edits ?? []).length > 0 ||
    request.options.rollbackDynamic === true;
  const views = await readViews(store, [...targets], needsSpecs ? 'all' : 'control');
  const unneeded = await findUnneeded?.(store, pickTargets(views, targets));
  const launches = await readLaunches(store, request.options, views, targets);
  const effects = await readEffects(store, views);
  const deeds = await readDeeds(store, views, effects, request.options.rollbackDynamic === true);
  const exceptionDetails = request.exceptionDetails
    ? await readExceptionDetails(store, views)
    : new Map<number, Value>();
  const now = context.now();
  const ending = (await request.ending?.([...targets])) ?? new Map<number, readonly DocumentChange[]>();
  const options = { ...request.options, ended: new Set(ending.keys()) };
  const ended = new Set<number | string>();
  return views.map((view) => {
    const own = new Set(view.workflow.nodes.filter((node) => targets.has(node)));
    const plan = planRerun({
      view,
      targets: own,
      options,
      launches,
      effects,
      deeds,
      exceptionDetails,
      ...(unneeded ? { unneeded } : {}),
      now,
    });
    const rerun = plan.outcomes.filter(({ outcome }) => outcome === 'rerun');
    // Fireworks of several workflows may share a launch.
    const ends = rerun.flatMap(({ fwId }) => ending.get(fwId) ?? []).filter(({ id }) => !ended.has(id));
    for (const { id } of ends) ended.add(id);
    const patch = withArchive(plan.patch, view.workflow.name, context);
    return { ...plan, patch: withMemberChanges(patch, ends) };
  });
}

function pickTargets(views: readonly WorkflowView[], targets: ReadonlySet<number>): readonly Firework[] {
  return views.flatMap(({ fireworks }) => [...fireworks.values()].filter(({ fwId }) => targets.has(fwId)));
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
  return launchesById(store, ids, 'brief');
}
