/** `lpad detect_lostruns`: what is lost, and on request what becomes of it. */
import { loadFwConfig } from '../../../config/fw-config';
import { EXIT, LpadError, type ExitStatus } from '../../../errors';
import {
  handleLostRuns,
  type LostRunsReport,
  type LostRunsRequest,
} from '../../../launchpad/upkeep/detect-lost-runs';
import { findLostRuns, type LostRuns, type LostRunsQuery } from '../../../launchpad/upkeep/find-lost-runs';
import { allDone } from '../../../launchpad/rerun/rerun-report';
import { createRunContext } from '../../../launchpad/run-context';
import { parseQuery } from '../../../specs/parse-query';
import type { LaunchPadStore } from '../../../storage/launchpad-store';
import type { DetectLostrunsArgs } from '../../commands/upkeep/detect-lostruns';
import { confirmChange } from '../../confirm';
import type { CommandContext } from '../../program/define-command';
import { counted } from '../../output/counted';
import { toRerunOptions } from '../../options/rerun-options';
import { printLostRuns } from './print-lost-runs';

export async function run(args: DetectLostrunsArgs, context: CommandContext): Promise<ExitStatus> {
  const query = await toQuery(args, context);
  const store = await context.openStore();
  const found = await findLostRuns(store, query);
  if (args.fizzle || args.rerun) await confirm(args, found, context);
  const report = await handle(store, { args, query, found }, context);
  await printLostRuns({ args, found, report, store }, context);
  if (context.io.signal.aborted) return EXIT.interrupted;
  return isDone(report) ? EXIT.ok : EXIT.someFailed;
}

async function toQuery(args: DetectLostrunsArgs, { io }: CommandContext): Promise<LostRunsQuery> {
  const { env, cwd, home } = io;
  const { time, minRuntime, maxRuntime } = args;
  for (const [name, value] of Object.entries({ time, min_runtime: minRuntime, max_runtime: maxRuntime })) {
    if (value !== undefined && value < 0)
      throw new LpadError('USAGE', `--${name}: ${String(value)} is no number of seconds`);
  }
  const expirationSecs = time ?? (await loadFwConfig({ env, cwd, home })).RUN_EXPIRATION_SECS;
  return {
    // FireWorks reads 0 as unset.
    rules: {
      now: io.now(),
      expirationSecs,
      minRuntimeSecs: minRuntime ?? 0,
      maxRuntimeSecs: maxRuntime === undefined || maxRuntime === 0 ? undefined : maxRuntime,
    },
    fireworks: args.query === undefined ? undefined : parseQuery(args.query, '-q'),
    launches: args.launchQuery === undefined ? undefined : parseQuery(args.launchQuery, '-lq'),
  };
}

async function confirm(
  { dryRun, rerun, yes, password, maxUnasked }: DetectLostrunsArgs,
  { launches }: LostRuns,
  { io }: CommandContext,
): Promise<void> {
  if (dryRun) return;
  const count = launches.length;
  const describe = `${rerun ? 'rerun' : 'fizzle'} ${counted(count, 'lost run')}`;
  await confirmChange({ count, maxUnasked, yes, password, io, describe });
}

interface Work {
  readonly args: DetectLostrunsArgs;
  readonly query: LostRunsQuery;
  readonly found: LostRuns;
}

function handle(
  store: LaunchPadStore,
  { args, query, found }: Work,
  { io, commandLine }: CommandContext,
): Promise<LostRunsReport> {
  const request: LostRunsRequest = {
    query,
    found,
    fix: args.rerun ? 'rerun' : args.fizzle ? 'fizzle' : undefined,
    rerunOptions: toRerunOptions(args, new Map()),
    noDuplicates: args.noDuplicates,
    refresh: args.refresh,
    dryRun: args.dryRun,
    signal: io.signal,
  };
  const now = (): Date => io.now();
  return handleLostRuns(store, request, createRunContext({ operation: 'detect_lostruns', commandLine, now }));
}

function isDone({ rerun, fizzled, refreshed }: LostRunsReport): boolean {
  if (rerun && !allDone(rerun.counts)) return false;
  return [...fizzled, ...refreshed].every(({ outcome }) => outcome === 'changed' || outcome === 'unchanged');
}
