/** What became of a rerun, as text for people and as data for programs (rerun.md, section 6). */
import type { RerunOutcome, RerunReport } from '../../../launchpad/rerun/rerun-report';
import { counted } from '../counted';
import { matchJson, matchLines } from './matching-runs';
import { INTERRUPTED, NOTHING_WRITTEN, othersText } from './change-words';

/** One line per target, its notes indented below it. */
export function rerunLines({ targets, dryRun }: Pick<RerunReport, 'targets' | 'dryRun'>): readonly string[] {
  return targets.flatMap((target) => [
    `${targetLine(target, dryRun)}\n`,
    ...(target.matches ? matchLines(target.matches).map((line) => `           ${line}\n`) : []),
    ...target.notes.map((note) => `         ${note}\n`),
  ]);
}

function targetLine(target: RerunOutcome, dryRun: boolean): string {
  const { fwId, name, outcome, reason, duplicateOf } = target;
  const what = `${outcome.padEnd(8)} ${String(fwId)}${name === '' ? '' : ` ${name}`}`;
  if (outcome !== 'rerun') return `${what}: ${reason ?? ''}`;
  const parts = [`${String(target.from)} -> ${String(target.to)}`];
  if (target.archivedLaunches.length > 0) {
    parts.push(
      `${dryRun ? 'archives' : 'archived'} ${counted(target.archivedLaunches.length, 'launch', 'launches')}`,
    );
  }
  if (target.descendants.length > 0) {
    parts.push(
      `${dryRun ? 'resets' : 'reset'} ${counted(target.descendants.length, 'descendant')}${namesOf(target)}`,
    );
  }
  if (duplicateOf !== undefined) parts.push(`shares a launch with ${String(duplicateOf)}`);
  return `${what}: ${parts.join(', ')}`;
}

/** The first few by id, name and state. */
function namesOf({ descendants }: RerunOutcome): string {
  const shown = descendants.slice(0, 3).map(({ fwId, name, from }) => `${String(fwId)} ${name} ${from}`);
  const more =
    descendants.length > shown.length ? `, and ${String(descendants.length - shown.length)} more` : '';
  return ` (${shown.join('; ')}${more})`;
}

/** For the question before a large rerun: goes on from "This will". */
export function describePreview({ counts, targets, wallClockHours = 0 }: RerunReport): string {
  const states = new Map<string, number>();
  for (const { outcome, from } of targets) {
    if (outcome === 'rerun' && from) states.set(from, (states.get(from) ?? 0) + 1);
  }
  const parts = [...states].map(([state, count]) => `${String(count)} ${state}`).join(', ');
  const below = counts.descendants > 0 ? `, reset ${counted(counts.descendants, 'descendant')}` : '';
  const lost =
    counts.archivedLaunches > 0 ? `, and spend ${hoursText(wallClockHours)} of computing again` : '';
  return `rerun ${counted(counts.rerun, 'Firework')} (${parts})${below}${lost}`;
}

/** For stderr: the counts, and the commands that come next. */
export function rerunSummary({
  counts,
  dryRun,
  targets,
  interrupted,
  journalId,
  wallClockHours,
}: RerunReport): readonly string[] {
  if (targets.length === 0) return ['Nothing matches: no Firework was rerun.'];
  const below = counts.descendants > 0 ? `, ${counted(counts.descendants, 'descendant')} reset` : '';
  const archived =
    counts.archivedLaunches > 0 ? `, ${counted(counts.archivedLaunches, 'launch', 'launches')} archived` : '';
  const verb = dryRun ? 'would be rerun' : 'rerun';
  const lines = [`${counted(counts.rerun, 'Firework')} ${verb}${below}${archived}${othersText(counts)}.`];
  if (interrupted) lines.push(INTERRUPTED);
  if (wallClockHours !== undefined && counts.archivedLaunches > 0) {
    lines.push(`The archived launches took ${hoursText(wallClockHours)}, which will be spent again.`);
  }
  if (dryRun) lines.push(NOTHING_WRITTEN);
  else if (counts.rerun > 0)
    lines.push(`next: rlaunch rapidfire   (to take it back: lpad undo ${journalId ?? ''})`);
  return lines;
}

/** Seconds for what is short, hours for what hurts. */
function hoursText(hours: number): string {
  return hours < 0.1 ? `${(hours * 3600).toFixed(1)} s` : `${hours.toFixed(1)} h`;
}

export function targetJson(target: RerunOutcome): unknown {
  return {
    fw_id: target.fwId,
    name: target.name,
    outcome: target.outcome,
    reason: target.reason ?? null,
    from: target.from ?? null,
    to: target.to ?? null,
    notes: target.notes,
    descendants: target.descendants.map(({ fwId, name, from, to }) => ({ fw_id: fwId, name, from, to })),
    archived_launches: target.archivedLaunches,
    ...(target.matches ? { matches: target.matches.map(matchJson) } : {}),
    ...(target.duplicateOf === undefined ? {} : { duplicate_of: target.duplicateOf }),
  };
}

export function rerunJson({
  journalId,
  dryRun,
  targets,
  counts,
  interrupted,
  wallClockHours,
}: RerunReport): unknown {
  return {
    journal_id: journalId ?? null,
    dry_run: dryRun,
    interrupted,
    targets: targets.map(targetJson),
    counts: {
      selected: counts.selected,
      rerun: counts.rerun,
      skipped: counts.skipped,
      refused: counts.refused,
      failed: counts.failed,
      conflict: counts.conflict,
      not_done: counts.notDone,
      descendants: counts.descendants,
      archived_launches: counts.archivedLaunches,
      ...(wallClockHours === undefined ? {} : { wall_clock_hours: wallClockHours }),
    },
  };
}
