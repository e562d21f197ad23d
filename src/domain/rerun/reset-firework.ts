/** What a rerun does to each member that it reaches (FireWorks' `Firework._rerun`). */
import type { Firework, Value } from '../model';
import { ABSENT } from '../patch';
import type { WorkflowDraft } from '../workflow-draft';

export interface Failures {
  /** What `spec._exception_details` of FIZZLED Fireworks becomes. */
  readonly details?: ReadonlyMap<number, Value> | undefined;
  /** RUNNING Fireworks whose run was lost. */
  readonly ended?: ReadonlySet<number> | undefined;
}

/** Archives the launches and makes it WAITING; the state rule decides about a target afterwards. */
export function resetFirework(
  draft: WorkflowDraft,
  { fwId, state }: Firework,
  { details: exceptionDetails, ended }: Failures = {},
): void {
  if (draft.launchesOf(fwId).length > 0) draft.archiveLaunches(fwId);
  draft.setState(fwId, 'WAITING');
  draft.touch(fwId);
  // A run that was lost has failed, too.
  if (state !== 'FIZZLED' && !(state === 'RUNNING' && ended?.has(fwId))) return;
  const details = exceptionDetails?.get(fwId);
  if (details !== undefined) draft.setSpec(fwId, ['_exception_details'], details);
  else if (draft.specAt(fwId, ['_exception_details']) !== ABSENT)
    draft.setSpec(fwId, ['_exception_details'], ABSENT);
}
