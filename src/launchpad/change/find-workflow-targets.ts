/** From a selection to the Workflows that a change is about, before it and again under the lock. */
import type { Workflow } from '../../domain/model';
import type { FireworkState } from '../../domain/state';
import type { LaunchPadStore, Membership, WorkflowSelection } from '../../storage/launchpad-store';
import type { StillSelected } from './change-in-batches';

export interface WorkflowTarget {
  readonly key: string;
  /** By which get_wflows shows it: the first of its members. */
  readonly fwId: number;
  readonly name: string;
  readonly state: FireworkState;
  readonly size: number;
}

export interface WorkflowTargets {
  readonly found: readonly WorkflowTarget[];
  /** Asked for by id, and in no workflow. */
  readonly unknown: readonly number[];
}

export async function findWorkflowTargets(
  store: LaunchPadStore,
  selection: WorkflowSelection,
): Promise<WorkflowTargets> {
  const found: WorkflowTarget[] = [];
  const members = new Set<number>();
  for await (const workflow of store.findWorkflows(selection)) {
    for (const node of selection.members ? workflow.nodes : []) members.add(node);
    found.push(targetOf(workflow));
  }
  const missing = (selection.members ?? []).filter((id) => !members.has(id));
  return { found, unknown: await idsInNone(store, missing) };
}

/** Those of these ids that no workflow has: what another selector has left out is no failure. */
export async function idsInNone(
  store: LaunchPadStore,
  missing: readonly number[],
): Promise<readonly number[]> {
  if (missing.length === 0) return [];
  const existing = new Set((await store.findMemberships(missing)).flatMap(({ members }) => members));
  return missing.filter((id) => !existing.has(id));
}

function targetOf({ key, name, state, nodes }: Workflow): WorkflowTarget {
  return { key, fwId: nodes[0] ?? 0, name, state, size: nodes.length };
}

/** Each with its representative as the only member: the outcome is the workflow's. */
export function membershipsOf(targets: readonly WorkflowTarget[]): readonly Membership[] {
  return targets.map(({ key, fwId, size }) => ({ workflowKey: key, members: [fwId], size }));
}

/** Those that were selected by a state or a query must still match. */
export async function recheckWorkflows(
  store: LaunchPadStore,
  { where }: Pick<WorkflowSelection, 'where'>,
  memberships: readonly Membership[],
): Promise<StillSelected> {
  if (!where) return { wanted: memberships, gone: [] };
  const matching = new Set<string>();
  const members = memberships.flatMap((one) => one.members);
  for await (const { key } of store.findWorkflows({ members, where })) matching.add(key);
  const isWanted = ({ workflowKey }: Membership): boolean => matching.has(workflowKey);
  const gone = memberships.filter((one) => !isWanted(one)).flatMap((one) => one.members);
  return { wanted: memberships.filter(isWanted), gone };
}
