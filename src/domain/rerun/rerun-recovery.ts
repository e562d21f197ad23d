/** Task-level recovery: where a rerun resumes, and what that leaves in the spec (semantics.md, sections 6 and 8). */
import type { Firework, Launch, Value, ValueObject } from '../model';
import { ABSENT } from '../patch';
import type { WorkflowDraft } from '../workflow-draft';

/** What the new launch does with the directory of the old one: copy it, run in it, or leave it. */
export type RecoveryMode = 'cp' | 'prev_dir' | null;

export interface TaskLevelOptions {
  readonly mode: RecoveryMode;
  /** Launches that the user named, by Firework. */
  readonly launchIds: ReadonlyMap<number, number>;
}

export interface RecoverySource {
  readonly launchId: number;
  readonly launchDir: string;
  readonly host: string;
  /** Index of the Firetask that a rerun starts with. */
  readonly taskNumber: number;
  readonly checkpoint: ValueObject;
}

/** Launches that a task-level rerun of this Firework may have to look at. */
export function recoveryLaunchIds(firework: Firework, named: number | undefined): readonly number[] {
  if (named !== undefined) return [named];
  const last = firework.launches.at(-1) ?? lastArchived(firework);
  return last === undefined ? [] : [last];
}

/** Archived launches are stored in no order: the latest is the one with the highest id. */
function lastArchived({ archivedLaunches }: Firework): number | undefined {
  let last: number | undefined;
  for (const id of archivedLaunches) if (last === undefined || id > last) last = id;
  return last;
}

/** The launch to resume from, or in words why there is none. */
export function findRecoverySource(
  firework: Firework,
  named: number | undefined,
  launches: ReadonlyMap<number, Launch>,
): RecoverySource | string {
  if (
    named !== undefined &&
    !firework.launches.includes(named) &&
    !firework.archivedLaunches.includes(named)
  ) {
    return `launch ${String(named)} is no launch of Firework ${String(firework.fwId)}`;
  }
  const [launchId] = recoveryLaunchIds(firework, named);
  if (launchId === undefined) return 'was never launched, so there is no Firetask to resume at';
  const launch = launches.get(launchId);
  if (!launch) return `launch ${String(launchId)} is missing in the database`;
  const checkpoint = launch.stateHistory.at(-1)?.checkpoint;
  if (!checkpoint) {
    const why = launch.state === 'COMPLETED' ? ' (it COMPLETED)' : '';
    return `launch ${String(launchId)} has no checkpoint to resume from${why}; rerun it without --task-level`;
  }
  return {
    launchId,
    launchDir: launch.launchDir,
    host: launch.host,
    taskNumber: Number(checkpoint['_task_n'] ?? 0),
    checkpoint,
  };
}

export function setRecovery(
  draft: WorkflowDraft,
  fwId: number,
  source: RecoverySource,
  mode: RecoveryMode,
): void {
  const recovery = {
    ...source.checkpoint,
    _prev_dir: source.launchDir,
    _launch_id: source.launchId,
    _mode: mode,
  };
  draft.setSpec(fwId, ['_recovery'], recovery);
  if (mode === 'prev_dir') draft.setSpec(fwId, ['_launch_dir'], source.launchDir);
}

/** Forgets a recovery, and the launch directory if it was a recovery in the previous directory that put it there. */
export function clearRecovery(draft: WorkflowDraft, fwId: number): void {
  const recovery = recoveryOf(draft, fwId);
  if (!recovery) return;
  draft.setSpec(fwId, ['_recovery'], ABSENT);
  if (recovery['_mode'] === 'prev_dir' && draft.specAt(fwId, ['_launch_dir']) === recovery['_prev_dir']) {
    draft.setSpec(fwId, ['_launch_dir'], ABSENT);
  }
}

export function recoveryOf(draft: WorkflowDraft, fwId: number): ValueObject | undefined {
  const recovery: Value = draft.specAt(fwId, ['_recovery']);
  return typeof recovery === 'object' && recovery !== null ? (recovery as ValueObject) : undefined;
}
