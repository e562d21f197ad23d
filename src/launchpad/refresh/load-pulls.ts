/** What Fireworks that are COMPLETED hand on to those that are hung below them later (FireWorks' `pull_spec_mods`). */
import { ActionError, readAction, type FWAction } from '../../domain/actions/fw-action';
import type { SpecMods } from '../../domain/growth/append-workflow';
import type { Firework, Launch, NewWorkflow } from '../../domain/model';
import { isTruthy } from '../../domain/workflow-draft';
import { rootsOf } from '../../domain/workflow-graph';
import type { LaunchPadStore } from '../../storage/launchpad-store';
import { wholeActionOf } from '../launches/launch-action';
import { representativeLaunch } from './likely-state';
import { launchesById } from '../launches-by-id';

/** By parent; those that are not COMPLETED hand on nothing. Throws ActionError for an action that cannot be read. */
export async function loadPulls(
  store: LaunchPadStore,
  parents: readonly number[],
): Promise<ReadonlyMap<number, SpecMods>> {
  const pulls = new Map<number, SpecMods>();
  if (parents.length === 0) return pulls;
  const fireworks: Firework[] = [];
  for await (const firework of store.findFireworks({ ids: parents }, 'control')) fireworks.push(firework);
  const ids = fireworks.flatMap((firework) => firework.launches);
  const launches = await launchesById(store, ids, 'brief');
  for (const { fwId, launches: active } of fireworks) {
    const launch = representativeLaunch(active, launches);
    if (launch?.state === 'COMPLETED') pulls.set(fwId, await readLaunchAction(store, launch.launchId));
  }
  return pulls;
}

/** The action of a COMPLETED launch, from wherever it is stored; throws ActionError when it cannot be used. */
export async function readLaunchAction(
  store: LaunchPadStore,
  launchId: number,
  /** Launches as they are about to be written. */
  assumed: readonly Launch[] = [],
): Promise<FWAction> {
  let launch: Pick<Launch, 'launchId' | 'action'> | undefined = assumed.find(
    (one) => one.launchId === launchId,
  );
  if (!launch) for await (const stored of store.findLaunches([launchId], 'all')) launch = stored;
  const action = launch ? await wholeActionOf(store, launch) : null;
  if (action === null) throw new ActionError(`launch ${String(launchId)} is COMPLETED but has no action`);
  return readAction(action);
}

/** Whether something comes that may run although a parent failed. */
export function hasTolerantRoot({ links, fireworks }: NewWorkflow): boolean {
  const roots = new Set(rootsOf(links));
  return fireworks.some(({ fwId, spec }) => roots.has(fwId) && isTruthy(spec['_allow_fizzled_parents']));
}
