/** What every way to start a new run does: plan, ask, add, print, and follow it when that is asked for. */
import { EXIT, LpadError, type ExitStatus } from '../../../errors';
import {
  startRuns,
  type NewRunWishes,
  type RunWay,
  type StartReport,
} from '../../../launchpad/as-new/start-runs';
import type { LaunchPadStore } from '../../../storage/launchpad-store';
import type { SafetyArgs } from '../../options/option-groups';
import { newRunIds, newRunJson, newRunLines, newRunSummary } from '../../output/changes/new-run-report';
import type { CommandContext } from '../../program/define-command';
import { performChange, type PlannedChange } from '../change/perform-change';
import { printReport } from '../change/print-report';
import { followToEnd } from './follow';

export interface RunsToStart {
  readonly ways: readonly RunWay[];
  readonly wishes: NewRunWishes;
  readonly what: 'Workflows' | 'Fireworks';
}

export async function startAndFollow(
  args: SafetyArgs & { readonly follow: boolean },
  { ways, wishes, what }: RunsToStart,
  store: LaunchPadStore,
  context: CommandContext,
): Promise<ExitStatus> {
  assertFollowable(args, ways.length);
  const describe = `add ${String(ways.length)} new runs`;
  const change: PlannedChange<StartReport> = {
    operation: ways.some(({ way }) => way.kind === 'from') ? 'rerun from' : 'rerun as new',
    count: ways.length,
    what,
    describe,
    describePreview: () => describe,
    make: (mode, run) => startRuns(store, { ways, wishes, ...mode }, run),
  };
  const report = await performChange(args, change, store, context);
  return printAndFollow(args, report, store, context);
}

/** The exit status of the report, or of the run when it is followed. */
export async function printAndFollow(
  { follow }: { readonly follow: boolean },
  report: StartReport,
  store: LaunchPadStore,
  context: CommandContext,
): Promise<ExitStatus> {
  const printed = {
    lines: () => newRunLines(report),
    data: () => newRunJson(report),
    ids: () => newRunIds(report),
    summary: () => newRunSummary(report),
  };
  await printReport(printed, context);
  const [id] = newRunIds(report);
  if (follow && id !== undefined) return followToEnd(store, id, context);
  if (report.interrupted) return EXIT.interrupted;
  return report.runs.every(({ outcome }) => outcome === 'new run') ? EXIT.ok : EXIT.someFailed;
}

function assertFollowable(
  { follow, dryRun, plan }: SafetyArgs & { readonly follow: boolean },
  count: number,
): void {
  if (!follow) return;
  if (dryRun || plan !== undefined)
    throw new LpadError('USAGE', `-f has no run to follow with ${dryRun ? '--dry-run' : '--plan'}`);
  if (count > 1)
    throw new LpadError('USAGE', `-f follows one run, and these would be ${String(count)}`, {
      hint: 'without -f, and then lpad follow -i ID for each',
    });
}
