/** What became of a rerun, target by target. */
import type { FireworkState } from '../../domain/state';
import type { TargetOutcome } from '../../domain/rerun/rerun-plan';

/** A target's outcome once it was tried: a plan can still fail on a lock or on what others did meanwhile. */
export interface RerunOutcome extends Omit<TargetOutcome, 'outcome' | 'from' | 'to'> {
  readonly outcome: TargetOutcome['outcome'] | 'conflict' | 'not done';
  /** Undefined for a Firework that does not exist. */
  readonly from?: FireworkState;
  readonly to?: FireworkState;
  /** The target whose launch it shares, when it is rerun as a duplicate. */
  readonly duplicateOf?: number;
}

export interface RerunCounts {
  readonly selected: number;
  readonly rerun: number;
  readonly skipped: number;
  readonly refused: number;
  readonly failed: number;
  readonly conflict: number;
  readonly notDone: number;
  /** Fireworks reset below the targets, each once. */
  readonly descendants: number;
  readonly archivedLaunches: number;
}

export interface RerunReport {
  /** Undefined when nothing was written. */
  readonly journalId?: string;
  readonly dryRun: boolean;
  /** By ascending fw_id. */
  readonly targets: readonly RerunOutcome[];
  readonly counts: RerunCounts;
  readonly interrupted: boolean;
  /** What the archived launches took by the clock; only in a dry run. */
  readonly wallClockHours?: number;
}

export function failedOutcome(fwId: number, outcome: RerunOutcome['outcome'], reason: string): RerunOutcome {
  return { fwId, name: '', outcome, reason, notes: [], descendants: [], archivedLaunches: [] };
}

export function countOutcomes(targets: readonly RerunOutcome[]): RerunCounts {
  const having = (outcome: RerunOutcome['outcome']): number =>
    targets.filter((target) => target.outcome === outcome).length;
  const rerun = new Set(targets.filter(({ outcome }) => outcome === 'rerun').map(({ fwId }) => fwId));
  const below = new Set(targets.flatMap(({ descendants }) => descendants.map(({ fwId }) => fwId)));
  return {
    selected: targets.length,
    rerun: rerun.size,
    skipped: having('skipped'),
    refused: having('refused'),
    failed: having('failed'),
    conflict: having('conflict'),
    notDone: having('not done'),
    descendants: [...below].filter((fwId) => !rerun.has(fwId)).length,
    archivedLaunches: targets.reduce((sum, target) => sum + target.archivedLaunches.length, 0),
  };
}

/** Whether everything asked was done: skipped targets count as done, with a reason. */
export function allDone({ refused, failed, conflict, notDone }: RerunCounts): boolean {
  return refused + failed + conflict + notDone === 0;
}

/** The same report with the ids that were asked for and do not exist. */
export function withUnknown(report: RerunReport, unknown: readonly number[]): RerunReport {
  if (unknown.length === 0) return report;
  const missing = unknown.map((id) => failedOutcome(id, 'failed', `no Firework ${String(id)}`));
  const targets = [...report.targets, ...missing].sort((one, other) => one.fwId - other.fwId);
  return { ...report, targets, counts: countOutcomes(targets) };
}
