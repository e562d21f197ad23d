/** Reads of workflows just what a plan may touch: of a large one that is seldom all. */
import type { Firework, Workflow, WorkflowView } from '../domain/model';
import { workflowChangeOf, type WorkflowPatch } from '../domain/patch';
import { childrenOf, parentsByChild, withDescendants } from '../domain/workflow-graph';
import type { FireworkFields, LaunchPadStore } from '../storage/launchpad-store';
import { launchesById } from './launches-by-id';

/** What is read besides the members: those below them, also their parents, none, or the whole workflow. */
export type Reach = 'below' | 'with parents' | 'alone' | 'whole';

/** Views of the workflows that have one of these members: the members, all below them, and who decides on the state. */
export async function readViews(
  store: LaunchPadStore,
  members: readonly number[],
  fields: FireworkFields = 'control',
  reach: Reach = 'below',
): Promise<readonly WorkflowView[]> {
  const wanted = new Set(members);
  const workflows: { readonly workflow: Workflow; readonly ids: ReadonlySet<number> }[] = [];
  for await (const workflow of store.findWorkflows({ members })) {
    const starts = workflow.nodes.filter((node) => wanted.has(node));
    workflows.push({ workflow, ids: idsToRead(workflow, starts, reach) });
  }
  const fireworks = new Map<number, Firework>();
  const ids = workflows.flatMap((one) => [...one.ids]);
  for await (const firework of store.findFireworks({ ids }, fields)) fireworks.set(firework.fwId, firework);
  return workflows.map((one) => ({ workflow: one.workflow, fireworks: pick(fireworks, one.ids) }));
}

/** The views with the launches that patches of them change. */
export async function withPatchedLaunches(
  store: LaunchPadStore,
  views: readonly WorkflowView[],
  patches: readonly WorkflowPatch[],
): Promise<readonly WorkflowView[]> {
  const changes = patches.flatMap((patch) => patch.changes);
  const ids = changes.filter(({ collection }) => collection === 'launches').map(({ id }) => Number(id));
  if (ids.length === 0) return views;
  const launches = await launchesById(store, ids, 'brief');
  return views.map((view) => ({ ...view, launches }));
}

/** Members whose links a patch changes. */
export function linkedBy(patch: WorkflowPatch): readonly number[] {
  const links = workflowChangeOf(patch)?.fields.filter(({ path }) => path[0] === 'links') ?? [];
  return links.map(({ path }) => Number(path[1]));
}

function idsToRead(workflow: Workflow, starts: readonly number[], reach: Reach): ReadonlySet<number> {
  // Old documents may not note their members' states, or not all of them.
  if (reach === 'whole' || workflow.fwStates.size < workflow.nodes.length) return new Set(workflow.nodes);
  const ids = new Set(reach === 'alone' ? starts : withDescendants(workflow.links, starts));
  if (reach === 'with parents') {
    const parents = parentsByChild(workflow.links);
    for (const start of starts) for (const parent of parents.get(start) ?? []) ids.add(parent);
  }
  // Whether a FIZZLED member makes the workflow FIZZLED depends on what its children tolerate.
  for (const [node, state] of workflow.fwStates) {
    if (state === 'FIZZLED') for (const child of childrenOf(workflow.links, node)) ids.add(child);
  }
  return ids;
}

function pick(
  fireworks: ReadonlyMap<number, Firework>,
  ids: ReadonlySet<number>,
): ReadonlyMap<number, Firework> {
  const picked = new Map<number, Firework>();
  for (const id of ids) {
    const firework = fireworks.get(id);
    if (firework) picked.set(id, firework);
  }
  return picked;
}
