/** `lpad recover_offline`: every open offline run, one by one. */
import { AUTOMATIC_FWORKER, loadFWorker } from '../../../config/fworker';
import { EXIT, type ExitStatus } from '../../../errors';
import { recoverRun, type RecoverOutcome } from '../../../launchpad/offline/recover-offline';
import { readOfflineRun } from '../../../rocket/offline/read-news';
import type { LaunchPadStore } from '../../../storage/launchpad-store';
import type { RecoverOfflineArgs } from '../../commands/upkeep/offline';
import { writeOut } from '../../io';
import { idList } from '../../output/id-list';
import type { CommandContext } from '../../program/define-command';

export async function run(args: RecoverOfflineArgs, context: CommandContext): Promise<ExitStatus> {
  const { io, globals, say, warn } = context;
  const worker = await workerName(args, context);
  const store = await context.openStore();
  const outcomes: RecoverOutcome[] = [];
  const request = { read: readOfflineRun, ignoreErrors: args.ignoreErrors, now: () => io.now() };
  const open = await store.findOfflineRuns({ open: true });
  const mine = worker === undefined ? undefined : await launchesOf(store, worker, open);
  for (const run of open) {
    if (io.signal.aborted) break;
    if (mine && !mine.has(run.launchId)) continue;
    outcomes.push(await recoverRun(store, run, request));
  }
  const failed = outcomes.filter(({ outcome }) => outcome === 'failed' || outcome === 'elsewhere');
  const recovered = outcomes.filter((one) => !failed.includes(one));
  await print(outcomes, context);
  for (const { fwId, reason, detail } of outcomes) {
    if (reason !== undefined) warn(`Firework ${String(fwId)}: ${reason}`);
    if (args.printErrors && detail !== undefined) io.stderr.write(detail);
  }
  const ids = recovered.map(({ fwId }) => fwId);
  say(`FINISHED recovering offline runs. ${String(ids.length)} job(s) recovered: ${idList(ids)}`);
  if (failed.length > 0) say(`FAILED to recover offline fw_ids: ${idList(failed.map(({ fwId }) => fwId))}`);
  if (globals.output === undefined && outcomes.length === 0) say('No offline run is open.');
  if (io.signal.aborted) return EXIT.interrupted;
  // What failed is FIZZLED with its reason, as asked; what could not even be looked at is not done.
  const left = outcomes.some(
    ({ outcome, reason }) =>
      outcome === 'elsewhere' || (outcome !== 'failed' && outcome !== 'over' && reason !== undefined),
  );
  return left ? EXIT.someFailed : EXIT.ok;
}

/** Undefined for all workers: none is configured, or '' was given. */
async function workerName(
  { fworkerFile }: RecoverOfflineArgs,
  { io, globals }: CommandContext,
): Promise<string | undefined> {
  if (fworkerFile === '') return undefined;
  const { env, cwd, home } = io;
  const worker = await loadFWorker({ file: fworkerFile, configDir: globals.configDir, env, cwd, home });
  return worker === AUTOMATIC_FWORKER ? undefined : worker.name;
}

async function launchesOf(
  store: LaunchPadStore,
  worker: string,
  runs: readonly { readonly launchId: number }[],
): Promise<ReadonlySet<number>> {
  const ids = new Set<number>();
  for await (const { launchId, fworker } of store.findLaunches(
    runs.map(({ launchId }) => launchId),
    'brief',
  )) {
    if (fworker.name === worker) ids.add(launchId);
  }
  return ids;
}

async function print(outcomes: readonly RecoverOutcome[], { io, globals }: CommandContext): Promise<void> {
  if (globals.output === 'json') {
    const { toJsonText } = await import('../../../specs/printing/print-json.js');
    const runs = outcomes.map(({ launchId, fwId, outcome, reason }) => {
      return { launch_id: launchId, fw_id: fwId, outcome, reason: reason ?? null };
    });
    await writeOut(io, `${toJsonText({ runs })}\n`);
  } else if (globals.output === 'ids') {
    const done = outcomes.filter(({ outcome }) => outcome !== 'failed' && outcome !== 'elsewhere');
    await writeOut(io, done.map(({ fwId }) => `${String(fwId)}\n`).join(''));
  } else {
    const lines = outcomes.map(({ launchId, fwId, outcome }) => {
      return `${outcome.padEnd(9)} ${String(fwId)}: launch ${String(launchId)}\n`;
    });
    await writeOut(io, lines.join(''));
  }
}
