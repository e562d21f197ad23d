/** What became of a command that changes Fireworks or Workflows, as text for people and as data for programs. */
import {
  membersOf,
  type ControlReport,
  type EditedField,
  type FireworkOutcome,
  type WorkflowOutcome,
} from '../../../launchpad/control/control-report';
import { toJsonText } from '../../../specs/printing/print-json';
import type { ControlWords } from './control-words';
import { counted } from '../counted';
import { INTERRUPTED, NOTHING_WRITTEN, othersText } from './change-words';
import { clipped } from '../short-text';

type Target = FireworkOutcome | WorkflowOutcome;

/** One line per target, its notes indented below it. */
export function controlLines({ targets }: ControlReport, { done }: ControlWords): readonly string[] {
  return targets.flatMap((target) => [
    `${targetLine(target, done)}\n`,
    ...target.notes.map((note) => `${' '.repeat(OUTCOME_WIDTH + 1)}${note}\n`),
  ]);
}

const OUTCOME_WIDTH = 9;
const MOST_NAMED = 3;
const LONGEST_VALUE = 40;

function targetLine(target: Target, done: string): string {
  const { fwId, name, outcome, reason } = target;
  const word = outcome === 'changed' ? done : outcome;
  const what = `${word.padEnd(OUTCOME_WIDTH)} ${String(fwId)}${name === '' ? '' : ` ${name}`}`;
  if (outcome !== 'changed') return `${what}: ${reason ?? ''}`;
  const members = membersOf(target)?.filter((member) => member.outcome === 'changed');
  if (!members) return `${what}: ${changeText(target)}`;
  // Of a workflow whose members' specs are edited nothing else changes.
  const change = members.some((member) => member.edited) ? '' : `${statesText(target)}, `;
  return `${what}: ${change}${counted(members.length, 'Firework')}${namesOf(members)}`;
}

function changeText(target: FireworkOutcome): string {
  return target.edited ? target.edited.map(editText).join(', ') : statesText(target);
}

function statesText({ from, to }: FireworkOutcome): string {
  return from === to ? `stays ${String(to)}` : `${String(from)} -> ${String(to)}`;
}

/** The first few by id, name and what becomes of them. */
function namesOf(members: readonly FireworkOutcome[]): string {
  const shown = members
    .slice(0, MOST_NAMED)
    .map((one) => `${String(one.fwId)} ${one.name} ${changeText(one)}`);
  const more = members.length > MOST_NAMED ? `; and ${String(members.length - MOST_NAMED)} more` : '';
  return ` (${shown.join('; ')}${more})`;
}

function editText({ field, before, after }: EditedField): string {
  return `${field} ${valueText(before)} -> ${valueText(after)}`;
}

function valueText(value: unknown): string {
  if (typeof value === 'symbol') return 'none';
  const text = toJsonText(value).replaceAll(/\s*\n\s*/g, ' ');
  return clipped(text, LONGEST_VALUE);
}

/** For the question before a large change: goes on from "This will". */
export function describeControl({ counts, targets }: ControlReport, { verb }: ControlWords): string {
  const isWorkflows = targets.some((target) => membersOf(target));
  if (isWorkflows) {
    const members = counted(counts.fireworks, 'Firework');
    return `${verb} ${members} in ${counted(counts.changed, 'Workflow')}${othersText(counts)}`;
  }
  const states = new Map<string, number>();
  for (const { outcome, from } of targets) {
    if (outcome === 'changed' && from) states.set(from, (states.get(from) ?? 0) + 1);
  }
  const parts = [...states].map(([state, count]) => `${String(count)} ${state}`).join(', ');
  const which = parts === '' ? '' : ` (${parts})`;
  return `${verb} ${counted(counts.changed, 'Firework')}${which}${othersText(counts)}`;
}

/** For stderr: FireWorks' closing line with what was really done, and the command that takes it back. */
export function controlSummary(
  report: ControlReport,
  { verb, done, doing, inFireworks }: ControlWords,
  what: 'FWs' | 'Workflows',
): readonly string[] {
  const { counts, dryRun, interrupted, journalId, targets } = report;
  const one = what === 'FWs' ? 'Firework' : 'Workflow';
  if (targets.length === 0) return [`Nothing matches: no ${one} was ${done}.`];
  const members = what === 'FWs' ? '' : ` (${counted(counts.fireworks, 'Firework')})`;
  const finished =
    what === 'Workflows' && inFireworks
      ? `${String(counts.fireworks)} FWs (${counted(counts.changed, 'Workflow')})`
      : `${String(counts.changed)} ${what}${members}`;
  const lines = [
    dryRun
      ? `This would ${verb} ${counted(counts.changed, one)}${members}${othersText(counts)}.`
      : `Finished ${doing} ${finished}${othersText(counts)}.`,
  ];
  if (interrupted) lines.push(INTERRUPTED);
  if (dryRun) lines.push(NOTHING_WRITTEN);
  else if (journalId !== undefined) lines.push(`to take it back: lpad undo ${journalId}`);
  return lines;
}

export function controlJson(report: ControlReport, { done }: ControlWords): unknown {
  const { journalId, dryRun, interrupted, targets, counts } = report;
  return {
    journal_id: journalId ?? null,
    dry_run: dryRun,
    interrupted,
    targets: targets.map((target) => {
      const members = membersOf(target);
      return {
        ...targetJson(target, done),
        ...(members ? { fireworks: members.map((member) => targetJson(member, done)) } : {}),
      };
    }),
    counts: {
      selected: counts.selected,
      [done]: counts.changed,
      skipped: counts.skipped,
      refused: counts.refused,
      failed: counts.failed,
      conflict: counts.conflict,
      not_done: counts.notDone,
      fireworks: counts.fireworks,
    },
  };
}

function targetJson(target: FireworkOutcome, done: string): Readonly<Record<string, unknown>> {
  const { fwId, name, outcome, reason, from, to, notes, edited } = target;
  const fields = edited?.map(({ field, before, after }) => ({
    field,
    before: orNull(before),
    after: orNull(after),
  }));
  return {
    fw_id: fwId,
    name,
    outcome: outcome === 'changed' ? done : outcome,
    reason: reason ?? null,
    from: from ?? null,
    to: to ?? null,
    notes,
    ...(fields ? { fields } : {}),
  };
}

function orNull(value: unknown): unknown {
  return typeof value === 'symbol' ? null : value;
}
