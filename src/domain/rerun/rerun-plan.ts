/**
 * The plan of a rerun: for the targets in one workflow, who is rerun, who is skipped or refused and why, who is reset
 * below them, and the patch that does it (rerun.md, sections 1 to 3).
 */
import { allows } from '../rules/firework-machine';
import type { Firework, Launch, LaunchEffects, Value, WorkflowView } from '../model';
import { ABSENT, type WorkflowPatch } from '../patch';
import { refreshFirework } from '../rules/refresh';
import { forceSourcecode, sourcecodeNotes } from '../restart/force-sourcecode';
import { unneededNotes, unneededReason, type CompletedRun, type Unneeded } from '../restart/needed';
import {
  clearRecovery,
  findRecoverySource,
  recoveryOf,
  setRecovery,
  type RecoverySource,
  type TaskLevelOptions,
} from './rerun-recovery';
import { resetFirework } from './reset-firework';
import { findRollback, takeBack, type Deeds, type LaunchDeeds, type Rollback } from './rollback';
import { fenceNote, nameOf, sinceText } from './rerun-words';
import { markUseCache } from './use-cache-mark';
import { findBlockers, findReset, type ResetMember, type WalkOptions } from './rerun-walk';
import { applyEdit, findMisfit, type SpecEdit } from './spec-edit';
import type { FireworkState } from '../state';
import { isUnderWay } from '../state';
import { createDraft, type WorkflowDraft } from '../workflow-draft';
import { topologicalOrder } from '../workflow-graph';

export interface RerunOptions extends WalkOptions {
  readonly taskLevel?: TaskLevelOptions;
  readonly clearRecovery: boolean;
  /** What is rerun and reset may take its result from the cache (`_cache`). */
  readonly useCache?: boolean;
  /** Made in the spec of every target that is rerun. */
  readonly edits?: readonly SpecEdit[];
  /** The next launches take new source code, where a spec has `_sourcecode`. */
  readonly forceSourcecode?: boolean;
  /** Whose launches end with the rerun, so that nothing of theirs is under way any more. */
  readonly ended?: ReadonlySet<number>;
  /** Take back what the actions of launches did that are run again. */
  readonly rollbackDynamic?: boolean;
}

export interface RerunInput {
  /** Holds the targets, everything below them, and the children of FIZZLED members. */
  readonly view: WorkflowView;
  readonly targets: ReadonlySet<number>;
  readonly options: RerunOptions;
  /** At least those that a task-level recovery may resume from, and those of members that are under way. */
  readonly launches: ReadonlyMap<number, Launch>;
  /** What the actions of COMPLETED launches did, by launch: a rerun does not take it back. */
  readonly effects?: ReadonlyMap<number, LaunchEffects>;
  /** The same as far as it is known by Fireworks and by places in specs; needed to take it back. */
  readonly deeds?: Deeds;
  /** What to put into `spec._exception_details` of FIZZLED Fireworks (FireWorks' EXCEPT_DETAILS_ON_RERUN). */
  readonly exceptionDetails?: ReadonlyMap<number, Value>;
  /** Which targets need no rerun (`--needed`). */
  readonly unneeded?: ReadonlyMap<number, Unneeded>;
  readonly now: Date;
}

/** What a rerun does, or did, to one member below a target. */
export interface DescendantOutcome extends ResetMember {
  readonly name: string;
  readonly to: FireworkState;
}

export interface TargetOutcome {
  readonly fwId: number;
  readonly name: string;
  readonly from: FireworkState;
  readonly to: FireworkState;
  readonly outcome: 'rerun' | 'skipped' | 'refused' | 'failed';
  /** Why it is not rerun; undefined for one that is. */
  readonly reason?: string;
  /** What a person should know about a rerun that happens. */
  readonly notes: readonly string[];
  readonly descendants: readonly DescendantOutcome[];
  /** Launches that leave the current attempt, of the target and its descendants. */
  readonly archivedLaunches: readonly number[];
  /** Runs of other Fireworks that make this one needless (`--needed`). */
  readonly matches?: readonly CompletedRun[];
}

export interface RerunPlan {
  readonly patch: WorkflowPatch;
  readonly outcomes: readonly TargetOutcome[];
}

type Refusal = Pick<TargetOutcome, 'outcome' | 'reason' | 'matches'> & Partial<Pick<TargetOutcome, 'notes'>>;

/**
 * Plans from the roots down, so that the order in which the targets were given does not matter, and a target below
 * another is reset once.
 */
export function planRerun(input: RerunInput): RerunPlan {
  const { view, options, now } = input;
  const draft = createDraft(view, now);
  const failures = { details: input.exceptionDetails, ended: options.ended };
  const blockers = options.includeRunning ? new Map<number, number>() : findBlockers(draft, options.ended);
  const passed = new Set<number>();
  const resetBy = new Map<number, number>();
  const outcomes: TargetOutcome[] = [];
  const rolledBack = new Map<number, number>();
  for (const fwId of orderTargets(input)) {
    const firework = view.fireworks.get(fwId);
    if (!firework) continue;
    const above = resetBy.get(fwId);
    const source = recoverySourceOf(input, firework);
    const early =
      goneWith(draft, rolledBack.get(fwId)) ??
      refuse(draft, firework, source, blockers, options, above) ??
      // What is below another target runs again with it, needed or not.
      (above === undefined ? needless(draft, input.unneeded?.get(fwId), options) : undefined);
    // A target that is left alone walks nowhere: what it passed would be passed by for the others.
    const reset = early ? [] : findReset(draft, fwId, options, passed);
    const rollback = early ? undefined : rollbackOf(input, draft, fwId, reset);
    const refusal =
      early ??
      (typeof rollback === 'string' ? ({ outcome: 'refused', reason: rollback } as const) : undefined);
    if (refusal || typeof rollback === 'string') {
      outcomes.push({
        ...facts(firework),
        outcome: 'refused',
        to: draft.stateOf(fwId),
        notes: [],
        descendants: [],
        archivedLaunches: [],
        ...refusal,
      });
      continue;
    }
    const archived = [fwId, ...reset.map((member) => member.fwId)].flatMap((id) => draft.launchesOf(id));
    const notes = [...notesOf(input, draft, firework, reset, source, above)];
    for (const id of rollback?.created ?? []) {
      passed.add(id);
      rolledBack.set(id, fwId);
    }
    if (rollback) notes.push(...takeBack(draft, rollback, input.deeds ?? NO_DEEDS));
    resetFirework(draft, firework, failures);
    const kept = reset.filter((member) => !rolledBack.has(member.fwId));
    for (const { fwId: id } of kept) {
      resetBy.set(id, fwId);
      const member = view.fireworks.get(id);
      if (member) resetFirework(draft, member, failures);
    }
    for (const id of [fwId, ...reset.map((member) => member.fwId)])
      markUseCache(draft, id, options.useCache ?? false);
    refreshFirework(draft, fwId, () => undefined);
    changeSpec(draft, fwId, options, source);
    outcomes.push({
      ...facts(firework),
      outcome: 'rerun',
      to: draft.stateOf(fwId),
      notes,
      descendants: kept.map((member) => describeReset(draft, member)),
      archivedLaunches: archived,
    });
  }
  return { patch: draft.toPatch(), outcomes };
}

const NO_DEEDS: Deeds = new Map();

/** What is to be taken back with a target, in words why it cannot be; undefined where nothing was asked for. */
function rollbackOf(
  { options, deeds = NO_DEEDS }: RerunInput,
  draft: WorkflowDraft,
  fwId: number,
  reset: readonly ResetMember[],
): Rollback | string | undefined {
  if (options.rollbackDynamic !== true) return undefined;
  return findRollback(draft, [fwId, ...reset.map((member) => member.fwId)], deeds);
}

function goneWith(draft: WorkflowDraft, origin: number | undefined): Refusal | undefined {
  if (origin === undefined) return undefined;
  return { outcome: 'skipped', reason: `is archived: ${nameOf(draft, origin)} added it, and is rerun` };
}

function orderTargets({ view, targets }: RerunInput): readonly number[] {
  if (targets.size <= 1) return [...targets];
  return topologicalOrder(view.workflow.links).filter((node) => targets.has(node));
}

function facts(firework: Firework): Pick<TargetOutcome, 'fwId' | 'name' | 'from'> {
  return { fwId: firework.fwId, name: firework.name, from: firework.state };
}

function describeReset(draft: WorkflowDraft, { fwId, from }: ResetMember): DescendantOutcome {
  return { fwId, from, name: draft.view.fireworks.get(fwId)?.name ?? '', to: draft.stateOf(fwId) };
}

function recoverySourceOf(
  { options, launches }: RerunInput,
  firework: Firework,
): RecoverySource | string | undefined {
  if (!options.taskLevel) return undefined;
  return findRecoverySource(firework, options.taskLevel.launchIds.get(firework.fwId), launches);
}

/** Why a target is not rerun, undefined when it is. */
function refuse(
  draft: WorkflowDraft,
  firework: Firework,
  source: RecoverySource | string | undefined,
  blockers: ReadonlyMap<number, number>,
  options: RerunOptions,
  above: number | undefined,
): Refusal | undefined {
  const { fwId, state } = firework;
  const blocker = blockers.get(fwId);
  if (state === 'DEFUSED' || state === 'ARCHIVED') {
    const then = state === 'DEFUSED' ? 'reignite it first' : 'an archived Firework stays as it is';
    return { outcome: 'skipped', reason: `is ${state}; ${then}` };
  }
  // A WAITING one has nothing to run again, unless a launch left something to resume from.
  if (state === 'WAITING' && typeof source !== 'object')
    return { outcome: 'skipped', reason: 'already WAITING' };
  if (isUnderWay(state) && !options.includeRunning && !options.ended?.has(fwId)) {
    const since = sinceText(firework.updatedOn);
    return {
      outcome: 'refused',
      reason: `is ${state} since ${since}; wait, cancel it, or add --include-running`,
    };
  }
  if (blocker !== undefined) {
    return {
      outcome: 'refused',
      reason: `its descendant ${nameOf(draft, blocker)} is ${draft.stateOf(blocker)}; wait, cancel it, or add --include-running`,
    };
  }
  if (typeof source === 'string') return { outcome: 'failed', reason: source };
  const misfit = findMisfit(firework.spec, options.edits ?? []);
  if (misfit !== undefined) return { outcome: 'failed', reason: misfit };
  if (state === 'WAITING' || above !== undefined || allows(state, 'RERUN')) return undefined;
  return { outcome: 'skipped', reason: `is ${state}` };
}

function needless(
  draft: WorkflowDraft,
  unneeded: Unneeded | undefined,
  options: RerunOptions,
): Refusal | undefined {
  if (!unneeded) return undefined;
  const notes = unneededNotes(unneeded, options);
  const refusal = { outcome: 'skipped', reason: unneededReason(unneeded), notes } as const;
  if (unneeded.kind === 'unchanged') return refusal;
  // One that this very rerun resets is no result any more.
  const matches = unneeded.runs.filter(
    ({ fwId }) => !draft.view.fireworks.has(fwId) || draft.stateOf(fwId) === 'COMPLETED',
  );
  return matches.length === 0 ? undefined : { ...refusal, matches };
}

/** What the options and the rerun itself change in the spec of a target. */
function changeSpec(
  draft: WorkflowDraft,
  fwId: number,
  options: RerunOptions,
  source: RecoverySource | string | undefined,
): void {
  if (typeof source === 'object' && options.taskLevel)
    setRecovery(draft, fwId, source, options.taskLevel.mode);
  if (options.clearRecovery) clearRecovery(draft, fwId);
  dropStaleFizzledParents(draft, fwId);
  for (const edit of options.edits ?? []) applyEdit(draft, fwId, edit);
  if (options.forceSourcecode) forceSourcecode(draft, fwId);
}

/** FireWorks keeps the list for ever; a parent that is not FIZZLED any more has no place in it. */
function dropStaleFizzledParents(draft: WorkflowDraft, fwId: number): void {
  const listed: Value = draft.specAt(fwId, ['_fizzled_parents']);
  if (!Array.isArray(listed)) return;
  const current = (listed as { fw_id?: Value }[]).filter(
    (parent) => draft.stateOf(Number(parent.fw_id)) === 'FIZZLED',
  );
  if (current.length < listed.length) {
    draft.setSpec(fwId, ['_fizzled_parents'], current.length === 0 ? ABSENT : current);
  }
}

function notesOf(
  { options, launches, effects, deeds }: RerunInput,
  draft: WorkflowDraft,
  firework: Firework,
  reset: readonly ResetMember[],
  source: RecoverySource | string | undefined,
  above: number | undefined,
): readonly string[] {
  const notes: string[] = [];
  const kept = recoveryOf(draft, firework.fwId);
  if (above !== undefined) notes.push(`reset with ${nameOf(draft, above)}`);
  if (typeof source === 'object') {
    notes.push(`resumes at Firetask ${String(source.taskNumber)} of launch ${String(source.launchId)}`);
    if (options.taskLevel?.mode === null) {
      notes.push(
        'in a fresh directory: files of the earlier Firetasks are not there (see --copy-data, --previous-dir)',
      );
    }
  } else if (kept && !options.clearRecovery) {
    const taskNumber = String(Number(kept['_task_n'] ?? 0));
    notes.push(
      `keeps its recovery data and resumes at Firetask ${taskNumber}; --clear-recovery starts from the beginning`,
    );
  }
  notes.push(...sourcecodeNotes(draft, firework.fwId, options.forceSourcecode ?? false));
  for (const fwId of [firework.fwId, ...reset.map((member) => member.fwId)]) {
    if (options.rollbackDynamic !== true) {
      for (const id of draft.launchesOf(fwId))
        notes.push(...effectNotes(draft, fwId, effects?.get(id), deeds?.get(id)));
    }
    if (!isUnderWay(draft.stateOf(fwId))) continue;
    for (const id of draft.launchesOf(fwId)) notes.push(fenceNote(draft, fwId, launches.get(id), id));
  }
  return notes;
}

/** The action of a launch that COMPLETED stays done, and a rerun does it again. */
function effectNotes(
  draft: WorkflowDraft,
  fwId: number,
  effects: LaunchEffects | undefined,
  deeds: LaunchDeeds | undefined,
): readonly string[] {
  if (!effects) return [];
  const { added, changedSpecs } = effects;
  const did = [
    ...(added > 0
      ? [`added ${String(added)} ${added === 1 ? 'workflow' : 'workflows'}${idsOf(draft, deeds)}`]
      : []),
    ...(changedSpecs ? ["changed its children's specs"] : []),
  ];
  if (did.length === 0) return [];
  return [`${nameOf(draft, fwId)} ${did.join(' and ')}: not undone, and done again when it runs`];
}

/** As far as they are known, and still there. */
function idsOf(draft: WorkflowDraft, deeds: LaunchDeeds | undefined): string {
  const names = (deeds?.effects.created ?? [])
    .filter((fwId) => draft.isMember(fwId))
    .map((fwId) => nameOf(draft, fwId));
  return names.length === 0 ? '' : ` (${names.join(', ')})`;
}
