/** What detect_lostruns says: FireWorks' summary, and for programs one document. */
import type { LostRunsReport } from '../../../launchpad/upkeep/detect-lost-runs';
import type { LostRuns } from '../../../launchpad/upkeep/find-lost-runs';
import type { LaunchPadStore } from '../../../storage/launchpad-store';
import type { DetectLostrunsArgs } from '../../commands/upkeep/detect-lostruns';
import { writeOut } from '../../io';
import { counted } from '../../output/counted';
import { idList } from '../../output/id-list';
import { printValue } from '../../output/json';
import { fireworksAs } from '../../output/items/list-fireworks';
import { rerunJson, rerunLines, rerunSummary } from '../../output/changes/rerun-report';
import type { CommandContext } from '../../program/define-command';

export interface LostRunsResult {
  readonly args: DetectLostrunsArgs;
  readonly found: LostRuns;
  readonly report: LostRunsReport;
  readonly store: LaunchPadStore;
}

export async function printLostRuns(result: LostRunsResult, context: CommandContext): Promise<void> {
  const { io, globals, say } = context;
  const { displayFormat } = result.args;
  const isShown = displayFormat !== undefined && displayFormat !== 'none';
  const asText = !isShown && (globals.output === undefined || globals.output === 'text');
  if (globals.output === 'ids')
    await writeOut(io, result.found.fwIds.map((id) => `${String(id)}\n`).join(''));
  else if (isShown) await printValue(io, await shown(result, displayFormat), globals);
  else if (!asText) await printValue(io, documentOf(result), globals);
  if (asText) await writeOut(io, summaryLines(result).join(''));
  else for (const line of summaryLines(result)) if (line !== '\n') say(line.trimEnd());
  for (const line of detailLines(result)) say(line);
}

async function shown(
  { found, report, store }: LostRunsResult,
  format: Parameters<typeof fireworksAs>[2],
): Promise<unknown> {
  return {
    lost_fws: await fireworksAs(store, found.fwIds, format),
    inconsistent_fws: await fireworksAs(store, report.inconsistent, format),
  };
}

/** FireWorks' own, on its own stream. */
function summaryLines({ args, found, report }: LostRunsResult): readonly string[] {
  const advice = 'arguments to the detect_lostruns command';
  const unfixed = found.fwIds.length > 0 && !args.fizzle && !args.rerun;
  const stale = report.inconsistent.length > 0 && !args.refresh;
  return [
    '\n',
    'Detection completed:\n',
    `  Lost launches: ${String(found.launches.length)}\n`,
    `  Lost FireWorks: ${String(found.fwIds.length)}\n`,
    `  Inconsistent FireWorks: ${String(report.inconsistent.length)}\n`,
    ...(unfixed ? [`You can fix lost FWs using the --rerun or --fizzle ${advice}\n`] : []),
    ...(stale
      ? ['You can fix inconsistent FWs using the --refresh argument to the detect_lostruns command\n']
      : []),
  ];
}

function detailLines({ args, found, report }: LostRunsResult): readonly string[] {
  const { rerun, fizzled, refreshed, inconsistent, journalId } = report;
  const done = fizzled.filter(({ outcome }) => outcome === 'changed');
  const failed = [...fizzled, ...refreshed].filter(({ reason }) => reason !== undefined);
  const verb = args.dryRun ? 'would become' : 'became';
  return [
    `Detected ${String(found.fwIds.length)} lost FWs: ${idList(found.fwIds)}`,
    `Detected ${String(inconsistent.length)} inconsistent FWs: ${idList(inconsistent)}`,
    ...(rerun ? [...rerunLines(rerun).map((line) => line.trimEnd()), ...rerunSummary(rerun)] : []),
    ...(done.length > 0
      ? [`${counted(done.length, 'Firework')} ${verb} FIZZLED: ${idList(idsOf(done))}`]
      : []),
    ...(refreshed.length > 0
      ? [`${counted(refreshed.length, 'Firework')} refreshed: ${idList(idsOf(refreshed))}`]
      : []),
    ...failed.map(({ fwId, outcome, reason }) => `${outcome} ${String(fwId)}: ${reason ?? ''}`),
    ...(journalId === undefined || rerun?.journalId !== undefined
      ? []
      : [`to take it back: lpad undo ${journalId}`]),
  ];
}

function idsOf(outcomes: readonly { readonly fwId: number }[]): readonly number[] {
  return outcomes.map(({ fwId }) => fwId);
}

function documentOf({ args, found, report }: LostRunsResult): unknown {
  const items = (all: LostRunsReport['fizzled']): unknown =>
    all.map(({ fwId, outcome, reason }) => ({ fw_id: fwId, outcome, reason: reason ?? null }));
  return {
    journal_id: report.journalId ?? null,
    dry_run: args.dryRun,
    lost_launches: found.launches.map(({ launchId }) => launchId),
    lost_fws: found.fwIds,
    inconsistent_fws: report.inconsistent,
    fizzled: items(report.fizzled),
    refreshed: items(report.refreshed),
    rerun: report.rerun ? rerunJson(report.rerun) : null,
  };
}
