/** The family of a run: what it is a rerun of, and what was rerun from it (`metadata.rerun_of`). */
import { isObject, type Timestamp, type Workflow } from '../../domain/model';
import type { FireworkState } from '../../domain/state';
import { lowestOf } from '../../domain/workflow-graph';
import { plain } from '../../specs/plain-values';
import type { LaunchPadStore } from '../../storage/launchpad-store';
import { findWorkflowOf } from './load-whole-workflow';

export interface FamilyMember {
  /** The lowest of its Fireworks. */
  readonly fwId: number;
  /** Undefined for an origin that was deleted: nothing else is known of it. */
  readonly workflow: FamilyWorkflow | undefined;
  /** The Firework of its origin that it began from. */
  readonly rerunFrom: number | undefined;
  /** The Firework of its origin that it names, where that is not the one by which the origin is shown. */
  readonly rerunOf: number | undefined;
  /** In the order in which they were made. */
  readonly reruns: readonly FamilyMember[];
}

export interface FamilyWorkflow {
  readonly name: string;
  readonly state: FireworkState;
  readonly createdOn: Timestamp;
  readonly size: number;
}

export interface Lineage {
  readonly root: FamilyMember;
  /** The workflow that was asked for. */
  readonly asked: number;
}

/** The family of the workflow with this Firework, from its first run on; throws NOT_FOUND. */
export async function findLineage(store: LaunchPadStore, fwId: number): Promise<Lineage> {
  const asked = await findWorkflowOf(store, fwId);
  const root = await findOrigin(store, asked);
  const reruns = await findReruns(store, root);
  return { root: memberOf(root, reruns), asked: idOf(asked) };
}

/** A workflow, or the id of one that is not there any more. */
type Found = Workflow | number;

async function findOrigin(store: LaunchPadStore, asked: Workflow): Promise<Found> {
  let found = asked;
  // Metadata can be edited: nobody is led in a circle.
  for (const seen = new Set([asked.key]); ; seen.add(found.key)) {
    const origin = originOf(found);
    if (origin === undefined) return found;
    const [above] = await workflowsWith(store, origin);
    if (!above) return origin;
    if (seen.has(above.key)) return found;
    found = above;
  }
}

async function workflowsWith(store: LaunchPadStore, member: number): Promise<readonly Workflow[]> {
  const found: Workflow[] = [];
  for await (const workflow of store.findWorkflows({ members: [member] })) found.push(workflow);
  return found;
}

const CHUNK = 50_000;

/** By any of their origin's members, generation by generation. */
async function findReruns(
  store: LaunchPadStore,
  root: Found,
): Promise<ReadonlyMap<number, readonly Workflow[]>> {
  const reruns = new Map<number, Workflow[]>();
  const seen = new Set<string>();
  let ids = membersOf(root);
  while (ids.length > 0) {
    const next: number[] = [];
    for (let start = 0; start < ids.length; start += CHUNK) {
      const where = { 'metadata.rerun_of': { $in: ids.slice(start, start + CHUNK) } };
      for await (const workflow of store.findWorkflows({ where })) {
        const origin = originOf(workflow);
        if (origin === undefined || seen.has(workflow.key)) continue;
        seen.add(workflow.key);
        const known = reruns.get(origin);
        if (known) known.push(workflow);
        else reruns.set(origin, [workflow]);
        for (const node of workflow.nodes) next.push(node);
      }
    }
    ids = next;
  }
  return reruns;
}

function memberOf(found: Found, reruns: ReadonlyMap<number, readonly Workflow[]>): FamilyMember {
  const workflow = typeof found === 'number' ? undefined : found;
  const below = membersOf(found).flatMap((id) => reruns.get(id) ?? []);
  below.sort((one, other) => idOf(one) - idOf(other));
  return {
    fwId: idOf(found),
    workflow: workflow && familyWorkflow(workflow),
    rerunFrom: workflow && numberIn(workflow, 'rerun_from'),
    rerunOf: workflow && originOf(workflow),
    reruns: below.filter((one) => one !== workflow).map((one) => memberOf(one, reruns)),
  };
}

function familyWorkflow({ name, state, createdOn, nodes }: Workflow): FamilyWorkflow {
  return { name, state, createdOn, size: nodes.length };
}

function membersOf(found: Found): readonly number[] {
  return typeof found === 'number' ? [found] : found.nodes;
}

function idOf(found: Found): number {
  return typeof found === 'number' ? found : lowestOf(found.nodes);
}

function originOf(workflow: Workflow): number | undefined {
  return numberIn(workflow, 'rerun_of');
}

function numberIn({ metadata }: Workflow, key: string): number | undefined {
  const value = isObject(metadata) ? plain(metadata[key]) : undefined;
  return typeof value === 'number' ? value : undefined;
}
