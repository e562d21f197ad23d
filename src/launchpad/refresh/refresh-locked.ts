/** The part of a refresh under the locks: read → plan → write, which unlocks. */
import type { Workflow } from '../../domain/model';
import type { WorkflowPatch } from '../../domain/patch';
import type { WorkflowDraft } from '../../domain/workflow-draft';
import type { LaunchPadStore, LockOwner, Membership } from '../../storage/launchpad-store';
import { loadRefreshView, type Expectations } from './load-refresh-view';
import { planRefresh, type RefreshPlan } from './plan-refresh';
import { withNewIds } from '../change/new-ids';
import { createJournalEntry, type RunContext } from '../run-context';

export interface RefreshEdits extends Expectations {
  readonly now: () => Date;
  /** Changes members, or adds some, before the refresh. */
  readonly edit?: (draft: WorkflowDraft) => void;
}

export async function planRefreshes(
  store: LaunchPadStore,
  memberships: readonly Membership[],
  request: RefreshEdits,
  /** One that was read when it was locked. */
  known?: Workflow,
): Promise<readonly RefreshPlan[]> {
  const plans: RefreshPlan[] = [];
  for (const membership of memberships) {
    const workflow = known?.key === membership.workflowKey ? known : await readWorkflow(store, membership);
    const { edit, assumed = [] } = request;
    if (!workflow) continue;
    const starts = membership.members.filter((fwId) => workflow.links.has(fwId));
    const loaded = await loadRefreshView(store, workflow, starts, request);
    const strict = (fwId: number): boolean =>
      assumed.some(({ launchId }) => loaded.view.fireworks.get(fwId)?.launches.includes(launchId));
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
export async function writeRefreshes(
  store: LaunchPadStore,
  context: RunContext,
  owner: LockOwner,
  plans: readonly RefreshPlan[],
  /** Told every patch that was written, with the ids of new Fireworks. */
  onWritten: (patch: WorkflowPatch) => void = () => undefined,
): Promise<ReadonlyMap<string, string>> {
  if (plans.length === 0) return new Map();
  const patches = await withNewIds(
    store,
    plans.map(({ patch }) => patch),
  );
  // What a refresh would not do again must outlive a crash.
  const journal = patches.some(isMoreThanStates);
  const entry = { ...createJournalEntry(context, 0, patches, {}), transient: true };
  const outcomes = await store.commitPatches(entry, owner, { journal });
  const reasons = new Map<string, string>();
  for (const [index, outcome] of outcomes.entries()) {
    const patch = patches[index];
    if (patch && outcome.kind === 'conflict') reasons.set(patch.workflowKey, outcome.reason);
    else if (patch) onWritten(patch);
  }
  return reasons;
}

const STATE_FIELDS: ReadonlySet<string | undefined> = new Set(['state', 'updatedOn', 'launches', 'fwStates']);

/** States follow from launches, and a refresh after a crash finds them again; specs and graphs do not. */
function isMoreThanStates({ changes }: WorkflowPatch): boolean {
  return changes.some(({ fields }) => fields.some(({ path }) => !STATE_FIELDS.has(path[0])));
}
