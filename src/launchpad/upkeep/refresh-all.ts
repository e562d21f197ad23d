/**
 * Brings whole workflows up to date (`admin refresh`): every member by the state rule, from the roots down. FireWorks
 * refreshes roots alone, and leaves a stale member below one that stays as it is.
 */
import type { Workflow } from '../../domain/model';
import type { WorkflowPatch } from '../../domain/patch';
import { isHeld } from '../../domain/state';
import { timestampMillis } from '../../domain/timestamps';
import { parentsByChild, topologicalOrder } from '../../domain/workflow-graph';
import type { LaunchPadStore, Membership } from '../../storage/launchpad-store';
import { loadRefreshView, type RefreshView } from '../refresh/load-refresh-view';
import { planRefresh, saysSomething } from '../refresh/plan-refresh';
import type { RunContext } from '../run-context';
import { commitPatchesOf, type MemberOutcome, type PatchRequest } from './commit-changes';

/** Of a workflow, by one of its members that was asked for. */
export interface RefreshAllOutcome extends MemberOutcome {
  /** Members that changed, with their new states, and what could not be applied. */
  readonly changes: readonly string[];
}

export async function refreshAll(
  store: LaunchPadStore,
  memberships: readonly Membership[],
  request: PatchRequest,
  context: RunContext,
): Promise<readonly RefreshAllOutcome[]> {
  const changes = new Map<string, readonly string[]>();
  const plan = async (held: readonly Membership[]): Promise<readonly WorkflowPatch[]> => {
    const patches: WorkflowPatch[] = [];
    for await (const workflow of store.findWorkflows({ members: held.flatMap(({ members }) => members) })) {
      const { patch, words } = await planWorkflow(store, workflow, context.now());
      patches.push(patch);
      changes.set(workflow.key, words);
    }
    return patches;
  };
  const outcomes = await commitPatchesOf(store, memberships, plan, request, context);
  const keys = new Map(
    memberships.flatMap(({ workflowKey, members }) => members.map((id) => [id, workflowKey])),
  );
  return outcomes.map((one) => ({ ...one, changes: changes.get(keys.get(one.fwId) ?? '') ?? [] }));
}

async function planWorkflow(
  store: LaunchPadStore,
  workflow: Workflow,
  now: Date,
): Promise<{ readonly patch: WorkflowPatch; readonly words: readonly string[] }> {
  const members = topologicalOrder(workflow.links);
  const loaded = await loadRefreshView(store, workflow, members, { now: () => now });
  const starts = members.filter((fwId) => !isBeingClaimed(loaded, fwId, now));
  const plan = planRefresh(loaded, { starts, now });
  const words = plan.patch.changes.flatMap(({ collection, id, fields }) => {
    const state = fields.find(({ path }) => path[0] === 'state');
    if (collection !== 'fireworks' || !state || state.before === state.after) return [];
    return [`${String(id)} ${String(state.before)} -> ${String(state.after)}`];
  });
  // As FireWorks: below held roots nothing is looked at, so the workflow's date stays, unless something was wrong.
  const parents = parentsByChild(workflow.links);
  const isLive = [...loaded.view.fireworks.values()].some(
    ({ fwId, state }) => !parents.has(fwId) && !isHeld(state),
  );
  const patch = isLive || saysSomething(plan) ? plan.patch : { ...plan.patch, changes: [] };
  return { patch, words: [...words, ...plan.problems] };
}

/** A rocket has it, and is about to give it a launch. */
const CLAIM_MS = 5 * 60 * 1000;

function isBeingClaimed({ view }: RefreshView, fwId: number, now: Date): boolean {
  const firework = view.fireworks.get(fwId);
  if (firework?.state !== 'RESERVED' || firework.launches.length > 0) return false;
  return timestampMillis(firework.updatedOn) > now.getTime() - CLAIM_MS;
}
