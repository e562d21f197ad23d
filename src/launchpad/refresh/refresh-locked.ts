/** The part of a refresh under the locks: read → plan → write, which unlocks. */
import type { Workflow } from '../../domain/model';
import type { WorkflowDraft } from '../../domain/workflow-draft';
import type { LaunchPadStore, LockOwner, Membership } from '../../storage/launchpad-store';
import { loadRefreshView, type Expectations } from './load-refresh-view';
import { planRefresh, type RefreshPlan } from './plan-refresh';
import { createJournalEntry, type RunContext } from '../run-context';

export interface RefreshEdits extends Expectations {
  readonly now: () => Date;
  /** Changes members before the refresh. */
  readonly edit?: (draft: WorkflowDraft) => void;
}

export async function planRefreshes(
  store: LaunchPadStore,
  memberships: readonly Membership[],
  request: RefreshEdits,
): Promise<readonly RefreshPlan[]> {
  const plans: RefreshPlan[] = [];
  for (const membership of memberships) {
    const workflow = await readWorkflow(store, membership);
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
