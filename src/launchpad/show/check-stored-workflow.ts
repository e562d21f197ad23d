/** The check of a workflow that is in the store. */
import type { Firework } from '../../domain/model';
import { checkWorkflow } from '../../domain/rules/workflow-check';
import type { LaunchPadStore } from '../../storage/launchpad-store';
import { findWorkflowOf } from './load-whole-workflow';

export interface CheckedWorkflow {
  readonly name: string;
  /** What is wrong, each in a sentence. */
  readonly problems: readonly string[];
}

/** The workflow of a Firework; throws NOT_FOUND. */
export async function checkStoredWorkflow(store: LaunchPadStore, fwId: number): Promise<CheckedWorkflow> {
  const workflow = await findWorkflowOf(store, fwId);
  const fireworks: Firework[] = [];
  for await (const one of store.findFireworks({ ids: workflow.nodes }, 'all')) fireworks.push(one);
  const found = new Set(fireworks.map((one) => one.fwId));
  const missing = workflow.nodes.filter((node) => !found.has(node));
  const lost = missing.map((node) => `Firework ${String(node)} is a member, but it is not in the database`);
  return { name: workflow.name, problems: [...lost, ...checkWorkflow(fireworks, workflow.links)] };
}
