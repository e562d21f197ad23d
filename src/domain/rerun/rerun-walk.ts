/** What a rerun of a Firework does below it: who is reset, who is kept, and whose work under way forbids it. */
import { allows, type FireworkEvent } from '../rules/firework-machine';
import type { FireworkState } from '../state';
import { isUnderWay } from '../state';
import type { WorkflowDraft } from '../workflow-draft';
import { childrenOf } from '../workflow-graph';

export interface WalkOptions {
  readonly includeRunning: boolean;
  readonly resetHeld: boolean;
}

export interface ResetMember {
  readonly fwId: number;
  readonly from: FireworkState;
}

/**
 * Members with something under way below them that a rerun would reach, each with the nearest such descendant found.
 * Computed once, upwards from those, so that many targets cost no more than one.
 */
export function findBlockers(
  draft: WorkflowDraft,
  ended: ReadonlySet<number> = new Set(),
): ReadonlyMap<number, number> {
  const blockers = new Map<number, number>();
  const queue: number[] = [];
  for (const node of draft.view.fireworks.keys()) {
    if (isUnderWay(draft.stateOf(node)) && !ended.has(node)) queue.push(node);
  }
  for (const node of queue) {
    // A walk from above stops at a WAITING member: what is under way below it is out of reach.
    if (blockers.has(node) && draft.stateOf(node) === 'WAITING') continue;
    for (const parent of draft.parentsOf(node)) {
      if (blockers.has(parent)) continue;
      blockers.set(parent, blockers.get(node) ?? node);
      queue.push(parent);
    }
  }
  return blockers;
}

/** The event that a rerun of an ancestor sends to a member in this state, undefined where it is kept. */
function resetEvent(state: FireworkState, { resetHeld }: WalkOptions): FireworkEvent | undefined {
  if (allows(state, 'RESET')) return 'RESET';
  return resetHeld && allows(state, 'RESET_HELD') ? 'RESET_HELD' : undefined;
}

/**
 * Descendants that a rerun of `start` resets, in the order of the walk. A WAITING member ends it, as in FireWorks; below
 * one that is kept it goes on. `passed` remembers kept members whose descendants an earlier walk has seen to.
 */
export function findReset(
  draft: WorkflowDraft,
  start: number,
  options: WalkOptions,
  passed: Set<number>,
): readonly ResetMember[] {
  const found: ResetMember[] = [];
  const seen = new Set([start]);
  for (const node of seen) {
    for (const child of childrenOf(draft.view.workflow.links, node)) {
      const state = draft.stateOf(child);
      if (seen.has(child) || passed.has(child) || state === 'WAITING') continue;
      seen.add(child);
      if (resetEvent(state, options)) found.push({ fwId: child, from: state });
      else passed.add(child);
    }
  }
  return found;
}
