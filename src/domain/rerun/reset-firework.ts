/** What a rerun does to each member that it reaches (FireWorks' `Firework._rerun`). */
import type { Firework, Value } from '../model';
import { ABSENT } from '../patch';
import type { WorkflowDraft } from '../workflow-draft';

/** Archives the launches and makes it WAITING; the state rule decides about a target afterwards. */
export function resetFirework(
  draft: WorkflowDraft,
  { fwId, state }: Firework,
  exceptionDetails?: ReadonlyMap<number, Value>,
): void {
  if (draft.launchesOf(fwId).length > 0) draft.archiveLaunches(fwId);
  draft.setState(fwId, 'WAITING');
  draft.touch(fwId);
  if (state !== 'FIZZLED') return;
  const details = exceptionDetails?.get(fwId);
  if (details !== undefined) draft.setSpec(fwId, ['_exception_details'], details);
  else if (draft.specAt(fwId, ['_exception_details']) !== ABSENT)
    draft.setSpec(fwId, ['_exception_details'], ABSENT);
}
