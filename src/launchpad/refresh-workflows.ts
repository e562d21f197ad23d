/** Refreshes members of workflows after something happened to them: lock → read → plan → write, which unlocks. */
import type { Workflow } from '../domain/model';
import type { WorkflowDraft } from '../domain/workflow-draft';
import type { LaunchPadStore, LockOwner, Membership } from '../storage/launchpad-store';
import { loadRefreshView, type Expectations } from './load-refresh-view';
import { planRefresh, type RefreshPlan } from './plan-refresh';
import { createJournalEntry, createLockOwner, createRunContext, type RunContext } from './run-context';

/** FireWorks' WFLOCK_EXPIRATION_SECS. */
export const WORKFLOW_LOCK_WAIT_MS = 300_000;

/** A Firework that Python's lpad changes at the same moment, outside the lock, makes a plan outdated. */
const MOST_TRIES = 5;

export interface RefreshRequest extends Expectations {
  readonly fwIds: readonly number[];
  readonly now: () => Date;
  /** Changes members before the refresh. */
  readonly edit?: (draft: WorkflowDraft) => void;
  /** Once, when the plans are made and the locks are held; false gives it all up. */
  readonly beforeWrite?: () => Promise<boolean>;
  readonly lockWaitMs?: number;
}

export interface RefreshOutcome {
  /** `givenUp` by beforeWrite. */
  readonly kind: 'refreshed' | 'givenUp';
  /** Members whose workflow somebody else held until the end of the wait. */
  readonly locked: readonly number[];
  /** Members of no workflow. */
  readonly orphaned: readonly number[];
  /** Members whose plan was outdated again and again. */
  readonly conflicts: readonly string[];
  readonly problems: readonly string[];
}

/** Throws ActionError, with nothing written, when the action of the assumed launch cannot be applied. */
export async function refreshWorkflows(
  store: LaunchPadStore,
  request: RefreshRequest,
): Promise<RefreshOutcome> {
  const context = createRunContext({ operation: 'refresh', commandLine: [], now: request.now });
  const memberships = await store.findMemberships(request.fwIds);
  const known = new Set(memberships.flatMap(({ members }) => members));
  const orphaned = request.fwIds.filter((fwId) => !known.has(fwId));
  const locked: number[] = [];
  const problems: string[] = [];
  let conflicts: readonly string[] = [];
  let mayWrite = request.beforeWrite;
  let todo = memberships;
  for (let tries = 0; todo.length > 0 && tries < MOST_TRIES; tries += 1) {
    const owner = createLockOwner(context);
    const keys = todo.map(({ workflowKey }) => workflowKey);
    const { busy } = await store.lockWorkflows(keys, owner, request.lockWaitMs ?? WORKFLOW_LOCK_WAIT_MS);
    locked.push(
      ...todo.filter(({ workflowKey }) => busy.includes(workflowKey)).flatMap(({ members }) => members),
    );
    todo = todo.filter(({ workflowKey }) => !busy.includes(workflowKey));
    const held = todo.map(({ workflowKey }) => workflowKey);
    const outcomes = await unlockOnFailure(store, held, owner, async () => {
      const plans = await planAll(store, todo, request);
      if (mayWrite && !(await mayWrite())) return undefined;
      mayWrite = undefined;
      problems.push(...plans.flatMap((plan) => plan.problems));
      return writeAll(store, context, owner, plans);
    });
    if (!outcomes) {
      await store.unlockWorkflows(held, owner);
      return { kind: 'givenUp', locked, orphaned, conflicts: [], problems };
    }
    conflicts = [...outcomes.values()];
    todo = todo.filter(({ workflowKey }) => outcomes.has(workflowKey));
  }
  return { kind: 'refreshed', locked, orphaned, conflicts, problems };
}

async function unlockOnFailure<T>(
  store: LaunchPadStore,
  keys: readonly string[],
  owner: LockOwner,
  work: () => Promise<T>,
): Promise<T> {
  try {
    return await work();
  } catch (error) {
    // The first failure is the one to tell of, also when the database is gone and nothing can be unlocked.
    await store.unlockWorkflows(keys, owner).catch(() => undefined);
    throw error;
  }
}

async function planAll(
  store: LaunchPadStore,
  memberships: readonly Membership[],
  request: RefreshRequest,
): Promise<readonly RefreshPlan[]> {
  const plans: RefreshPlan[] = [];
  for (const membership of memberships) {
    const workflow = await readWorkflow(store, membership);
    const { edit, assumed } = request;
    if (!workflow) continue;
    const starts = membership.members.filter((fwId) => workflow.links.has(fwId));
    const loaded = await loadRefreshView(store, workflow, starts, request);
    const strict = (fwId: number): boolean =>
      assumed !== undefined &&
      (loaded.view.fireworks.get(fwId)?.launches.includes(assumed.launchId) ?? false);
    plans.push(planRefresh(loaded, { starts, now: request.now(), edit, strict }));
  }
  return plans;
}

/** Read again under the lock: what was there before it may have grown since. */
async function readWorkflow(
  store: LaunchPadStore,
  { workflowKey, members }: Membership,
): Promise<Workflow | undefined> {
  for await (const workflow of store.findWorkflows({ members })) {
    if (workflow.key === workflowKey) return workflow;
  }
  return undefined;
}

/** The reasons of those that were not written, by workflow. */
async function writeAll(
  store: LaunchPadStore,
  context: RunContext,
  owner: LockOwner,
  plans: readonly RefreshPlan[],
): Promise<ReadonlyMap<string, string>> {
  const patches = plans.map(({ patch }) => patch);
  if (patches.length === 0) return new Map();
  const entry = createJournalEntry(context, 0, patches, {});
  const outcomes = await store.commitPatches(entry, owner, { journal: false });
  const reasons = new Map<string, string>();
  for (const [index, outcome] of outcomes.entries()) {
    const key = patches[index]?.workflowKey;
    if (key !== undefined && outcome.kind === 'conflict') reasons.set(key, outcome.reason);
  }
  return reasons;
}
