/** The report of the morning as data for programs. */
import type {
  MorningReport,
  NightCount,
  PersonDecision,
  TalliedError,
  Tried,
} from '../../../launchpad/morning/load-morning';
import { commandsOf } from './decision-entries';
import { roundedHours } from '../short-text';

export function morningJson(report: MorningReport): unknown {
  const { night, asOf, totals, errors, decisions, history, patterns } = report;
  const { key, policyFile, policyHash, startedOn, calls, lostFireworks, lostLaunches } = night;
  return {
    night: key,
    as_of: asOf,
    started_on: startedOn,
    policy: { file: policyFile, hash: policyHash },
    calls: calls.map((call) => ({
      started_on: call.startedOn,
      ended_on: call.endedOn,
      user: call.user,
      host: call.host,
      command_line: call.commandLine,
      status: call.status,
      journal_ids: call.journalIds,
    })),
    lost: { launches: lostLaunches, fw_ids: lostFireworks },
    totals: {
      failures: totals.failures,
      ...totals.actions,
      canaries: totals.canaries,
      ended: Object.fromEntries(totals.ends),
      core_hours: roundedHours(totals.coreHours),
      core_hours_again: roundedHours(totals.coreHoursAgain),
    },
    decisions: decisions.map((one) => decisionJson(one, report)),
    errors: errors.map(errorJson),
    nights: history.map(nightJson),
    patterns: Object.fromEntries(patterns),
  };
}

function decisionJson(decision: PersonDecision, { night }: MorningReport): unknown {
  const { kind, fingerprint, pattern, rule, reason, fwIds, until, night: since } = decision;
  return {
    kind,
    fingerprint,
    error: pattern,
    rule: rule === '' ? null : rule,
    reason,
    fw_ids: fwIds,
    until,
    since_night: since,
    commands: commandsOf(decision, night).map(({ command }) => command),
  };
}

function errorJson(error: TalliedError): unknown {
  return {
    fingerprint: error.fingerprint,
    error: error.pattern,
    failures: error.failures,
    core_hours: roundedHours(error.coreHours),
    core_hours_again: roundedHours(error.coreHoursAgain),
    tried: error.tried.map(triedJson),
    new_errors: error.newErrors.map(({ fingerprint, pattern, fwIds }) => ({
      fingerprint,
      error: pattern,
      fw_ids: fwIds,
    })),
  };
}

function triedJson({
  action,
  why,
  rule,
  how,
  reason,
  fwIds,
  canaries,
  ends,
  openIds,
  until,
  notes,
}: Tried): unknown {
  return {
    action,
    why,
    rule: rule === '' ? null : rule,
    how,
    reason,
    fw_ids: fwIds,
    canaries,
    ended: Object.fromEntries(ends),
    open: openIds,
    until,
    notes,
  };
}

function nightJson(night: NightCount): unknown {
  return {
    night: night.key,
    started_on: night.startedOn,
    lost_launches: night.lostLaunches,
    failures: Object.fromEntries(night.failures),
    reruns: Object.fromEntries(night.reruns),
    quarantined: night.quarantined,
    core_hours: roundedHours(night.firstCoreHours),
    core_hours_again: roundedHours(night.againCoreHours),
  };
}
