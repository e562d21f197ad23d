/** Workflows of programs, added as `lpad add` adds those of files. */
import type { NewWorkflow } from '../domain/model';
import { addWorkflows } from '../launchpad/add-workflows';
import { cacheWarnings, withCacheNamespace } from '../launchpad/cache/cache-namespace';
import { workflowsOf } from '../specs/workflow-files/workflow-file';
import type { LaunchPadStore } from '../storage/launchpad-store';
import type { Firework } from './firework';
import { Workflow } from './workflow';

export interface AddWishes {
  /**
   * Within which Fireworks with `_cache` share their results: `metadata.cache_namespace` of the workflow. A function is
   * called once, with the workflow that is added.
   */
  readonly cacheNamespace?: string | ((workflow: Workflow) => string);
}

export async function addAll(
  store: LaunchPadStore,
  workflows: readonly (Workflow | Firework)[],
  wishes: AddWishes,
): Promise<readonly ReadonlyMap<number, number>[]> {
  const list = workflows.map(asWorkflow);
  if (list.length === 0) return [];
  const drafts = workflowsOf(
    list.map((one) => one.toDict()),
    { named: 'the workflows', now: new Date() },
  );
  const added = await addWorkflows(store, inNamespaces(drafts, list, wishes));
  for (const [at, { fireworks }] of list.entries()) {
    for (const firework of fireworks) firework.fwId = added[at]?.idMap.get(firework.fwId) ?? firework.fwId;
  }
  return added.map(({ idMap }) => idMap);
}

/** A Firework is a workflow of itself, with its name. */
export function asWorkflow(one: Workflow | Firework): Workflow {
  if (one instanceof Workflow) return one;
  return new Workflow([one], one.name === undefined ? {} : { name: one.name });
}

function inNamespaces(
  drafts: readonly NewWorkflow[],
  workflows: readonly Workflow[],
  { cacheNamespace }: AddWishes,
): readonly NewWorkflow[] {
  return drafts.map((draft, at) => {
    const workflow = workflows[at];
    const namespace =
      typeof cacheNamespace === 'function' ? workflow && cacheNamespace(workflow) : cacheNamespace;
    const isAsked = cacheNamespace !== undefined;
    const named = isAsked ? withCacheNamespace(draft, namespace) : draft;
    cacheWarnings(named);
    return named;
  });
}
