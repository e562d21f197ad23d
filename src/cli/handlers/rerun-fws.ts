/** `lpad rerun_fws`: selects, asks where there is much to lose, reruns, and says what became of each. */
import { EXIT, LpadError, type ExitStatus } from '../../errors';
import { findTargets, type Targets } from '../../launchpad/change/find-targets';
import { rerunFireworks, type RerunOptions, type RerunRequest } from '../../launchpad/rerun/rerun-fireworks';
import { allDone, withUnknown, type RerunReport } from '../../launchpad/rerun/rerun-report';
import { createRunContext } from '../../launchpad/run-context';
import type { FireworkSelection, LaunchPadStore } from '../../storage/launchpad-store';
import type { RerunFwsArgs } from '../commands/rerun-fws';
import { confirmChange } from '../confirm';
import type { CommandContext } from '../program/define-command';
import { writeOut } from '../io';
import { createProgress } from '../output/progress';
import { describePreview, rerunJson, rerunLines, rerunSummary } from '../output/rerun-report';
import { parseEdits } from '../options/parse-edits';
import { parseIdsInOrder } from '../options/parse-ids';
import { toRerunOptions } from '../options/rerun-options';
import { requireSelector, toFireworkSelection } from '../options/selectors';
import { writePlan } from './rerun-plan-file';

export async function run(args: RerunFwsArgs, context: CommandContext): Promise<ExitStatus> {
  requireSelector(args);
  const selection = toFireworkSelection(args);
  const launchIds = parseLaunchIds(args);
  const edits = parseEdits(args.set, args.unset);
  const store = await context.openStore();
  const targets = await findTargets(store, selection);
  const options = {
    ...toRerunOptions(args, pairLaunches(launchIds, targets, typedOrder(args))),
    edits,
  };
  const rerun: Rerun = (mode) => rerunTargets(store, targets, { selection, options, args, mode }, context);
  const report =
    args.plan === undefined
      ? await rerunOrPreview(args, rerun, targets, context)
      : await writePlan(args.plan, rerun, store, context);
  await print(report, context);
  if (report.interrupted) return EXIT.interrupted;
  return allDone(report.counts) ? EXIT.ok : EXIT.someFailed;
}

async function rerunOrPreview(
  args: RerunFwsArgs,
  rerun: Rerun,
  { ids }: Targets,
  { io }: CommandContext,
): Promise<RerunReport> {
  if (args.dryRun) return rerun({ dryRun: true });
  const { maxUnasked, yes, password } = args;
  const willAsk =
    ids.length > maxUnasked && !yes && password === undefined && io.stdinIsTTY && io.stderrIsTTY;
  // Who is asked sees what it is about; the others need no preview.
  const describe = willAsk
    ? describePreview(await rerun({ dryRun: true }))
    : `rerun ${String(ids.length)} Fireworks and reset what depends on them`;
  await confirmChange({ count: ids.length, maxUnasked, yes, password, io, describe });
  return rerun({ dryRun: false });
}

interface Mode {
  readonly dryRun: boolean;
  readonly onPatch?: RerunRequest['onPatch'];
}

export type Rerun = (mode: Mode) => Promise<RerunReport>;

interface Work {
  readonly selection: FireworkSelection;
  readonly options: RerunOptions;
  readonly args: RerunFwsArgs;
  readonly mode: Mode;
}

async function rerunTargets(
  store: LaunchPadStore,
  { ids, unknown }: Targets,
  { selection, options, args: { noDuplicates }, mode }: Work,
  { io, commandLine }: CommandContext,
): Promise<RerunReport> {
  const progress = createProgress({ io, total: ids.length, what: 'Fireworks' });
  let shown = 0;
  const onProgress = (done: number): void => {
    progress.advance(done - shown);
    shown = done;
  };
  const run = createRunContext({ operation: 'rerun', commandLine, now: () => io.now() });
  try {
    const request = { ids, selection, options, noDuplicates, ...mode, signal: io.signal, onProgress };
    return withUnknown(await rerunFireworks(store, request, run), unknown);
  } finally {
    progress.finish();
  }
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
  { ids }: Targets,
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

async function print(report: RerunReport, { io, globals, say }: CommandContext): Promise<void> {
  if (globals.output === 'json') {
    const { toJsonText } = await import('../../specs/printing/print-json.js');
    await writeOut(io, `${toJsonText(rerunJson(report))}\n`);
  } else if (globals.output === 'ids') {
    const ids = report.targets
      .filter(({ outcome }) => outcome === 'rerun')
      .map(({ fwId }) => `${String(fwId)}\n`);
    await writeOut(io, ids.join(''));
  } else await writeOut(io, rerunLines(report).join(''));
  for (const line of rerunSummary(report)) say(line);
}
