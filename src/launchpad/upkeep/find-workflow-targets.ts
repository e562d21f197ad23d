/** From a selection of workflows to whom a change is about, and to the ids that belong to none. */
import type { LaunchPadStore, Membership, WorkflowSelection } from '../../storage/launchpad-store';

export interface WorkflowTargets {
  /** With the members that were named, or else with the first one. */
  readonly memberships: readonly Membership[];
  readonly unknown: readonly number[];
}

export async function findWorkflowTargets(
  store: LaunchPadStore,
  selection: WorkflowSelection,
): Promise<WorkflowTargets> {
  const asked = new Set(selection.members ?? []);
  const memberships: Membership[] = [];
  const known = new Set<number>();
  for await (const { key, nodes } of store.findWorkflows(selection)) {
    const named = nodes.filter((node) => asked.has(node));
    for (const node of named) known.add(node);
    const first = nodes.reduce((one, other) => Math.min(one, other), Infinity);
    memberships.push({ workflowKey: key, members: named.length > 0 ? named : [first], size: nodes.length });
  }
  const missing = [...asked].filter((id) => !known.has(id));
  if (missing.length === 0) return { memberships, unknown: [] };
  // Those that another selector has left out are no failure.
  const existing = await store.findMemberships(missing);
  const inSome = new Set(existing.flatMap(({ members }) => members));
  return { memberships, unknown: missing.filter((id) => !inSome.has(id)) };
}
