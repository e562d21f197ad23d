/** What the actions of launches did to others, Firework by Firework: as our rockets noted it, else derived. */
import type { Firework, LaunchEffects, WorkflowView } from '../../domain/model';
import { deriveDeeds } from '../../domain/rerun/derive-effects';
import type { Deeds, LaunchDeeds } from '../../domain/rerun/rollback';
import { withDescendants } from '../../domain/workflow-graph';
import type { LaunchPadStore } from '../../storage/launchpad-store';
import { ActionError } from '../../domain/actions/fw-action';
import { wholeActionOf } from '../launches/launch-action';

/** To be taken back, or only to be named: then of the active launches alone that did something. */
export async function readDeeds(
  store: LaunchPadStore,
  views: readonly WorkflowView[],
  effects: ReadonlyMap<number, LaunchEffects>,
  rollback: boolean,
): Promise<Deeds> {
  const deeds = new Map<number, LaunchDeeds>();
  const wanted = rollback
    ? await launchesThatActed(store, views)
    : [...effects.values()].filter(({ added }) => added > 0).map(({ launchId }) => launchId);
  if (wanted.length === 0) return deeds;
  for await (const { launchId, effects: noted } of store.findLaunchRecords(wanted)) {
    if (noted) deeds.set(launchId, { effects: noted, untold: [] });
  }
  const unknown = wanted.filter((launchId) => !deeds.has(launchId));
  if (unknown.length > 0) await derive(store, views, unknown, deeds);
  return deeds;
}

/** Archived ones too: what they added may still be there. An action in GridFS may have done anything. */
async function launchesThatActed(
  store: LaunchPadStore,
  views: readonly WorkflowView[],
): Promise<readonly number[]> {
  const fireworks = views.flatMap((view) => [...view.fireworks.values()]);
  const ids = fireworks.flatMap(({ launches, archivedLaunches }) => [...launches, ...archivedLaunches]);
  const acted: number[] = [];
  if (ids.length === 0) return acted;
  for await (const { launchId, added, changedSpecs } of store.findLaunchEffects(ids))
    if (added > 0 || changedSpecs) acted.push(launchId);
  for await (const { launchId } of store.queryLaunches(
    { launch_id: { $in: ids }, state: 'COMPLETED', 'action.gridfs_id': { $exists: true } },
    'brief',
  ))
    acted.push(launchId);
  return acted;
}

async function derive(
  store: LaunchPadStore,
  views: readonly WorkflowView[],
  launchIds: readonly number[],
  deeds: Map<number, LaunchDeeds>,
): Promise<void> {
  for await (const launch of store.findLaunches(launchIds, 'all')) {
    const { launchId } = launch;
    const view = views.find(({ fireworks }) => fireworks.has(launch.fwId));
    if (!view) continue;
    const action = await wholeActionOf(store, launch).catch((error: unknown) => {
      if (error instanceof ActionError) return undefined;
      throw error;
    });
    const derived =
      action === undefined
        ? { effects: { created: [], specs: [] }, untold: ['may have changed others: its action is missing'] }
        : deriveDeeds(action, fireworksBelow(view, launch.fwId));
    if (derived) deeds.set(launchId, derived);
  }
}

function fireworksBelow({ workflow, fireworks }: WorkflowView, fwId: number): readonly Firework[] {
  const below = [...withDescendants(workflow.links, [fwId])].filter((id) => id !== fwId);
  return below.flatMap((id) => fireworks.get(id) ?? []);
}
