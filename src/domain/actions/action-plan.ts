/** What the action of a COMPLETED launch does to the rest of its workflow (FireWorks' `Workflow.apply_action`). */
import { ActionError, type FWAction } from './fw-action';
import type { Links, Value, ValueObject } from '../model';
import { ABSENT, type Absent } from '../patch';
import type { WorkflowDraft } from '../workflow-draft';
import { childrenOf, withDescendants } from '../workflow-graph';

/** A spec by its top-level keys, for reading and writing. */
export interface SpecAccess {
  get(key: string): Value | Absent;
  set(key: string, value: Value | Absent): void;
}

/** Applies DictMods (specs/dict-mods/dict-mods.ts) to a spec, in order; throws ActionError where one does not fit. */
export type ApplyMods = (mods: readonly Value[], spec: SpecAccess) => void;

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

/** In FireWorks' order. The draft's view must hold the members of `reachOf`, with whole specs when specs change. */
export function applyAction(
  draft: WorkflowDraft,
  fwId: number,
  action: FWAction,
  applyMods: ApplyMods,
): void {
  refuseGrowth(action);
  const { links } = draft.view.workflow;
  // `links` may name a child twice: it is changed once.
  const children = new Set(childrenOf(links, fwId));
  const targets = action.propagate ? withDescendants(links, children) : children;
  for (const target of targets) {
    for (const [key, value] of Object.entries(action.update_spec)) draft.setSpec(target, [key], value);
  }
  if (action.mod_spec.length > 0) {
    for (const target of targets) applyMods(action.mod_spec, accessTo(draft, target));
  }
  if (action.defuse_children) for (const child of children) draft.setState(child, 'DEFUSED');
  if (action.defuse_workflow) defuseWorkflow(draft);
}

function defuseWorkflow(draft: WorkflowDraft): void {
  for (const member of draft.view.workflow.links.keys()) {
    const state = draft.stateOf(member);
    if (state !== 'FIZZLED' && state !== 'COMPLETED') draft.setState(member, 'DEFUSED');
  }
}

/** The one place that knows that a workflow cannot grow from here yet. */
export function refuseGrowth({ additions, detours, append_wfs }: FWAction): void {
  const parts = Object.entries({ additions, detours, append_wfs }).filter(([, list]) => list.length > 0);
  if (parts.length === 0) return;
  const names = parts.map(([name]) => name).join(' and ');
  throw new ActionError(
    `the Firetask returned ${names}, which lpad's rocket cannot add to the workflow; run this Firework with FireWorks' own rlaunch (Python)`,
  );
}

function changesSpecs({ update_spec, mod_spec }: FWAction): boolean {
  return Object.keys(update_spec).length > 0 || mod_spec.length > 0;
}

function accessTo(draft: WorkflowDraft, fwId: number): SpecAccess {
  return {
    get: (key) => draft.specAt(fwId, [key]),
    set: (key, value) => draft.setSpec(fwId, [key], value),
  };
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
