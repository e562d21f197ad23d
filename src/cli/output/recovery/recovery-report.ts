/** What a call of `lpad recover` did and did not do, as text for people and as data for programs. */
import type { RecoveryReport, RecoveryStep } from '../../../launchpad/recovery/recover';
import { INTERRUPTED, NOTHING_WRITTEN } from '../changes/change-words';
import { counted } from '../counted';

/** So many ids are named one by one. */
const SHOWN_IDS = 10;

/** Error by error: reruns and what failed one by one, the rest by its reason. */
export function recoveryLines({ steps, lost, resumed, dryRun }: RecoveryReport): readonly string[] {
  const clusters = new Map<string, RecoveryStep[]>();
  for (const step of steps) {
    const list = clusters.get(step.fingerprint) ?? [];
    list.push(step);
    clusters.set(step.fingerprint, list);
  }
  const become = dryRun ? 'would become FIZZLED' : 'became FIZZLED';
  return [
    ...(lost.fwIds.length > 0 ? [`lost        ${idsText(lost.fwIds)}: ${become}\n`] : []),
    ...lost.failed.map(({ fwId, reason }) => `failed      ${String(fwId)}: lost, but ${reason}\n`),
    ...resumed.map((step) => `done before ${nameOf(step)}: by an earlier call of the night, which died\n`),
    ...[...clusters.values()].flatMap(clusterLines),
  ];
}

function clusterLines(steps: readonly RecoveryStep[]): readonly string[] {
  const [{ fingerprint, pattern } = { fingerprint: '', pattern: '' }] = steps;
  const groups = new Map<string, RecoveryStep[]>();
  for (const step of steps) {
    const key = isShownAlone(step) ? String(step.fwId) : `${step.action}: ${step.reason}`;
    const list = groups.get(key) ?? [];
    list.push(step);
    groups.set(key, list);
  }
  return [`${fingerprint}  ${pattern}\n`, ...[...groups.values()].flatMap(groupLines)];
}

function isShownAlone({ action, status }: RecoveryStep): boolean {
  return action === 'rerun' || action === 'quarantine' || status === 'failed';
}

function groupLines(group: readonly RecoveryStep[]): readonly string[] {
  const [first] = group;
  if (!first) return [];
  const verb = first.status === 'failed' ? 'failed' : first.action;
  const who = group.length === 1 ? nameOf(first) : idsText(group.map(({ fwId }) => fwId));
  return [
    `${verb.padEnd(12)}${who}: ${first.reason}\n`,
    ...first.notes.map((note) => `            ${note}\n`),
  ];
}

function nameOf({ fwId, name }: RecoveryStep): string {
  return `${String(fwId)} ${name}`;
}

function idsText(ids: readonly number[]): string {
  const shown = ids.slice(0, SHOWN_IDS).join(', ');
  return ids.length > SHOWN_IDS ? `${shown} and ${String(ids.length - SHOWN_IDS)} more` : shown;
}

interface Counts {
  readonly failures: number;
  readonly rerun: number;
  readonly canaries: number;
  readonly held: number;
  readonly quarantined: number;
  readonly left: number;
  readonly failed: number;
}

function countSteps(steps: readonly RecoveryStep[]): Counts {
  const open = steps.filter(({ status }) => status !== 'failed');
  const having = (action: RecoveryStep['action']): readonly RecoveryStep[] =>
    open.filter((step) => step.action === action);
  const reruns = having('rerun');
  return {
    failures: steps.length,
    rerun: reruns.length,
    canaries: reruns.filter(({ canary }) => canary).length,
    held: having('hold').length,
    quarantined: having('quarantine').length,
    left: having('leave').length,
    failed: steps.length - open.length,
  };
}

/** For stderr: one line for whoever reads the mails of cron, and what to type next. */
export function recoverySummary(report: RecoveryReport): readonly string[] {
  const { key, dryRun, status, lost, steps, journalIds } = report;
  const { failures, rerun, canaries, held, quarantined, left, failed } = countSteps(steps);
  const parts = [
    `${String(rerun)} rerun${canaries > 0 ? ` (${counted(canaries, 'canary', 'canaries')})` : ''}`,
    `${String(held)} held`,
    `${String(quarantined)} quarantined`,
    `${String(left)} left`,
    ...(failed + lost.failed.length > 0 ? [`${String(failed + lost.failed.length)} failed`] : []),
    ...(lost.fwIds.length > 0 ? [`${counted(lost.fwIds.length, 'lost run')} before`] : []),
  ];
  const would = dryRun ? 'would be ' : '';
  return [
    `Recovery of ${key}: ${counted(failures, 'failure')}, ${would}${parts.join(', ')}.`,
    ...(status === 'interrupted' ? [INTERRUPTED] : []),
    ...(dryRun ? [NOTHING_WRITTEN] : []),
    ...(rerun > 0 && !dryRun ? ['next: rlaunch rapidfire'] : []),
    ...journalIds.map((id) => `to take it back: lpad undo ${id}`),
  ];
}

export function recoveryJson(report: RecoveryReport): unknown {
  const { key, dryRun, status, lost, resumed, steps, journalIds } = report;
  return {
    night: key,
    dry_run: dryRun,
    status,
    journal_ids: journalIds,
    lost: {
      launches: lost.launches,
      fw_ids: lost.fwIds,
      failed: lost.failed.map(({ fwId, reason }) => ({ fw_id: fwId, reason })),
    },
    resumed: resumed.map(({ fwId }) => fwId),
    steps: steps.map(stepJson),
    counts: countSteps(steps),
  };
}

function stepJson(step: RecoveryStep): unknown {
  return {
    fw_id: step.fwId,
    name: step.name,
    fingerprint: step.fingerprint,
    error: step.pattern,
    launch_id: step.launchId === 0 ? null : step.launchId,
    host: step.host,
    failed_on: step.failedOn,
    attempts: step.attempts,
    core_hours: step.coreHours,
    rule: step.rule === '' ? null : step.rule,
    action: step.action,
    how: step.how,
    why: step.why,
    reason: step.reason,
    canary: step.canary,
    until: step.until,
    status: step.status,
    journal_id: step.journalId,
    to: step.to,
    descendants: step.descendants,
    notes: step.notes,
  };
}
