/**
 * Which source code a rerun runs with. Without a word it is that of the last launch that kept some, which is the first unless
 * a rerun forced another; a rerun that forces it names the last launch, and what was kept until then does not count any more.
 */
import { isObject, type Value } from '../model';
import type { WorkflowDraft } from '../workflow-draft';

export function forceSourcecode(draft: WorkflowDraft, fwId: number): void {
  const last = lastLaunch(draft, fwId);
  if (last === 0 || !hasSourcecode(draft, fwId)) return;
  draft.setSpec(fwId, ['_sourcecode', 'after_launch'], last);
}

/** For the plan. */
export function sourcecodeNotes(draft: WorkflowDraft, fwId: number, forced: boolean): readonly string[] {
  if (!hasSourcecode(draft, fwId))
    return forced ? ['has no _sourcecode: --force-sourcecode changes nothing'] : [];
  if (lastLaunch(draft, fwId) === 0) return [];
  const dir: Value = draft.specAt(fwId, ['_sourcecode', 'dir']);
  return forced
    ? [`takes the source code that is in ${String(dir)} at its next launch`]
    : ['runs the source code that it was launched with; --force-sourcecode takes that of today'];
}

function hasSourcecode(draft: WorkflowDraft, fwId: number): boolean {
  return isObject(draft.specAt(fwId, ['_sourcecode']));
}

function lastLaunch(draft: WorkflowDraft, fwId: number): number {
  const all = [...draft.launchesOf(fwId), ...draft.archivedLaunchesOf(fwId)];
  return all.reduce((last, id) => Math.max(last, id), 0);
}
