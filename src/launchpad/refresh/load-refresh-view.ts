/**
 * Reads of a workflow just what a refresh of some members can touch: these members, their children where they may end
 * now, and whoever decides on the state of the workflow. A launch in a workflow of 10,000 Fireworks reads a few of them.
 */
import { reachOf, type AppliedAction } from '../../domain/actions/action-plan';
import { ActionError } from '../../domain/actions/fw-action';
import type { Firework, Launch, Workflow, WorkflowView } from '../../domain/model';
import { childrenOf } from '../../domain/workflow-graph';
import type { FireworkFields, LaunchPadStore } from '../../storage/launchpad-store';
import { readGrowth } from '../../specs/workflow-files/growth';
import { hasTolerantRoot, loadPulls, readLaunchAction } from './load-pulls';
import { likelyState, representativeLaunch } from './likely-state';
import { loadFizzledParents, type FizzledParents } from './load-fizzled-parents';

export interface RefreshView extends FizzledParents {
  readonly view: WorkflowView;
  /** The active launches of the members that were read, brief. */
  readonly launches: ReadonlyMap<number, Launch>;
  /** The action of a COMPLETED member's launch, or what is wrong with it. */
  readonly actions: ReadonlyMap<number, AppliedAction | ActionError>;
}

export interface Expectations {
  /** Launches as they are about to be written. */
  readonly assumed?: readonly Launch[] | undefined;
  /** Launches that members are about to list. */
  readonly added?: ReadonlyMap<number, readonly number[]> | undefined;
  /** Members that are about to be released: held now, WAITING when the refresh begins. */
  readonly released?: ReadonlySet<number> | undefined;
}

export interface LoadOptions extends Expectations {
  readonly now: () => Date;
  /** Below which something that tolerates FIZZLED parents is about to be hung. */
  readonly parentsOfNewcomers?: readonly number[];
}

export async function loadRefreshView(
  store: LaunchPadStore,
  workflow: Workflow,
  starts: readonly number[],
  { assumed = [], added = new Map(), released = new Set(), now, parentsOfNewcomers = [] }: LoadOptions,
): Promise<RefreshView> {
  const fireworks = new Map<number, Firework>();
  const expected = new Map<number, Firework>();
  const launches = new Map<number, Launch>();
  const actions = new Map<number, AppliedAction | ActionError>();
  // Stored workflows may have cycles.
  const ended = new Set<number>();
  // Old documents do not note all states: then every member is read.
  const complete = workflow.fwStates.size >= workflow.nodes.length;
  const queue: { readonly ids: readonly number[]; readonly fields: FireworkFields }[] = [
    { ids: starts, fields: 'control' },
  ];
  if (!complete) queue.unshift({ ids: workflow.nodes, fields: 'control' });
  for (const { ids, fields } of queue) {
    const wanted = fields === 'all' ? ids : ids.filter((id) => !fireworks.has(id));
    // As they will be: with the launches that they are about to list.
    const found: Firework[] = [];
    for await (const firework of store.findFireworks({ ids: wanted }, fields)) {
      const { fwId, launches: listed } = firework;
      const state = released.has(fwId) ? 'WAITING' : firework.state;
      const then = { ...firework, state, launches: [...listed, ...(added.get(fwId) ?? [])] };
      fireworks.set(fwId, firework);
      expected.set(fwId, then);
      found.push(then);
    }
    await loadLaunches(store, found, launches, assumed);
    for (const firework of found) {
      const state = likelyState(firework, launches);
      // Who ends now has its children refreshed.
      if ((state !== 'COMPLETED' && state !== 'FIZZLED') || firework.state === state) continue;
      if (ended.has(firework.fwId)) continue;
      ended.add(firework.fwId);
      const action =
        state === 'COMPLETED' ? await loadAction(store, firework, { launches, assumed, now }) : undefined;
      if (action) actions.set(firework.fwId, action);
      queue.push(...below(workflow, firework.fwId, action));
    }
  }
  await loadTolerantChildren(store, workflow, fireworks);
  const soon = new Map([...fireworks, ...expected]);
  const parents = await loadFizzledParents(store, { workflow, fireworks: soon, launches, assumed }, [
    ...parentsOfNewcomers,
    ...tolerantNewcomersBelow(actions),
  ]);
  return { view: { workflow, fireworks }, launches, actions, ...parents };
}

function below(
  { links }: Workflow,
  fwId: number,
  action: AppliedAction | ActionError | undefined,
): readonly { ids: readonly number[]; fields: FireworkFields }[] {
  if (!action || action instanceof ActionError) return [{ ids: childrenOf(links, fwId), fields: 'control' }];
  const { fwIds, specs } = reachOf(action.action, links, fwId);
  return [{ ids: [...fwIds], fields: specs ? 'all' : 'control' }];
}

async function loadLaunches(
  store: LaunchPadStore,
  fireworks: readonly Firework[],
  launches: Map<number, Launch>,
  assumed: readonly Launch[],
): Promise<void> {
  const ids = fireworks.flatMap((firework) => firework.launches).filter((id) => !launches.has(id));
  for (const launch of assumed) if (ids.includes(launch.launchId)) launches.set(launch.launchId, launch);
  const unread = ids.filter((id) => !launches.has(id));
  if (unread.length === 0) return;
  for await (const launch of store.findLaunches(unread, 'brief')) launches.set(launch.launchId, launch);
}

interface ActionFacts {
  readonly launches: ReadonlyMap<number, Launch>;
  readonly assumed: readonly Launch[];
  readonly now: () => Date;
}

async function loadAction(
  store: LaunchPadStore,
  firework: Firework,
  facts: ActionFacts,
): Promise<AppliedAction | ActionError> {
  try {
    const launchId = representativeLaunch(firework.launches, facts.launches)?.launchId ?? 0;
    const action = await readLaunchAction(store, launchId, facts.assumed);
    const growth = readGrowth(action, facts.now());
    const others = growth.appended.flatMap(({ parents }) => parents);
    return { action, growth, pulls: await loadPulls(store, others) };
  } catch (error) {
    if (error instanceof ActionError) return error;
    throw error;
  }
}

/** Parents beside the Firework itself, below which its action appends something that tolerates their failure. */
function tolerantNewcomersBelow(
  actions: ReadonlyMap<number, AppliedAction | ActionError>,
): readonly number[] {
  return [...actions.values()].flatMap((one) =>
    one instanceof ActionError
      ? []
      : one.growth.appended
          .filter(({ workflow }) => hasTolerantRoot(workflow))
          .flatMap(({ parents }) => parents),
  );
}

/**
 * A FIZZLED member whose children all tolerate it does not make the workflow FIZZLED. Only tolerant children need to be
 * read: one that is not in the view does not tolerate.
 */
async function loadTolerantChildren(
  store: LaunchPadStore,
  { links, fwStates }: Workflow,
  fireworks: Map<number, Firework>,
): Promise<void> {
  const ids = new Set<number>();
  for (const [member, state] of fwStates) {
    if (state === 'FIZZLED') for (const child of childrenOf(links, member)) ids.add(child);
  }
  for (const known of fireworks.keys()) ids.delete(known);
  if (ids.size === 0) return;
  const where = { 'spec._allow_fizzled_parents': { $exists: true } };
  for await (const firework of store.findFireworks({ ids: [...ids], where }, 'control')) {
    fireworks.set(firework.fwId, firework);
  }
}
