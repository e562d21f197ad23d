/** What became of a command that pauses, resumes, defuses, reignites, archives or edits: target by target. */
import type { ControlTarget } from '../../domain/control/control-plan';
import type { Value } from '../../domain/model';
import type { Absent } from '../../domain/patch';
import type { FireworkState } from '../../domain/state';
import type { Mishap } from '../change/change-in-batches';

export type ControlResult = ControlTarget['outcome'] | Mishap;

/** A field of a spec that was changed, or another one by its stored name. */
export interface EditedField {
  readonly field: string;
  readonly before: Value | Absent;
  readonly after: Value | Absent;
}

/** A Firework. */
export interface FireworkOutcome {
  readonly fwId: number;
  readonly name: string;
  readonly outcome: ControlResult;
  readonly reason?: string;
  readonly notes: readonly string[];
  /** Undefined for a Firework that does not exist. */
  readonly from?: FireworkState;
  readonly to?: FireworkState;
  /** For commands that edit. */
  readonly edited?: readonly EditedField[];
}

/** A Workflow with its Fireworks; `fwId` is the id by which get_wflows shows it. */
export interface WorkflowOutcome extends FireworkOutcome {
  readonly fireworks: readonly FireworkOutcome[];
}

export interface ControlCounts {
  readonly selected: number;
  readonly changed: number;
  readonly skipped: number;
  readonly refused: number;
  readonly failed: number;
  readonly conflict: number;
  readonly notDone: number;
  /** Fireworks that were changed. */
  readonly fireworks: number;
}

export interface ControlReport<Outcome extends FireworkOutcome = FireworkOutcome | WorkflowOutcome> {
  /** Undefined when nothing was written. */
  readonly journalId?: string;
  readonly dryRun: boolean;
  /** By ascending id. */
  readonly targets: readonly Outcome[];
  readonly counts: ControlCounts;
  readonly interrupted: boolean;
}

export function fireworkMishap(fwId: number, outcome: Mishap, reason: string): FireworkOutcome {
  return { fwId, name: '', outcome, reason, notes: [] };
}

export function workflowMishap(fwId: number, outcome: Mishap, reason: string): WorkflowOutcome {
  return { ...fireworkMishap(fwId, outcome, reason), fireworks: [] };
}

/** The report of these outcomes, with the ids that were asked for and do not exist. */
export function createReport<Outcome extends FireworkOutcome>(
  outcomes: Iterable<Outcome>,
  facts: Omit<ControlReport, 'targets' | 'counts'>,
): ControlReport<Outcome> {
  const targets = [...outcomes].sort((one, other) => one.fwId - other.fwId);
  return { ...facts, targets, counts: countOutcomes(targets) };
}

function countOutcomes(targets: readonly FireworkOutcome[]): ControlCounts {
  const having = (outcome: ControlResult): number =>
    targets.filter((target) => target.outcome === outcome).length;
  const fireworks = targets.flatMap((target) => membersOf(target) ?? [target]);
  return {
    selected: targets.length,
    changed: having('changed'),
    skipped: having('skipped'),
    refused: having('refused'),
    failed: having('failed'),
    conflict: having('conflict'),
    notDone: having('not done'),
    fireworks: fireworks.filter(({ outcome }) => outcome === 'changed').length,
  };
}

/** Of a Workflow its Fireworks, undefined for a Firework. */
export function membersOf(target: FireworkOutcome | WorkflowOutcome): readonly FireworkOutcome[] | undefined {
  return 'fireworks' in target ? target.fireworks : undefined;
}
