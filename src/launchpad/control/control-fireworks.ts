/** Pauses, resumes, defuses or reignites Fireworks. */
import type { ControlEvent } from '../../domain/control/control-plan';
import type { WorkflowView } from '../../domain/model';
import type { LaunchPadStore, Membership } from '../../storage/launchpad-store';
import {
  changeInBatches,
  type Change,
  type ChangePlan,
  type ChangeRequest,
} from '../change/change-in-batches';
import { orphansOf, recheckFireworks, type Conditions, type Targets } from '../change/find-targets';
import { finishDeadOwners } from '../locks/finish-dead-owners';
import type { RunContext } from '../run-context';
import { createReport, fireworkMishap, type ControlReport, type FireworkOutcome } from './control-report';
import { planControl } from './plan-control';

export type { ControlEvent } from '../../domain/control/control-plan';

export interface FireworksRequest extends ChangeRequest {
  readonly targets: Targets;
  /** What they were selected by: asked again under the lock. */
  readonly selection: Conditions;
}

export function controlFireworks(
  store: LaunchPadStore,
  request: FireworksRequest & { readonly event: ControlEvent },
  context: RunContext,
): Promise<ControlReport<FireworkOutcome>> {
  const options = { event: request.event, rerunFirst: false };
  return changeFireworks(store, request, context, async (locked, memberships) => {
    const ids = new Set(memberships.flatMap(({ members }) => members));
    const own = ({ workflow: { nodes } }: WorkflowView): ReadonlySet<number> =>
      new Set(nodes.filter((node) => ids.has(node)));
    const reads = { ids: [...ids], reach: 'alone', targetsIn: own } as const;
    const plans = await planControl(locked, reads, options, context.now());
    return plans.map(({ patch, targets }) => ({ patch, outcomes: targets }));
  });
}

type Planner = (
  store: LaunchPadStore,
  memberships: readonly Membership[],
) => Promise<readonly ChangePlan<FireworkOutcome>[]>;

/** Any change of single Fireworks, each with an outcome of its own. */
export async function changeFireworks(
  store: LaunchPadStore,
  request: FireworksRequest,
  context: RunContext,
  plan: Planner,
): Promise<ControlReport<FireworkOutcome>> {
  if (!request.dryRun) await finishDeadOwners(store);
  const { ids, unknown } = request.targets;
  const memberships = await store.findMemberships(ids);
  const asked = new Set(ids);
  const change: Change<FireworkOutcome> = {
    recheck: (locked, mine) => recheckFireworks(locked, request.selection, asked, mine),
    plan,
    mishap: fireworkMishap,
  };
  const result = await changeInBatches({ store, change, request, context }, memberships);
  const { outcomes, committed, interrupted } = result;
  for (const id of orphansOf(ids, memberships))
    outcomes.set(id, fireworkMishap(id, 'failed', 'is in no workflow'));
  for (const id of unknown) outcomes.set(id, fireworkMishap(id, 'failed', `no Firework ${String(id)}`));
  return createReport(outcomes.values(), {
    ...(committed > 0 ? { journalId: context.run } : {}),
    dryRun: request.dryRun,
    interrupted,
  });
}
