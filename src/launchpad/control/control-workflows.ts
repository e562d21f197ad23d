/** Pauses, resumes, defuses, reignites or archives whole Workflows. */
import type { ControlEvent, ControlTarget } from '../../domain/control/control-plan';
import type { WorkflowView } from '../../domain/model';
import type { FireworkState } from '../../domain/state';
import type { LaunchPadStore, Membership, WorkflowSelection } from '../../storage/launchpad-store';
import {
  changeInBatches,
  type Change,
  type ChangePlan,
  type ChangeRequest,
} from '../change/change-in-batches';
import { membershipsOf, recheckWorkflows, type WorkflowTargets } from '../change/find-workflow-targets';
import { finishDeadOwners } from '../locks/finish-dead-owners';
import type { RunContext } from '../run-context';
import { createReport, workflowMishap, type ControlReport, type WorkflowOutcome } from './control-report';
import { planControl } from './plan-control';
import { workflowOutcome } from './workflow-outcome';

export interface WorkflowsRequest extends ChangeRequest {
  readonly targets: WorkflowTargets;
  /** What they were selected by: asked again under the lock. */
  readonly selection: Pick<WorkflowSelection, 'where'>;
}

export interface ControlWorkflowsRequest extends WorkflowsRequest {
  readonly event: ControlEvent;
  /** For DEFUSE: also members that are COMPLETED or FIZZLED, and those under way. */
  readonly allStates: boolean;
}

export function controlWorkflows(
  store: LaunchPadStore,
  request: ControlWorkflowsRequest,
  context: RunContext,
): Promise<ControlReport<WorkflowOutcome>> {
  const { event, allStates } = request;
  const options = { event, rerunFirst: event === 'ARCHIVE' || (event === 'DEFUSE' && allStates) };
  // As FireWorks: what is archived is not archived again, and failures and results are not defused unasked.
  const targetsIn = ({ workflow, fireworks }: WorkflowView): ReadonlySet<number> => {
    if (event === 'ARCHIVE' && workflow.state === 'ARCHIVED') return new Set();
    if (event !== 'DEFUSE' || allStates) return new Set(workflow.nodes);
    return new Set(workflow.nodes.filter((node) => !hasEnded(fireworks.get(node)?.state)));
  };
  return changeWorkflows(store, request, context, async (locked, memberships) => {
    const ids = memberships.flatMap(({ members }) => members);
    const reads = { ids, reach: 'whole', targetsIn } as const;
    const plans = await planControl(locked, reads, options, context.now());
    const representatives = representativesOf(memberships);
    return plans.map(({ view, patch, targets }) => {
      const fwId = representatives.get(view.workflow.key) ?? 0;
      const others = othersOf(view, targets, event);
      return { patch, outcomes: [workflowOutcome({ fwId, view, patch }, [...targets, ...others])] };
    });
  });
}

function hasEnded(state: FireworkState | undefined): boolean {
  return state === 'COMPLETED' || state === 'FIZZLED';
}

/** Members that the change is not about, as they will be asked after. */
function othersOf(
  { fireworks }: WorkflowView,
  targets: readonly ControlTarget[],
  event: ControlEvent,
): readonly ControlTarget[] {
  const own = new Set(targets.map(({ fwId }) => fwId));
  const hint = event === 'DEFUSE' ? '; --defuse_all_states defuses it as well' : '';
  return [...fireworks.values()]
    .filter(({ fwId }) => !own.has(fwId))
    .map(({ fwId, name, state }) => ({
      fwId,
      name,
      from: state,
      to: state,
      outcome: 'skipped',
      reason: `is ${state}${hint}`,
      notes: [],
    }));
}

type Planner = (
  store: LaunchPadStore,
  memberships: readonly Membership[],
) => Promise<readonly ChangePlan<WorkflowOutcome>[]>;

/** Any change of whole workflows, each with an outcome of its own. */
export async function changeWorkflows(
  store: LaunchPadStore,
  request: WorkflowsRequest,
  context: RunContext,
  plan: Planner,
): Promise<ControlReport<WorkflowOutcome>> {
  if (!request.dryRun) await finishDeadOwners(store);
  const { found, unknown } = request.targets;
  const names = new Map(found.map(({ fwId, name }) => [fwId, name]));
  const change: Change<WorkflowOutcome> = {
    recheck: (locked, mine) => recheckWorkflows(locked, request.selection, mine),
    plan,
    mishap: (fwId, outcome, reason) => ({
      ...workflowMishap(fwId, outcome, reason),
      name: names.get(fwId) ?? '',
    }),
  };
  const result = await changeInBatches({ store, change, request, context }, membershipsOf(found));
  const { outcomes, committed, interrupted } = result;
  for (const id of unknown)
    outcomes.set(id, workflowMishap(id, 'failed', `no Workflow has Firework ${String(id)}`));
  return createReport(outcomes.values(), {
    ...(committed > 0 ? { journalId: context.run } : {}),
    dryRun: request.dryRun,
    interrupted,
  });
}

/** By which id each workflow is shown. */
export function representativesOf(memberships: readonly Membership[]): ReadonlyMap<string, number> {
  return new Map(memberships.map(({ workflowKey, members }) => [workflowKey, members[0] ?? 0]));
}
