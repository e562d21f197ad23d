/** Which run a launch belongs to: the workflow, and the first one of its family, for those who keep results by them. */
import { isObject, type Workflow } from '../../domain/model';
import { lowestOf } from '../../domain/workflow-graph';
import { plain } from '../../specs/plain-values';
import type { RunIds } from '../../specs/job-files/saved-job';
import type { LaunchPadStore } from '../../storage/launchpad-store';

/** A chain of new runs is followed so far; it ends earlier but for documents that point at each other. */
const MOST_STEPS = 100;

/**
 * A workflow goes by its lowest fw_id, which stays when it grows. The root of one that is a new run of another
 * (`metadata.rerun_of`) stands in `metadata.root_of`, unless it is that one; what was made otherwise has none, and the workflows
 * between are asked for it, which costs a read each. One that was deleted is the root by what is known of it.
 */
export async function runIdsOf(store: LaunchPadStore, workflow: Workflow): Promise<Required<RunIds>> {
  const runId = lowestOf(workflow.nodes);
  const seen = new Set([runId]);
  let current = workflow;
  let rootId = runId;
  for (let step = 0; step < MOST_STEPS; step += 1) {
    const { rootOf, rerunOf } = ancestryOf(current);
    if (rootOf !== undefined) return { runId, rootId: rootOf };
    if (rerunOf === undefined) return { runId, rootId };
    rootId = rerunOf;
    const origin = await firstOf(store.findWorkflows({ members: [rerunOf] }));
    if (!origin) return { runId, rootId };
    rootId = lowestOf(origin.nodes);
    if (seen.has(rootId)) return { runId, rootId };
    seen.add(rootId);
    current = origin;
  }
  return { runId, rootId };
}

function ancestryOf({ metadata }: Workflow): { readonly rootOf?: number; readonly rerunOf?: number } {
  if (!isObject(metadata)) return {};
  const { root_of, rerun_of } = metadata;
  const [rootOf, rerunOf] = [plain(root_of), plain(rerun_of)];
  return {
    ...(typeof rootOf === 'number' ? { rootOf } : {}),
    ...(typeof rerunOf === 'number' ? { rerunOf } : {}),
  };
}

async function firstOf<T>(found: AsyncIterable<T>): Promise<T | undefined> {
  for await (const one of found) return one;
  return undefined;
}
