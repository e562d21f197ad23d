/** Reads what a change of states needs, in a few round trips for many workflows, and plans it with the refresh that follows. */
import {
  applyControl,
  type ControlEvent,
  type ControlOptions,
  type ControlTarget,
} from '../../domain/control/control-plan';
import { ActionError } from '../../domain/actions/fw-action';
import type { Firework, Launch, WorkflowView } from '../../domain/model';
import type { WorkflowPatch } from '../../domain/patch';
import { allows } from '../../domain/rules/firework-machine';
import { isUnderWay } from '../../domain/state';
import { isTruthy } from '../../domain/workflow-draft';
import { parentsByChild } from '../../domain/workflow-graph';
import type { LaunchPadStore } from '../../storage/launchpad-store';
import { readViews, type Reach } from '../read-views';
import { representativeLaunch } from '../refresh/likely-state';
import { loadRefreshView, type RefreshView } from '../refresh/load-refresh-view';
import { planRefresh } from '../refresh/plan-refresh';
import { launchesById } from '../launches-by-id';

export interface ControlPlan {
  readonly view: WorkflowView;
  readonly patch: WorkflowPatch;
  readonly targets: readonly ControlTarget[];
}

export interface ControlReads {
  /** Members of the workflows, at least one of each. */
  readonly ids: readonly number[];
  readonly reach: Reach;
  /** Which members of a workflow the change is about. */
  readonly targetsIn: (view: WorkflowView) => ReadonlySet<number>;
}

export async function planControl(
  store: LaunchPadStore,
  { ids, reach, targetsIn }: ControlReads,
  options: ControlOptions,
  now: Date,
): Promise<readonly ControlPlan[]> {
  const views = await readViews(store, ids, 'control', reach);
  const targets = new Map(views.map((view) => [view, targetsIn(view)]));
  const launches = await readLaunches(store, targets, options);
  const plans: ControlPlan[] = [];
  for (const [view, own] of targets) {
    const released = releasedIn(view, own, options.event);
    const simple = { view, launches, ...NOTHING_ENDS };
    const loaded = endsSomething(view, released, launches)
      ? await loadRefreshView(store, view.workflow, [...own], { released, now: () => now })
      : simple;
    plans.push(planOne(loaded, own, options, released, now));
  }
  return plans;
}

const NOTHING_ENDS: Omit<RefreshView, 'view' | 'launches'> = {
  actions: new Map(),
  fizzledParents: new Map(),
  parentLaunches: new Map(),
};

/** Those of which the state rule decides what they become. */
function releasedIn(
  { fireworks }: WorkflowView,
  targets: ReadonlySet<number>,
  event: ControlEvent,
): ReadonlySet<number> {
  if (event !== 'RESUME' && event !== 'REIGNITE') return new Set();
  const isReleased = ({ fwId, state }: Firework): boolean => targets.has(fwId) && allows(state, event);
  return new Set([...fireworks.values()].filter(isReleased).map(({ fwId }) => fwId));
}

/** The active launches of those that are released, and of those under way that are rerun. */
async function readLaunches(
  store: LaunchPadStore,
  targets: ReadonlyMap<WorkflowView, ReadonlySet<number>>,
  { event, rerunFirst }: ControlOptions,
): Promise<ReadonlyMap<number, Launch>> {
  const ids: number[] = [];
  for (const [view, own] of targets) {
    const released = releasedIn(view, own, event);
    for (const { fwId, state, launches } of view.fireworks.values()) {
      if (released.has(fwId) || (rerunFirst && isUnderWay(state))) ids.push(...launches);
    }
  }
  return launchesById(store, ids, 'brief');
}

/** Whether a refresh may go on below a released member, or has to note FIZZLED parents: then more must be read. */
function endsSomething(
  { workflow, fireworks }: WorkflowView,
  released: ReadonlySet<number>,
  launches: ReadonlyMap<number, Launch>,
): boolean {
  if (released.size === 0) return false;
  const parents = [...workflow.fwStates.values()].includes('FIZZLED')
    ? parentsByChild(workflow.links)
    : undefined;
  for (const fwId of released) {
    const firework = fireworks.get(fwId);
    if (!firework) continue;
    const state = representativeLaunch(firework.launches, launches)?.state;
    if (state === 'COMPLETED' || state === 'FIZZLED') return true;
    if (!parents || !isTruthy(firework.spec['_allow_fizzled_parents'])) continue;
    if (parents.get(fwId)?.some((parent) => workflow.fwStates.get(parent) === 'FIZZLED')) return true;
  }
  return false;
}

function planOne(
  loaded: RefreshView,
  own: ReadonlySet<number>,
  options: ControlOptions,
  released: ReadonlySet<number>,
  now: Date,
): ControlPlan {
  const { view } = loaded;
  let targets: readonly ControlTarget[] = [];
  try {
    const plan = planRefresh(loaded, {
      starts: [...released],
      now,
      edit: (draft) => {
        targets = applyControl(draft, own, options, loaded.launches);
      },
      // What cannot be handed on again is no reason to make a Firework FIZZLED.
      strict: () => true,
    });
    // What is left alone is not repaired on the way either.
    const idle = targets.every(({ outcome }) => outcome !== 'changed');
    const patch = idle ? { workflowKey: view.workflow.key, changes: [] } : plan.patch;
    return { view, patch, targets: targets.map((one) => ended(one, plan.stateOf(one.fwId))) };
  } catch (error) {
    if (!(error instanceof ActionError)) throw error;
    const failed = targets.map((one): ControlTarget =>
      one.outcome === 'changed'
        ? { ...one, to: one.from, outcome: 'failed', reason: error.message, notes: [] }
        : one,
    );
    return { view, patch: { workflowKey: view.workflow.key, changes: [] }, targets: failed };
  }
}

/** What the state rule made of it. */
function ended(target: ControlTarget, to: ControlTarget['to']): ControlTarget {
  if (target.outcome !== 'changed') return target;
  const note = to === 'FIZZLED' ? ['its launch is FIZZLED: lpad rerun_fws lets it run again'] : [];
  return { ...target, to, notes: [...target.notes, ...note] };
}
