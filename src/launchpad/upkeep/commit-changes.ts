/** Commits patches that a planner makes under the lock, journaled; what became of each member is a word and a reason. */
import { isEmptyPatch, type WorkflowPatch } from '../../domain/patch';
import type { LaunchPadStore, Membership } from '../../storage/launchpad-store';
import { changeInBatches, type Change, type ChangeRequest } from '../change/change-in-batches';
import { finishDeadOwners } from '../locks/finish-dead-owners';
import type { RunContext } from '../run-context';

export interface MemberOutcome {
  readonly fwId: number;
  readonly outcome: 'changed' | 'unchanged' | 'failed' | 'skipped' | 'conflict' | 'not done';
  /** Undefined where all went well. */
  readonly reason?: string;
}

export type PatchRequest = Pick<ChangeRequest, 'dryRun' | 'signal' | 'lockWaitMs' | 'firstEntry'>;

/** A workflow without a patch is left as it is. */
export type PlanPatches = (held: readonly Membership[]) => Promise<readonly WorkflowPatch[]>;

export async function commitPatchesOf(
  store: LaunchPadStore,
  memberships: readonly Membership[],
  planPatches: PlanPatches,
  request: PatchRequest,
  context: RunContext,
): Promise<readonly MemberOutcome[]> {
  if (!request.dryRun && memberships.length > 0) await finishDeadOwners(store);
  const change: Change<MemberOutcome> = {
    recheck: (_, mine) => Promise.resolve({ wanted: mine, gone: [] }),
    plan: async (_, held) => {
      const patches = new Map((await planPatches(held)).map((one) => [one.workflowKey, one]));
      return held.map(({ workflowKey, members }) => {
        const patch = patches.get(workflowKey) ?? { workflowKey, changes: [] };
        const outcome = isEmptyPatch(patch) ? 'unchanged' : 'changed';
        return { patch, outcomes: members.map((fwId) => ({ fwId, outcome })) };
      });
    },
    mishap: (fwId, outcome, reason) => ({ fwId, outcome, reason }),
  };
  const { outcomes } = await changeInBatches({ store, change, request, context }, memberships);
  return [...outcomes.values()].sort((one, other) => one.fwId - other.fwId);
}
