/**
 * From a selection of workflows to those of their members that were named, for commands that report on each of them; of whole
 * workflows `findWorkflowTargets` (change/) tells.
 */
import { lowestOf } from '../../domain/workflow-graph';
import { idsInNone } from '../change/find-workflow-targets';
import type { LaunchPadStore, Membership, WorkflowSelection } from '../../storage/launchpad-store';

export interface NamedMembers {
  /** With the members that were named, or else with the first one. */
  readonly memberships: readonly Membership[];
  readonly unknown: readonly number[];
}

export async function findNamedMembers(
  store: LaunchPadStore,
  selection: WorkflowSelection,
): Promise<NamedMembers> {
  const asked = new Set(selection.members ?? []);
  const memberships: Membership[] = [];
  const known = new Set<number>();
  for await (const { key, nodes } of store.findWorkflows(selection)) {
    const named = nodes.filter((node) => asked.has(node));
    for (const node of named) known.add(node);
    const first = lowestOf(nodes);
    memberships.push({ workflowKey: key, members: named.length > 0 ? named : [first], size: nodes.length });
  }
  const missing = [...asked].filter((id) => !known.has(id));
  return { memberships, unknown: await idsInNone(store, missing) };
}
