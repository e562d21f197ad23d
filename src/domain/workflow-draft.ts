/**
 * What a planner writes on while it thinks: the states and specs of a workflow as they will be, from which the patch is
 * made at the end. Only what differs from the documents ends up in the patch.
 */
import type { Firework, Links, Timestamp, Value, WorkflowView } from './model';
import { createGraphDraft } from './growth/graph-draft';
import {
  ABSENT,
  change,
  guarded,
  insertion,
  type Absent,
  type DocumentChange,
  type FieldChange,
  type WorkflowPatch,
} from './patch';
import { valueAt } from './same-value';
import { createSpecDraft, type SpecDraft, type SpecPath } from './spec-draft';
import { isHeld, type FireworkState } from './state';
import { isoTimestamp } from './timestamps';
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
  /** Not in the workflow yet. */
  readonly isNew: boolean;
}

export interface WorkflowDraft {
  readonly view: WorkflowView;
  /** The graph as drafted. */
  links(): Links;
  isMember(fwId: number): boolean;
  parentsOf(fwId: number): readonly number[];
  childrenOf(fwId: number): readonly number[];
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
  /**
   * Ids for as many new members, ascending and below all others. They are provisional and negative: assign-ids.ts puts
   * those of the database in their place when the plan stands.
   */
  newIds(count: number): readonly number[];
  /** A member of its own; WAITING, unless somebody holds it. */
  addMember(firework: Firework): void;
  addChildren(fwId: number, children: readonly number[]): void;
  /** They leave the workflow; what they become is drafted as of members. */
  removeMembers(fwIds: ReadonlySet<number>): void;
  /** By their provisional ids. */
  newMembers(): readonly number[];
  /** Whether the workflow's `updated_on` moves although no member changed. */
  touchWorkflow(): void;
  toPatch(): WorkflowPatch;
}

export function createDraft(view: WorkflowView, now: Date): WorkflowDraft {
  const { workflow } = view;
  const graph = createGraphDraft(workflow.links);
  const drafts = new Map<number, FireworkDraft>();
  const removed = new Set<number>();
  let workflowTouched = false;
  let nextId = FIRST_PROVISIONAL_ID;

  const draftOf = (fwId: number): FireworkDraft => {
    const known = drafts.get(fwId);
    if (known) return known;
    const original = view.fireworks.get(fwId);
    if (!original)
      throw new Error(`a planner touches Firework ${String(fwId)}, which the view does not hold`);
    return startDraft(original, false);
  };

  const startDraft = (original: Firework, isNew: boolean): FireworkDraft => {
    const { fwId, state, launches, archivedLaunches } = original;
    const draft = {
      original,
      state,
      launches,
      archivedLaunches,
      spec: undefined,
      touched: false,
      stamp: 'text' as const,
      isNew,
    };
    drafts.set(fwId, draft);
    return draft;
  };

  const newMembers = (): readonly number[] =>
    [...drafts].flatMap(([fwId, { isNew }]) => (isNew ? [fwId] : []));

  const stateOf = (fwId: number): FireworkState =>
    drafts.get(fwId)?.state ?? view.fireworks.get(fwId)?.state ?? workflow.fwStates.get(fwId) ?? 'WAITING';

  const specAt = (fwId: number, path: SpecPath): Value | Absent => {
    const draft = drafts.get(fwId);
    if (draft?.spec) return draft.spec.at(path);
    return valueAt((draft?.original ?? view.fireworks.get(fwId))?.spec ?? {}, path);
  };

  const toleratesFizzled = (fwId: number): boolean => {
    const value = specAt(fwId, ['_allow_fizzled_parents']);
    return value !== ABSENT && isTruthy(value);
  };

  return {
    view,
    links: graph.links,
    isMember: graph.has,
    parentsOf: graph.parentsOf,
    childrenOf: graph.childrenOf,
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
    newIds: (count) => {
      const first = nextId;
      nextId += count;
      return Array.from({ length: count }, (_, index) => first + index);
    },
    addMember: (firework) => {
      graph.addNode(firework.fwId);
      const state = isHeld(firework.state) ? firework.state : 'WAITING';
      startDraft({ ...firework, state }, true);
    },
    addChildren: graph.addChildren,
    removeMembers: (fwIds) => {
      if (fwIds.size === 0) return;
      graph.remove(fwIds);
      for (const fwId of fwIds) removed.add(fwId);
      workflowTouched = true;
    },
    newMembers,
    touchWorkflow: () => {
      workflowTouched = true;
    },
    toPatch: () => {
      const changes: DocumentChange[] = [];
      const text = isoTimestamp(now);
      let moves = workflowTouched;
      for (const [fwId, draft] of drafts) {
        if (draft.isNew) {
          changes.push(insertion('fireworks', fwId, newFirework(draft, text)));
          moves = true;
          continue;
        }
        const fields = fireworkFields(draft, draft.stamp === 'date' ? now : text);
        if (fields.length === 0) continue;
        changes.push({ collection: 'fireworks', id: fwId, fields });
        moves ||= draft.stamp === 'text';
      }
      const members = [...view.fireworks.keys(), ...newMembers()];
      const states = { members, removed, stateOf, toleratesFizzled };
      const fields = [...graph.changes(), ...workflowFields(view, graph.links(), states, now, moves)];
      if (fields.length > 0) changes.push({ collection: 'workflows', id: workflow.key, fields });
      return { workflowKey: workflow.key, changes };
    },
  };
}

/** Below every fw_id that a file has. */
const FIRST_PROVISIONAL_ID = -(2 ** 52);

/** FireWorks' refresh gives it the moment; one that is held it leaves as the file has it. */
function newFirework({ original, state, spec }: FireworkDraft, updatedOn: string): Firework {
  return {
    ...original,
    state,
    spec: spec?.whole() ?? original.spec,
    updatedOn: isHeld(state) ? original.updatedOn : updatedOn,
  };
}

interface StatesAsDrafted {
  readonly members: readonly number[];
  readonly removed: ReadonlySet<number>;
  readonly stateOf: (fwId: number) => FireworkState;
  readonly toleratesFizzled: (fwId: number) => boolean;
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
  { workflow }: WorkflowView,
  links: Links,
  { members, removed, stateOf, toleratesFizzled }: StatesAsDrafted,
  now: Date,
  moves: boolean,
): readonly FieldChange[] {
  const fields: FieldChange[] = [];
  const states = new Map(workflow.fwStates);
  for (const node of members) {
    const noted = workflow.fwStates.get(node);
    if (removed.has(node)) {
      states.delete(node);
      if (noted !== undefined) fields.push(change(['fwStates', String(node)], noted, ABSENT));
      continue;
    }
    const state = stateOf(node);
    if (noted === state) continue;
    states.set(node, state);
    fields.push(change(['fwStates', String(node)], noted ?? ABSENT, state));
  }
  const state = workflowState(links, states, toleratesFizzled);
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
