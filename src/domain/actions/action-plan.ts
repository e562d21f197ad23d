/** What the action of a COMPLETED launch does to the rest of its workflow (FireWorks' `Workflow.apply_action`). */
import type { FWAction } from './fw-action';
import { appendWorkflow, reserveIds, type Appending, type SpecMods } from '../growth/append-workflow';
import { specAccess, type ApplyMods, type SpecAccess } from './spec-access';
import type { Links, NewWorkflow, Value, ValueObject } from '../model';
import { ABSENT } from '../patch';
import type { WorkflowDraft } from '../workflow-draft';
import { childrenOf, withDescendants } from '../workflow-graph';

/** Which members an action changes, and whether their specs. */
export interface ActionReach {
  readonly fwIds: ReadonlySet<number>;
  readonly specs: boolean;
}

export function reachOf(action: FWAction, links: Links, fwId: number): ActionReach {
  const specs = changesSpecs(action);
  const fwIds = new Set(childrenOf(links, fwId));
  if (specs && action.propagate) for (const below of withDescendants(links, fwIds)) fwIds.add(below);
  if (action.defuse_workflow) for (const member of links.keys()) fwIds.add(member);
  return { fwIds, specs };
}

/** The workflows of an action, read. */
export interface Growth {
  readonly detours: readonly NewWorkflow[];
  readonly appended: readonly {
    readonly workflow: NewWorkflow;
    /** Beside the Firework itself. */
    readonly parents: readonly number[];
    readonly detour: boolean;
  }[];
  readonly additions: readonly NewWorkflow[];
}

export const NO_GROWTH: Growth = { detours: [], appended: [], additions: [] };

export interface AppliedAction {
  readonly action: FWAction;
  readonly growth: Growth;
  /** What the other parents of appended workflows hand on, where they are COMPLETED. */
  readonly pulls: ReadonlyMap<number, SpecMods>;
}

/** In FireWorks' order. The draft's view must hold the members of `reachOf`, with whole specs when specs change. */
export function applyAction(
  draft: WorkflowDraft,
  fwId: number,
  { action, growth, pulls }: AppliedAction,
  applyMods: ApplyMods,
): void {
  const links = draft.links();
  // `links` may name a child twice: it is changed once.
  const children = new Set(childrenOf(links, fwId));
  const targets = action.propagate ? withDescendants(links, children) : children;
  for (const target of targets) {
    for (const [key, value] of Object.entries(action.update_spec)) draft.setSpec(target, [key], value);
  }
  if (action.mod_spec.length > 0) {
    for (const target of targets) applyMods(action.mod_spec, specAccess(draft, target));
  }
  if (action.defuse_children) for (const child of children) draft.setState(child, 'DEFUSED');
  if (action.defuse_workflow) defuseWorkflow(draft);
  grow(draft, fwId, { action, growth, pulls }, applyMods);
}

function defuseWorkflow(draft: WorkflowDraft): void {
  for (const member of draft.links().keys()) {
    const state = draft.stateOf(member);
    if (state !== 'FIZZLED' && state !== 'COMPLETED') draft.setState(member, 'DEFUSED');
  }
}

/** Detours, appended workflows, additions: only the appended ones see what this action does to specs. */
function grow(
  draft: WorkflowDraft,
  fwId: number,
  { action, growth: { detours, appended, additions }, pulls }: AppliedAction,
  applyMods: ApplyMods,
): void {
  const nothing = new Map<number, SpecMods>();
  const steps: readonly Appending[] = [
    ...detours.map((workflow) => ({ workflow, parents: [{ fwId, detour: true }], pulls: nothing })),
    ...appended.map(({ workflow, parents, detour }) => ({
      workflow,
      parents: [{ fwId, detour }, ...parents.map((other) => ({ fwId: other, detour: false }))],
      pulls: new Map([...pulls, [fwId, action]]),
    })),
    ...additions.map((workflow) => ({ workflow, parents: [{ fwId, detour: false }], pulls: nothing })),
  ];
  if (steps.length === 0) return;
  const ids = reserveIds(
    draft,
    steps.map(({ workflow }) => workflow),
  );
  for (const step of steps) appendWorkflow(draft, step, ids, applyMods);
}

function changesSpecs({ update_spec, mod_spec }: FWAction): boolean {
  return Object.keys(update_spec).length > 0 || mod_spec.length > 0;
}

/** Access to a spec in memory: reads through to `spec`, writes to it. */
function accessToObject(spec: Record<string, Value>): SpecAccess {
  return {
    get: (key) => (Object.hasOwn(spec, key) ? spec[key] : ABSENT),
    set: (key, value) => {
      if (value === ABSENT) Reflect.deleteProperty(spec, key);
      else spec[key] = value;
    },
  };
}

/** A spec as the next Firetask of the same Firework sees it after an action. */
export function specAfter(
  spec: ValueObject,
  { update_spec, mod_spec }: Pick<FWAction, 'update_spec' | 'mod_spec'>,
  applyMods: ApplyMods,
): ValueObject {
  const changed: Record<string, Value> = { ...spec, ...update_spec };
  applyMods(mod_spec, accessToObject(changed));
  return changed;
}
