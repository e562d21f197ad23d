/** New runs, as text for people and as data for programs. */
import type { StartedRun, StartReport } from '../../../launchpad/as-new/start-runs';
import { INTERRUPTED, NOTHING_WRITTEN, othersText } from './change-words';
import { counted } from '../counted';

/** One line per run, its notes indented below it. */
export function newRunLines({ runs, dryRun }: StartReport): readonly string[] {
  return runs.flatMap((one) => [
    `${lineOf(one, dryRun)}\n`,
    ...one.notes.map((note) => `         ${note}\n`),
  ]);
}

function lineOf({ fwId, name, outcome, reason, run }: StartedRun, dryRun: boolean): string {
  const what = `${outcome.padEnd(8)} ${String(fwId)}${name === '' ? '' : ` ${name}`}`;
  if (!run) return `${what}: ${reason ?? ''}`;
  const made = run.id === undefined ? '' : ` -> ${String(run.id)} ${run.name}`;
  const runs = counted(run.executed.length, 'Firework');
  const verb = dryRun ? 'would run' : run.executed.length === 1 ? 'runs' : 'run';
  const standing = run.standing.length > 0 ? `, ${String(run.standing.length)} kept with results` : '';
  return `${what}${made}: ${runs} ${verb}${standing}`;
}

export function newRunIds({ runs }: StartReport): readonly number[] {
  return runs.flatMap(({ run }) => run?.id ?? []);
}

export function newRunSummary({ runs, dryRun, interrupted, journalId }: StartReport): readonly string[] {
  const made = runs.filter(({ outcome }) => outcome === 'new run');
  const having = (outcome: StartedRun['outcome']): number =>
    runs.filter((one) => one.outcome === outcome).length;
  const others = othersText({
    skipped: 0,
    refused: having('refused'),
    failed: having('failed'),
    conflict: having('conflict'),
    notDone: having('not done'),
  });
  if (runs.length === 0) return ['Nothing matches: no new run was added.'];
  const lines = [`${counted(made.length, 'new run')}${dryRun ? ' would be added' : ''}${others}.`];
  if (interrupted) lines.push(INTERRUPTED);
  if (dryRun) lines.push(NOTHING_WRITTEN);
  else if (made.length > 0)
    lines.push(`next: rlaunch rapidfire   (to take it back: lpad undo ${journalId ?? ''})`);
  return lines;
}

export function newRunJson({ runs, dryRun, interrupted, journalId }: StartReport): unknown {
  return {
    journal_id: journalId ?? null,
    dry_run: dryRun,
    interrupted,
    runs: runs.map(({ fwId, name, outcome, reason, notes, run }) => ({
      fw_id: fwId,
      name,
      outcome,
      reason: reason ?? null,
      notes,
      run: run
        ? {
            fw_id: run.id ?? null,
            name: run.name,
            id_map: Object.fromEntries([...run.idMap].map(([from, to]) => [String(from), to])),
            executed: run.executed,
            standing: run.standing,
          }
        : null,
    })),
  };
}
