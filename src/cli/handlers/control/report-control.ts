/** Prints the report of a control command; its exit status. */
import { EXIT, type ExitStatus } from '../../../errors';
import { membersOf, type ControlReport, type ControlResult } from '../../../launchpad/control/control-report';
import { controlJson, controlLines, controlSummary } from '../../output/changes/control-report';
import type { ControlWords } from '../../output/changes/control-words';
import type { CommandContext } from '../../program/define-command';
import { printReport } from '../change/print-report';

export async function reportControl(
  report: ControlReport,
  words: ControlWords,
  what: 'FWs' | 'Workflows',
  context: CommandContext,
): Promise<ExitStatus> {
  const changed = report.targets.filter(({ outcome }) => outcome === 'changed');
  const printed = {
    lines: () => controlLines(report, words),
    data: () => controlJson(report, words),
    ids: () => changed.map(({ fwId }) => fwId),
    summary: () => controlSummary(report, words, what),
  };
  await printReport(printed, context);
  if (report.interrupted) return EXIT.interrupted;
  return isAllDone(report) ? EXIT.ok : EXIT.someFailed;
}

const DONE: ReadonlySet<ControlResult> = new Set(['changed', 'skipped']);

/** What was left alone with a reason counts as done. */
function isAllDone({ targets }: ControlReport): boolean {
  return targets.every((target) =>
    [target, ...(membersOf(target) ?? [])].every(({ outcome }) => DONE.has(outcome)),
  );
}
