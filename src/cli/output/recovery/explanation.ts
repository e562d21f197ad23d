/** An explained Firework, as text for people and as data for programs. */
import type { Attempt, ExplainedFirework, SpecDifference } from '../../../launchpad/explain/explain-firework';
import { toJsonLine } from '../../../specs/printing/print-json';
import { counted } from '../counted';
import { quarantineJson } from './quarantine-lines';
import { rerunLines, targetJson } from '../changes/rerun-report';
import { renderTable } from '../table';
import { clipped, roundedHours, secondText } from '../short-text';

/** More columns are no table any more. */
const MOST_ATTEMPTS = 4;
const WIDEST = 48;

export async function explanationText(explained: ExplainedFirework): Promise<string> {
  const { firework, workflow, why, attempts, rerun } = explained;
  const where = workflow ? `of workflow ${workflow.name}, which is ${workflow.state}` : 'is in no workflow';
  const earlier = attempts.length - MOST_ATTEMPTS;
  const parts = [
    `Firework ${String(firework.fwId)} (${firework.name}) ${where}\n`,
    `${firework.state}: ${why.join('\n    ')}\n`,
    ...(attempts.length > 0
      ? [
          `\n${earlier > 0 ? `the last ${String(MOST_ATTEMPTS)} of ` : ''}${counted(attempts.length, 'attempt')}:\n`,
          await attemptsTable(explained),
        ]
      : ['\nIt was never launched.\n']),
    ...unrecorded(attempts),
    ...(rerun ? ['\nA rerun would:\n', ...rerunLines({ targets: [rerun], dryRun: true })] : []),
  ];
  return parts.join('');
}

function unrecorded(attempts: readonly Attempt[]): readonly string[] {
  const ids = attempts.filter(({ spec }) => spec === undefined).map(({ launch }) => String(launch.launchId));
  if (ids.length === 0) return [];
  return [`The spec with which launch ${ids.join(', ')} began is not known: only rockets of lpad note it.\n`];
}

async function attemptsTable({ attempts, differences }: ExplainedFirework): Promise<string> {
  const first = Math.max(0, attempts.length - MOST_ATTEMPTS);
  const shown = attempts.slice(first);
  const row = (name: string, value: (attempt: Attempt) => string): readonly string[] => [
    name,
    ...shown.map((one) => clipped(value(one), WIDEST)),
    '',
  ];
  const rows = [
    row('state', ({ launch, archived }) => `${launch.state}${archived ? ' (archived)' : ''}`),
    row('host', ({ launch }) => launch.host),
    row('began', ({ launch: { timeStart } }) => momentText(timeStart)),
    row('took', ({ launch }) => (launch.runtimeSecs === null ? '' : `${launch.runtimeSecs.toFixed(1)} s`)),
    row('error', ({ error }) => error?.pattern ?? ''),
    ...differences.map(({ path, values }) => [
      `spec.${path.join('.')}`,
      ...values.slice(first).map((value) => clipped(valueText(value), WIDEST)),
    ]),
  ];
  return renderTable(['launch', ...shown.map(({ launch }) => String(launch.launchId)), 'now'], rows);
}

function momentText(moment: string | Date | null): string {
  return moment === null ? '' : secondText(moment);
}

/** What is absent is a dash, what is not known a question mark. */
function valueText(value: SpecDifference['values'][number]): string {
  if (value === undefined) return '?';
  if (typeof value === 'symbol') return '-';
  return typeof value === 'string' ? value : toJsonLine(value);
}

export function explanationJson(explained: ExplainedFirework): unknown {
  const { firework, workflow, why, next, parents, heldBy, quarantine, attempts, differences, rerun } =
    explained;
  return {
    fw_id: firework.fwId,
    name: firework.name,
    state: firework.state,
    workflow: workflow ?? null,
    why,
    parents: parents.map(({ fwId, name, state, satisfied }) => ({ fw_id: fwId, name, state, satisfied })),
    held_by: heldBy
      ? {
          journal_id: heldBy.journalId,
          user: heldBy.user,
          host: heldBy.host,
          on: heldBy.on,
          command_line: heldBy.commandLine.join(' '),
        }
      : null,
    quarantine: quarantine
      ? {
          standing: quarantine.standing,
          ...quarantineJson(quarantine.quarantine),
          released_on: quarantine.quarantine.releasedOn,
          released_by: quarantine.quarantine.releasedBy === '' ? null : quarantine.quarantine.releasedBy,
        }
      : null,
    attempts: attempts.map((attempt, at) => attemptJson(attempt, at, differences)),
    spec_now: specAt(differences, attempts.length),
    rerun: rerun ? targetJson(rerun) : null,
    next,
  };
}

function attemptJson(
  { launch, archived, error, spec, coreHours }: Attempt,
  at: number,
  differences: readonly SpecDifference[],
): unknown {
  return {
    launch_id: launch.launchId,
    archived,
    state: launch.state,
    host: launch.host,
    worker: launch.fworker.name,
    launch_dir: launch.launchDir,
    time_start: launch.timeStart,
    time_end: launch.timeEnd,
    runtime_secs: launch.runtimeSecs,
    core_hours: roundedHours(coreHours),
    error: error ? { fingerprint: error.fingerprint, error: error.pattern, text: error.text } : null,
    // Only what differs between the attempts, or from today; null where nobody noted the spec.
    spec: spec === undefined ? null : specAt(differences, at),
  };
}

function specAt(differences: readonly SpecDifference[], at: number): unknown {
  const there = differences.filter(({ values }) => typeof values[at] !== 'symbol');
  return Object.fromEntries(there.map(({ path, values }) => [path.join('.'), values[at]]));
}
