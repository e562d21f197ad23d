/** `_use_cache`: what `rerun_fws --use-cache` leaves in a spec, until the Firework is launched or rerun without it. */
import { CACHE_FLAG, USE_CACHE_MARK } from '../cache-entry';
import { ABSENT } from '../patch';
import type { WorkflowDraft } from '../workflow-draft';

/** Of a Firework that is reset, when its launches are archived. */
export function markUseCache(draft: WorkflowDraft, fwId: number, useCache: boolean): void {
  const archived = draft.archivedLaunchesOf(fwId);
  const isAsked = useCache && archived.length > 0 && draft.specAt(fwId, [CACHE_FLAG]) === true;
  if (!isAsked) dropUseCache(draft, fwId);
  else {
    const last = archived.reduce((one, other) => Math.max(one, other), 0);
    draft.setSpec(fwId, [USE_CACHE_MARK], last);
  }
}

/** The launch has it from then on. */
export function dropUseCache(draft: WorkflowDraft, fwId: number): void {
  if (draft.specAt(fwId, [USE_CACHE_MARK]) !== ABSENT) draft.setSpec(fwId, [USE_CACHE_MARK], ABSENT);
}
