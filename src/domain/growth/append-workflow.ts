/** Workflows that come to hang below members of another (FireWorks' `Workflow.append_wf`; semantics.md, section 4). */
import { specAccess, type ApplyMods } from '../actions/spec-access';
import { ActionError, type FWAction } from '../actions/fw-action';
import type { Firework, Links, NewWorkflow } from '../model';
import { rankOf } from '../state';
import type { WorkflowDraft } from '../workflow-draft';
import { childrenOf, rootsOf, withDescendants } from '../workflow-graph';

export interface Parent {
  readonly fwId: number;
  /** Its children come to hang below the new workflow as well. */
  readonly detour: boolean;
}

/** What a parent that is COMPLETED hands on to whoever is hung below it later. */
export type SpecMods = Pick<FWAction, 'update_spec' | 'mod_spec'>;

export interface Appending {
  /** Its ids are negative: those of a file, or of the action of a Firetask. */
  readonly workflow: NewWorkflow;
  readonly parents: readonly Parent[];
  /** By parent. */
  readonly pulls: ReadonlyMap<number, SpecMods>;
}

/** From the ids of a file to the provisional ones of a draft. */
export type NewIds = ReadonlyMap<number, number>;

const NO_CHILDREN: readonly number[] = [];

/** Ids for all that one action brings, in the ascending order of its own. */
export function reserveIds(draft: WorkflowDraft, workflows: readonly NewWorkflow[]): NewIds {
  const wanted = workflows.flatMap(({ fireworks }) => fireworks.map(({ fwId }) => fwId));
  for (const fwId of wanted) {
    if (fwId >= 0)
      throw new ActionError(`FireWorks to add must use a negative fw_id! Got fw_id: ${String(fwId)}`);
  }
  if (new Set(wanted).size < wanted.length)
    throw new ActionError('Cannot use duplicated fw_ids when dynamically adding workflows!');
  const inOrder = [...wanted].sort((one, other) => one - other);
  const ids = draft.newIds(inOrder.length);
  return new Map(inOrder.map((fwId, index) => [fwId, ids[index] ?? fwId]));
}

/** The roots of what was appended, by their provisional ids. Throws ActionError, with the draft as it was. */
export function appendWorkflow(
  draft: WorkflowDraft,
  { workflow, parents, pulls }: Appending,
  ids: NewIds,
  applyMods: ApplyMods,
): readonly number[] {
  for (const parent of parents) assertCanTake(draft, parent);
  const idOf = (fwId: number): number => ids.get(fwId) ?? fwId;
  // As they are before the first new root is among them.
  const below = parents.flatMap(({ fwId, detour }) =>
    detour ? draft.childrenOf(fwId).filter((child) => !isProvisional(child)) : NO_CHILDREN,
  );
  assertNoCycle(draft, parents, below);
  for (const firework of workflow.fireworks) draft.addMember(withId(firework, idOf));
  for (const { fwId } of workflow.fireworks) {
    const children = childrenOf(workflow.links, fwId).map(idOf);
    const linked = children.length > 0 ? children : below;
    if (linked.length > 0) draft.addChildren(idOf(fwId), linked);
  }
  const roots = rootsInOrder(workflow.links).map(idOf);
  for (const { fwId } of parents) {
    // A parent keeps its direct links to its old children.
    draft.addChildren(fwId, roots);
    for (const root of roots) pull(draft, root, pulls.get(fwId), applyMods);
  }
  return roots;
}

function rootsInOrder(links: Links): readonly number[] {
  return [...rootsOf(links)].sort((one, other) => other - one);
}

function isProvisional(fwId: number): boolean {
  return fwId < 0;
}

function withId(firework: Firework, idOf: (fwId: number) => number): Firework {
  return { ...firework, fwId: idOf(firework.fwId) };
}

/** What is READY or beyond cannot be told to wait for something new. */
function assertCanTake(draft: WorkflowDraft, { fwId, detour }: Parent): void {
  if (!draft.isMember(fwId))
    throw new ActionError(`the parent ${String(fwId)} is no Firework of this workflow`);
  if (!detour) return;
  const begun = draft
    .childrenOf(fwId)
    .filter((child) => !isProvisional(child) && rankOf(draft.stateOf(child)) > rankOf('WAITING'));
  if (begun.length === 0) return;
  throw new ActionError(
    `fw_id=${String(fwId)}: Detour option only works if all children of detours are not READY to run and have not already run` +
      ` (${begun.map((child) => `${String(child)} is ${draft.stateOf(child)}`).join(', ')})`,
  );
}

/** Below the children of a detour nothing can be a parent of it: FireWorks calls such a workflow COMPLETED at once. */
function assertNoCycle(draft: WorkflowDraft, parents: readonly Parent[], below: readonly number[]): void {
  if (parents.length < 2 || below.length === 0) return;
  const waiting = withDescendants(draft.links(), below);
  const ring = parents.find(({ fwId }) => waiting.has(fwId));
  if (!ring) return;
  throw new ActionError(
    `the parent ${String(ring.fwId)} stands below a child that is to wait for the new workflow: they would wait for each other`,
  );
}

function pull(draft: WorkflowDraft, root: number, mods: SpecMods | undefined, applyMods: ApplyMods): void {
  if (!mods) return;
  for (const [key, value] of Object.entries(mods.update_spec)) draft.setSpec(root, [key], value);
  if (mods.mod_spec.length > 0) applyMods(mods.mod_spec, specAccess(draft, root));
}
