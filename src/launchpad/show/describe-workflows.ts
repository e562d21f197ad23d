/** Workflows with their members' names and launches, for showing. */
import type { Firework, Launch, Workflow } from '../../domain/model';
import type { FireworkState } from '../../domain/state';
import { parentsByChild } from '../../domain/workflow-graph';
import type { LaunchPadStore, WorkflowSelection } from '../../storage/launchpad-store';
import { inBatches } from '../in-batches';
import { launchesById } from '../launches-by-id';

export interface DescribedWorkflow {
  readonly workflow: Workflow;
  /** States of the members by ascending fw_id. */
  readonly states: ReadonlyMap<number, FireworkState>;
  /** Parents of each member that has any. */
  readonly parents: ReadonlyMap<number, readonly number[]>;
  /** Empty unless asked for. */
  readonly members: readonly Firework[];
  readonly launches: ReadonlyMap<number, Launch>;
}

export type WorkflowDetail = 'states' | 'members' | 'launches';

const BATCH = 500;

export async function* describeWorkflows(
  store: LaunchPadStore,
  selection: WorkflowSelection,
  detail: WorkflowDetail,
): AsyncIterable<DescribedWorkflow> {
  for await (const batch of inBatches(store.findWorkflows(selection), BATCH))
    yield* describe(store, batch, detail);
}

async function* describe(
  store: LaunchPadStore,
  workflows: readonly Workflow[],
  detail: WorkflowDetail,
): AsyncIterable<DescribedWorkflow> {
  const members = new Map<number, Firework>();
  const ids = workflows.flatMap((workflow) => (needsMembers(workflow, detail) ? workflow.nodes : []));
  if (ids.length > 0) {
    for await (const firework of store.findFireworks({ ids }, 'summary'))
      members.set(firework.fwId, firework);
  }
  const launchIds = detail === 'launches' ? [...members.values()].flatMap(({ launches }) => launches) : [];
  const launches = await launchesById(store, launchIds, 'brief');
  for (const workflow of workflows) {
    const nodes = [...workflow.nodes].sort((one, other) => one - other);
    const own = nodes.flatMap((node) => members.get(node) ?? []);
    const states = new Map<number, FireworkState>();
    for (const node of nodes) {
      const state = members.get(node)?.state ?? workflow.fwStates.get(node);
      if (state) states.set(node, state);
    }
    yield { workflow, states, parents: parentsByChild(workflow.links), members: own, launches };
  }
}

/** Old documents do not note their members' states. */
function needsMembers({ fwStates, nodes }: Workflow, detail: WorkflowDetail): boolean {
  return detail !== 'states' || fwStates.size < nodes.length;
}
