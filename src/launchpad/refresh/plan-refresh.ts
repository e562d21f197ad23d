/** The patch of a refresh: an edit of some members, then the state rule from there on, with actions applied on the way. */
import { applyAction } from '../../domain/actions/action-plan';
import { ActionError } from '../../domain/actions/fw-action';
import { ABSENT, type WorkflowPatch } from '../../domain/patch';
import { refreshFrom } from '../../domain/rules/refresh';
import { isHeld, type FireworkState } from '../../domain/state';
import { isoTimestamp } from '../../domain/timestamps';
import { createDraft, type WorkflowDraft } from '../../domain/workflow-draft';
import { applyMods } from '../../specs/dict-mods/dict-mods';
import { fireworkFileForm } from '../../specs/printing/file-form';
import type { RefreshView } from './load-refresh-view';

export interface RefreshPlan {
  readonly patch: WorkflowPatch;
  /** Members that became FIZZLED because their launch's action could not be applied. */
  readonly problems: readonly string[];
  /** What a member is in the end. */
  readonly stateOf: (fwId: number) => FireworkState;
}

export interface PlanOptions {
  readonly starts: readonly number[];
  readonly now: Date;
  /** Before the refresh. */
  readonly edit?: ((draft: WorkflowDraft) => void) | undefined;
  /** A member whose action must fit: the plan throws ActionError where others fizzle. */
  readonly strict?: ((fwId: number) => boolean) | undefined;
}

export function planRefresh(loaded: RefreshView, options: PlanOptions): RefreshPlan {
  const { starts, now, edit, strict } = options;
  const draft = createDraft(loaded.view, now);
  const problems: string[] = [];
  edit?.(draft);
  const completed = (fwId: number): void => {
    try {
      const action = loaded.actions.get(fwId);
      if (action instanceof ActionError) throw action;
      if (action) applyAction(draft, fwId, action, applyMods);
    } catch (error) {
      if (!(error instanceof ActionError) || strict?.(fwId)) throw error;
      // As FireWorks: who cannot hand on its result has failed.
      draft.setState(fwId, 'FIZZLED');
      problems.push(`Firework ${String(fwId)} is FIZZLED: ${error.message}`);
    }
  };
  refreshFrom(draft, starts, (launchId) => loaded.launches.get(launchId)?.state, {
    onCompleted: completed,
    onFizzledParents: (fwId, parents) => {
      // Renewed whenever the child is released; FireWorks writes it once.
      if (draft.stateOf(fwId) !== 'READY' || !parents.every((parent) => loaded.fizzledParents.has(parent)))
        return;
      draft.setSpec(
        fwId,
        ['_fizzled_parents'],
        parents.map((parent) => formOf(loaded, draft, parent, now)),
      );
    },
  });
  forgetOldParents(loaded, draft);
  if (starts.some((fwId) => !isHeld(draft.stateOf(fwId)))) draft.touchWorkflow();
  return { patch: draft.toPatch(), problems, stateOf: (fwId) => draft.stateOf(fwId) };
}

function formOf(
  { view, fizzledParents, parentLaunches }: RefreshView,
  draft: WorkflowDraft,
  fwId: number,
  now: Date,
): unknown {
  const parent = fizzledParents.get(fwId);
  if (!parent) throw new Error(`the FIZZLED parent ${String(fwId)} was not read`);
  const state = draft.stateOf(fwId);
  const changed = view.fireworks.has(fwId) && state !== parent.state;
  return fireworkFileForm(
    { ...parent, state, updatedOn: changed ? isoTimestamp(now) : parent.updatedOn },
    parentLaunches,
  );
}

/** FireWorks keeps the list of an earlier attempt after the parents were rerun and COMPLETED. */
function forgetOldParents({ view }: RefreshView, draft: WorkflowDraft): void {
  for (const { fwId, state } of view.fireworks.values()) {
    if (state !== 'WAITING' || draft.stateOf(fwId) !== 'READY') continue;
    if (draft.specAt(fwId, ['_fizzled_parents']) === ABSENT) continue;
    const fizzled = draft.parentsOf(fwId).some((parent) => draft.stateOf(parent) === 'FIZZLED');
    if (!fizzled) draft.setSpec(fwId, ['_fizzled_parents'], ABSENT);
  }
}

/** A workflow in which all is as it should be stays as it is, its date of change included. */
export function saysSomething({ patch: { changes } }: RefreshPlan): boolean {
  return changes.some(
    ({ collection, fields }) =>
      collection !== 'workflows' ||
      fields.some(({ path, before, after }) => path[0] !== 'updatedOn' && before !== after),
  );
}
