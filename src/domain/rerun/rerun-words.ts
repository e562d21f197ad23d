/** What a plan says of Fireworks and launches, in the same words wherever it says it. */
import type { Launch, Timestamp } from '../model';
import type { WorkflowDraft } from '../workflow-draft';

export function sinceText(updatedOn: Timestamp): string {
  const text = updatedOn instanceof Date ? updatedOn.toISOString() : updatedOn;
  return `${text.slice(0, 19).replace('T', ' ')} UTC`;
}

export function nameOf(draft: WorkflowDraft, fwId: number): string {
  const name = draft.view.fireworks.get(fwId)?.name;
  return name === undefined ? String(fwId) : `${String(fwId)} (${name})`;
}

/** Nothing stops the process of a launch that is archived while it is under way: say where it is. */
export function fenceNote(
  draft: WorkflowDraft,
  fwId: number,
  launch: Launch | undefined,
  launchId: number,
): string {
  const reservation = launch?.stateHistory.findLast(
    (entry) => entry.reservation_id !== undefined,
  )?.reservation_id;
  const what = `launch ${String(launchId)} of ${nameOf(draft, fwId)}`;
  if (reservation !== undefined) return `${what} is archived; cancel its job ${reservation} in the queue`;
  return `${what} is archived while it may still run${launch ? ` on ${launch.host} in ${launch.launchDir}` : ''}`;
}
