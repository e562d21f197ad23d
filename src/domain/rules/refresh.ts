/** Bringing a workflow's states up to date after some of its members changed (FireWorks' `Workflow.refresh`). */
import type { LaunchState } from '../state';
import { isHeld } from '../state';
import { nextState } from './next-state';
import type { WorkflowDraft } from '../workflow-draft';

/** The state of a launch by its id, undefined for a launch that is not there. */
export type LaunchStates = (launchId: number) => LaunchState | undefined;

/**
 * Applies the state rule to one member as the draft stands; true when its state changed. Held ones keep theirs, and so does
 * one of whose launches a document is missing: what became of them cannot be told, and FireWorks would have them run again.
 */
export function refreshFirework(draft: WorkflowDraft, fwId: number, launchStates: LaunchStates): boolean {
  const before = draft.stateOf(fwId);
  if (isHeld(before)) return false;
  const states = draft.launchesOf(fwId).map(launchStates);
  if (!states.every((state) => state !== undefined)) return false;
  const after = nextState({
    parentStates: draft.parentsOf(fwId).map((parent) => draft.stateOf(parent)),
    toleratesFizzled: draft.toleratesFizzled(fwId),
    launchStates: states,
  });
  if (after === before) return false;
  draft.setState(fwId, after);
  return true;
}

/** What a refresh asks of its caller on the way. */
export interface RefreshHooks {
  /** A member became COMPLETED: its action is applied now, before its children are visited. */
  readonly onCompleted?: (fwId: number) => void;
  /** A member that tolerates FIZZLED parents has them and is not WAITING any more: `spec._fizzled_parents` is due. */
  readonly onFizzledParents?: (fwId: number, fizzledParents: readonly number[]) => void;
}

/** Refreshes these members; below each that became COMPLETED or FIZZLED its children, and so on. */
export function refreshFrom(
  draft: WorkflowDraft,
  starts: Iterable<number>,
  launchStates: LaunchStates,
  { onCompleted, onFizzledParents }: RefreshHooks = {},
): void {
  const queue = [...starts];
  const visits = new Map<number, number>();
  const mostVisits = draft.links().size + 1;
  for (const fwId of queue) {
    const visit = (visits.get(fwId) ?? 0) + 1;
    visits.set(fwId, visit);
    // Stored workflows may have cycles: nobody needs more visits than there are members.
    if (visit > mostVisits || !refreshFirework(draft, fwId, launchStates)) continue;
    const state = draft.stateOf(fwId);
    if (onFizzledParents && state !== 'WAITING' && draft.toleratesFizzled(fwId)) {
      const fizzled = draft.parentsOf(fwId).filter((parent) => draft.stateOf(parent) === 'FIZZLED');
      if (fizzled.length > 0) onFizzledParents(fwId, fizzled);
    }
    if (state === 'COMPLETED') onCompleted?.(fwId);
    if (state !== 'COMPLETED' && state !== 'FIZZLED') continue;
    for (const child of draft.childrenOf(fwId)) queue.push(child);
  }
}
