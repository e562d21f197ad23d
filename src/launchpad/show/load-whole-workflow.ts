/** A workflow with all that belongs to it. */
import type { Firework, Launch, Workflow } from '../../domain/model';
import { LpadError } from '../../errors';
import type { LaunchPadStore } from '../../storage/launchpad-store';
import { launchesById } from '../launches-by-id';

export interface WholeWorkflow {
  readonly workflow: Workflow;
  /** By ascending fw_id. */
  readonly fireworks: readonly Firework[];
  /** Active and archived ones. */
  readonly launches: ReadonlyMap<number, Launch>;
}

/** The workflow of a Firework; throws NOT_FOUND. */
export async function loadWholeWorkflow(store: LaunchPadStore, fwId: number): Promise<WholeWorkflow> {
  const workflow = await findWorkflowOf(store, fwId);
  const fireworks: Firework[] = [];
  for await (const one of store.findFireworks({ ids: workflow.nodes }, 'all')) fireworks.push(one);
  const ids = fireworks.flatMap((one) => [...one.launches, ...one.archivedLaunches]);
  return { workflow, fireworks, launches: await launchesById(store, ids, 'all') };
}

/** Throws NOT_FOUND. */
export async function findWorkflowOf(store: LaunchPadStore, fwId: number): Promise<Workflow> {
  for await (const workflow of store.findWorkflows({ members: [fwId] })) return workflow;
  throw new LpadError('NOT_FOUND', `there is no workflow with Firework ${fwId}`);
}
