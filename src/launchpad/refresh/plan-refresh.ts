/** The patch of a refresh: an edit of some members, then the state rule from there on, with actions applied on the way. */
import { applyAction, type AppliedAction } from '../../domain/actions/action-plan';
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
  let { actions } = loaded;
  for (;;) {
    try {
      return plan({ ...loaded, actions }, options);
    } catch (error) {
      // As FireWorks: who cannot hand on its result has failed, and nothing of the result is handed on.
      if (!(error instanceof UnfitAction)) throw error;
      actions = new Map([...actions, [error.fwId, error.reason]]);
    }
  }
}

/** An action that could not be applied: the draft is half changed. */
class UnfitAction extends Error {
  constructor(
    readonly fwId: number,
    readonly reason: ActionError,
  ) {
    super(reason.message);
  }
}

function plan(loaded: RefreshView, { starts, now, edit, strict }: PlanOptions): RefreshPlan {
  const draft = createDraft(loaded.view, now);
  const problems: string[] = [];
  edit?.(draft);
  // What an edit adds is refreshed with the rest.
  const added = draft.newMembers();
  const completed = (fwId: number): void => {
    const action = loaded.actions.get(fwId);
    if (action instanceof ActionError) {
      if (strict?.(fwId)) throw action;
      draft.setState(fwId, 'FIZZLED');
      problems.push(`Firework ${String(fwId)} is FIZZLED: ${action.message}`);
    } else if (action) applyOrGiveUp(draft, fwId, action);
  };
  refreshFrom(draft, [...starts, ...added], (launchId) => loaded.launches.get(launchId)?.state, {
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
  const touched = [...starts, ...added];
  if (touched.some((fwId) => !isHeld(draft.stateOf(fwId)))) draft.touchWorkflow();
  return { patch: draft.toPatch(), problems, stateOf: (fwId) => draft.stateOf(fwId) };
}

function applyOrGiveUp(draft: WorkflowDraft, fwId: number, action: AppliedAction): void {
  try {
    applyAction(draft, fwId, action, applyMods);
  } catch (error) {
    throw error instanceof ActionError ? new UnfitAction(fwId, error) : error;
  }
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
