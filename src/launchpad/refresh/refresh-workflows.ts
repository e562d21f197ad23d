/** Refreshes members of workflows after something happened to them: lock → read → plan → write, which unlocks. */
import type { Workflow } from '../../domain/model';
import type { WorkflowPatch } from '../../domain/patch';
import type { LaunchPadStore, LockOwner, LockResult } from '../../storage/launchpad-store';
import { abandonOwner } from '../locks/abandoned-owners';
import { acquireLocks } from '../locks/acquire-locks';
import { planRefreshes, writeRefreshes, type RefreshEdits } from './refresh-locked';
import { createLockOwner, createRunContext, type RunContext } from '../run-context';

/** FireWorks' WFLOCK_EXPIRATION_SECS. */
export const WORKFLOW_LOCK_WAIT_MS = 300_000;

/** A Firework that Python's lpad changes at the same moment, outside the lock, makes a plan outdated. */
const MOST_TRIES = 5;

export interface RefreshRequest extends RefreshEdits {
  readonly fwIds: readonly number[];
  /** Once, when the plans are made and the locks are held; false gives it all up. */
  readonly beforeWrite?: () => Promise<boolean>;
  /** Every patch that was written. */
  readonly onWritten?: ((patch: WorkflowPatch) => void) | undefined;
  readonly lockWaitMs?: number;
  /** Whose name stands on the locks: who tries again after the database was away takes them again by it. */
  readonly context?: RunContext;
  /** The workflow of the only member, when it is locked and read already. */
  readonly taken?: TakenWorkflow | undefined;
}

/** A workflow as it was read when its lock was taken. */
export interface TakenWorkflow {
  readonly workflow: Workflow;
  readonly owner: LockOwner;
}

/** In one step; undefined when somebody else holds it, or the Firework belongs to no workflow. */
export async function takeWorkflow(
  store: LaunchPadStore,
  member: number,
  context: RunContext,
): Promise<TakenWorkflow | undefined> {
  const owner = createLockOwner(context);
  try {
    const workflow = await store.lockWorkflowOf(member, owner);
    return workflow && { workflow, owner };
  } catch (error) {
    // It may have taken the lock, and could not tell us.
    abandonOwner(owner.name);
    throw error;
  }
}

export async function releaseWorkflow(
  store: LaunchPadStore,
  { workflow, owner }: TakenWorkflow,
): Promise<void> {
  try {
    await store.unlockWorkflows([workflow.key], owner);
  } catch (error) {
    abandonOwner(owner.name);
    throw error;
  }
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

const NOTHING_BUSY: Pick<LockResult, 'busy'> = { busy: [] };

/** Throws ActionError, with nothing written, when the action of the assumed launch cannot be applied. */
export async function refreshWorkflows(
  store: LaunchPadStore,
  request: RefreshRequest,
): Promise<RefreshOutcome> {
  const { context = createRunContext({ operation: 'refresh', commandLine: [], now: request.now }) } = request;
  try {
    return await refreshAs(store, request, context);
  } catch (error) {
    // Whether its locks are held nobody may have told us: the next to come, perhaps we, need not wait for their end.
    abandonOwner(createLockOwner(context).name);
    throw error;
  }
}

async function refreshAs(
  store: LaunchPadStore,
  request: RefreshRequest,
  context: RunContext,
): Promise<RefreshOutcome> {
  // One member is what every launch refreshes: its workflow is locked and read in one step when nobody holds it.
  const [member, ...others] = request.fwIds;
  const isAlone = member !== undefined && others.length === 0;
  const taken = request.taken ?? (isAlone ? await takeWorkflow(store, member, context) : undefined);
  const memberships = taken
    ? [{ workflowKey: taken.workflow.key, members: request.fwIds, size: taken.workflow.nodes.length }]
    : await store.findMemberships(request.fwIds);
  const known = new Set(memberships.flatMap(({ members }) => members));
  const orphaned = request.fwIds.filter((fwId) => !known.has(fwId));
  const locked: number[] = [];
  const problems: string[] = [];
  let conflicts: readonly string[] = [];
  let mayWrite = request.beforeWrite;
  let todo = memberships;
  for (let tries = 0; todo.length > 0 && tries < MOST_TRIES; tries += 1) {
    const known = taken && tries === 0 ? taken : undefined;
    const owner = known?.owner ?? createLockOwner(context);
    const keys = todo.map(({ workflowKey }) => workflowKey);
    const lockWaitMs = request.lockWaitMs ?? WORKFLOW_LOCK_WAIT_MS;
    const { busy } = known ? NOTHING_BUSY : await acquireLocks(store, keys, owner, lockWaitMs);
    locked.push(
      ...todo.filter(({ workflowKey }) => busy.includes(workflowKey)).flatMap(({ members }) => members),
    );
    todo = todo.filter(({ workflowKey }) => !busy.includes(workflowKey));
    const held = todo.map(({ workflowKey }) => workflowKey);
    const reasons = await unlockOnFailure(store, held, owner, async () => {
      const plans = await planRefreshes(store, todo, request, known?.workflow);
      if (mayWrite && !(await mayWrite())) return undefined;
      mayWrite = undefined;
      problems.push(...plans.flatMap((plan) => plan.problems));
      return writeRefreshes(store, context, owner, plans, request.onWritten);
    });
    if (!reasons) {
      await store.unlockWorkflows(held, owner);
      return { kind: 'givenUp', locked, orphaned, conflicts: [], problems };
    }
    conflicts = [...reasons.values()];
    todo = todo.filter(({ workflowKey }) => reasons.has(workflowKey));
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
