/** `lpad rerun_fws`: selects, asks where there is much to lose, reruns, and says what became of each. */
import { loadFwConfig } from '../../../config/fw-config';
import { EXIT, LpadError, type ExitStatus } from '../../../errors';
import { findTargets } from '../../../launchpad/change/find-targets';
import { onlyLatest } from '../../../launchpad/restart/find-latest';
import { rerunFireworks } from '../../../launchpad/rerun/rerun-fireworks';
import { allDone, withUnknown, type RerunReport } from '../../../launchpad/rerun/rerun-report';
import type { RerunFwsArgs } from '../../commands/rerun/rerun-fws';
import type { CommandContext } from '../../program/define-command';
import { describePreview, rerunJson, rerunLines, rerunSummary } from '../../output/changes/rerun-report';
import { parseEdits } from '../../options/parse-edits';
import { parseIdsInOrder } from '../../../specs/typed/parse-ids';
import { toRerunOptions } from '../../options/rerun-options';
import { requireSelector, toFireworkSelection } from '../../options/selectors';
import { performChange, type PlannedChange } from '../change/perform-change';
import { printReport } from '../change/print-report';

export async function run(args: RerunFwsArgs, context: CommandContext): Promise<ExitStatus> {
  requireSelector(args);
  if (args.asNew) return (await import('./rerun-alone.js')).runAlone(args, context);
  const asked = toFireworkSelection(args);
  const launchIds = parseLaunchIds(args);
  const edits = parseEdits(args.set, args.unset);
  const store = await context.openStore();
  const selection = await onlyLatest(store, asked, args.latest);
  const { ids, unknown } = await findTargets(store, selection);
  const { noDuplicates, needed, forceSourcecode, rollbackDynamic } = args;
  const rerunOptions = toRerunOptions(args, pairLaunches(launchIds, ids, typedOrder(args)));
  const options = { ...rerunOptions, edits, forceSourcecode, rollbackDynamic };
  const { env, cwd, home } = context.io;
  const { EXCEPT_DETAILS_ON_RERUN: exceptionDetails } = await loadFwConfig({ env, cwd, home });
  const request = { ids, selection, options, noDuplicates, needed, exceptionDetails };
  const change: PlannedChange<RerunReport> = {
    operation: 'rerun',
    count: ids.length,
    what: 'Fireworks',
    describe: `rerun ${String(ids.length)} Fireworks and reset what depends on them`,
    describePreview,
    make: async (mode, run) =>
      withUnknown(await rerunFireworks(store, { ...request, ...mode }, run), unknown),
  };
  const report = await performChange(args, change, store, context);
  await print(report, context);
  if (report.interrupted) return EXIT.interrupted;
  return allDone(report.counts) ? EXIT.ok : EXIT.someFailed;
}

function parseLaunchIds({ launchId }: RerunFwsArgs): readonly number[] {
  return launchId.length === 0 ? [] : parseIdsInOrder(launchId, '-lid');
}

/** `-i 5 3` names Firework 5 first, whatever the order of the targets. */
function typedOrder({ fwId }: RerunFwsArgs): readonly number[] | undefined {
  return fwId.length === 0 ? undefined : parseIdsInOrder(fwId, '-i');
}

/** As many launches as targets, in the order in which the ids were typed. */
function pairLaunches(
  launchIds: readonly number[],
  ids: readonly number[],
  typed: readonly number[] | undefined,
): ReadonlyMap<number, number> {
  if (launchIds.length === 0) return new Map();
  const selected = new Set(ids);
  const order = typed ? typed.filter((id) => selected.has(id)) : ids;
  if (order.length !== launchIds.length) {
    const found = `${String(launchIds.length)} launches for ${String(order.length)} Fireworks`;
    throw new LpadError('USAGE', `-lid names ${found}: give one launch per Firework, in the same order`, {
      hint: 'lpad rerun_fws -i 3 5 --task-level -lid 17 21',
    });
  }
  return new Map(
    order.flatMap((fwId, index) => (launchIds[index] === undefined ? [] : [[fwId, launchIds[index]]])),
  );
}

function print(report: RerunReport, context: CommandContext): Promise<void> {
  const rerun = report.targets.filter(({ outcome }) => outcome === 'rerun');
  const printed = {
    lines: () => rerunLines(report),
    data: () => rerunJson(report),
    ids: () => rerun.map(({ fwId }) => fwId),
    summary: () => rerunSummary(report),
  };
  return printReport(printed, context);
}
