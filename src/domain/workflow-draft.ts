/**
 * What a planner writes on while it thinks: the states and specs of a workflow as they will be, from which the patch is
 * made at the end. Only what differs from the documents ends up in the patch.
 */
import type { Firework, Timestamp, Value, WorkflowView } from './model';
import {
  ABSENT,
  change,
  guarded,
  type Absent,
  type DocumentChange,
  type FieldChange,
  type WorkflowPatch,
} from './patch';
import { valueAt } from './same-value';
import { createSpecDraft, type SpecDraft, type SpecPath } from './spec-draft';
import type { FireworkState } from './state';
import { isoTimestamp } from './timestamps';
import { parentsByChild } from './workflow-graph';
import { workflowState } from './rules/workflow-state';

interface FireworkDraft {
  readonly original: Firework;
  state: FireworkState;
  launches: readonly number[];
  archivedLaunches: readonly number[];
  /** Once something in it changes. */
  spec: SpecDraft | undefined;
  /** Rewritten although nothing differs, as FireWorks does to a target that stays what it was. */
  touched: boolean;
  /** What `updated_on` becomes: text where FireWorks rewrites the document, a Date where it only sets the state. */
  stamp: 'text' | 'date';
}

export interface WorkflowDraft {
  readonly view: WorkflowView;
  parentsOf(fwId: number): readonly number[];
  /** The state as drafted. A member that the view does not hold has the state that the workflow notes. */
  stateOf(fwId: number): FireworkState;
  launchesOf(fwId: number): readonly number[];
  archivedLaunchesOf(fwId: number): readonly number[];
  /** What stands at a path of the spec as drafted, ABSENT where nothing does. */
  specAt(fwId: number, path: SpecPath): Value | Absent;
  toleratesFizzled(fwId: number): boolean;
  setState(fwId: number, state: FireworkState): void;
  /**
   * What FireWorks does when a person pauses, resumes, defuses, reignites or archives: `updated_on` becomes a Date, and the
   * workflow's does not move for that alone.
   */
  putState(fwId: number, state: FireworkState): void;
  addLaunch(fwId: number, launchId: number): void;
  /** Moves the active launches to the archived ones: ids ascending, each once. */
  archiveLaunches(fwId: number): void;
  setSpec(fwId: number, path: SpecPath, value: Value | Absent): void;
  touch(fwId: number): void;
  /** Whether the workflow's `updated_on` moves although no member changed. */
  touchWorkflow(): void;
  toPatch(): WorkflowPatch;
}

export function createDraft(view: WorkflowView, now: Date): WorkflowDraft {
  const { workflow } = view;
  const parents = parentsByChild(workflow.links);
  const drafts = new Map<number, FireworkDraft>();
  let workflowTouched = false;

  const draftOf = (fwId: number): FireworkDraft => {
    const known = drafts.get(fwId);
    if (known) return known;
    const original = view.fireworks.get(fwId);
    if (!original)
      throw new Error(`a planner touches Firework ${String(fwId)}, which the view does not hold`);
    const { state, launches, archivedLaunches } = original;
    const draft = {
      original,
      state,
      launches,
      archivedLaunches,
      spec: undefined,
      touched: false,
      stamp: 'text' as const,
    };
    drafts.set(fwId, draft);
    return draft;
  };

  const stateOf = (fwId: number): FireworkState =>
    drafts.get(fwId)?.state ?? view.fireworks.get(fwId)?.state ?? workflow.fwStates.get(fwId) ?? 'WAITING';

  const specAt = (fwId: number, path: SpecPath): Value | Absent => {
    const drafted = drafts.get(fwId)?.spec;
    return drafted ? drafted.at(path) : valueAt(view.fireworks.get(fwId)?.spec ?? {}, path);
  };

  const toleratesFizzled = (fwId: number): boolean => {
    const value = specAt(fwId, ['_allow_fizzled_parents']);
    return value !== ABSENT && isTruthy(value);
  };

  return {
    view,
    parentsOf: (fwId) => parents.get(fwId) ?? [],
    stateOf,
    launchesOf: (fwId) => drafts.get(fwId)?.launches ?? view.fireworks.get(fwId)?.launches ?? [],
    archivedLaunchesOf: (fwId) =>
      drafts.get(fwId)?.archivedLaunches ?? view.fireworks.get(fwId)?.archivedLaunches ?? [],
    specAt,
    toleratesFizzled,
    setState: (fwId, state) => {
      Object.assign(draftOf(fwId), { state, stamp: 'text' });
    },
    putState: (fwId, state) => {
      Object.assign(draftOf(fwId), { state, stamp: 'date' });
    },
    addLaunch: (fwId, launchId) => {
      const draft = draftOf(fwId);
      if (!draft.launches.includes(launchId)) draft.launches = [...draft.launches, launchId];
    },
    archiveLaunches: (fwId) => {
      const draft = draftOf(fwId);
      const all = new Set([...draft.archivedLaunches, ...draft.launches]);
      draft.archivedLaunches = [...all].sort((one, other) => one - other);
      draft.launches = [];
    },
    setSpec: (fwId, path, value) => {
      const draft = draftOf(fwId);
      draft.spec ??= createSpecDraft(draft.original.spec);
      draft.spec.set(path, value);
    },
    touch: (fwId) => {
      draftOf(fwId).touched = true;
    },
    touchWorkflow: () => {
      workflowTouched = true;
    },
    toPatch: () => {
      const changes: DocumentChange[] = [];
      const text = isoTimestamp(now);
      let moves = workflowTouched;
      for (const [fwId, draft] of drafts) {
        const fields = fireworkFields(draft, draft.stamp === 'date' ? now : text);
        if (fields.length === 0) continue;
        changes.push({ collection: 'fireworks', id: fwId, fields });
        moves ||= draft.stamp === 'text';
      }
      const fields = workflowFields(view, stateOf, toleratesFizzled, now, moves);
      if (fields.length > 0) changes.push({ collection: 'workflows', id: workflow.key, fields });
      return { workflowKey: workflow.key, changes };
    },
  };
}

function fireworkFields(draft: FireworkDraft, updatedOn: Timestamp): readonly FieldChange[] {
  const { original, state, launches, archivedLaunches } = draft;
  const spec = draft.spec?.changes() ?? [];
  const differs = state !== original.state || launches !== original.launches || spec.length > 0;
  if (!differs && !draft.touched) return [];
  const fields = [guarded(['state'], original.state, state)];
  if (launches !== original.launches) fields.push(guarded(['launches'], original.launches, launches));
  if (archivedLaunches !== original.archivedLaunches) {
    fields.push(change(['archivedLaunches'], original.archivedLaunches, archivedLaunches));
  }
  fields.push(...spec);
  fields.push(change(['updatedOn'], original.updatedOn, updatedOn));
  return fields;
}

/** The workflow's note of its members' states follows the Fireworks, also where it was wrong before. */
function workflowFields(
  { workflow, fireworks }: WorkflowView,
  stateOf: (fwId: number) => FireworkState,
  toleratesFizzled: (fwId: number) => boolean,
  now: Date,
  moves: boolean,
): readonly FieldChange[] {
  const fields: FieldChange[] = [];
  const states = new Map(workflow.fwStates);
  for (const node of fireworks.keys()) {
    const noted = workflow.fwStates.get(node);
    const state = stateOf(node);
    if (noted === state) continue;
    states.set(node, state);
    fields.push(change(['fwStates', String(node)], noted ?? ABSENT, state));
  }
  const state = workflowState(workflow.links, states, toleratesFizzled);
  if (!moves && fields.length === 0 && state === workflow.state) return [];
  fields.push(change(['state'], workflow.state, state));
  if (moves) fields.push(change(['updatedOn'], workflow.updatedOn, now));
  return fields;
}

/** Python's truth of a stored value, which is how FireWorks reads its flags. */
export function isTruthy(value: Value): boolean {
  if (Array.isArray(value)) return value.length > 0;
  if (typeof value === 'object' && value !== null) {
    const number = Number(value);
    return Number.isNaN(number) ? Object.keys(value).length > 0 : number !== 0;
  }
  return Boolean(value);
}
