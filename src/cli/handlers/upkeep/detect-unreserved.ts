/** `lpad detect_unreserved`: reservations that nobody has taken up, and on request given up. */
import { loadFwConfig } from '../../../config/fw-config';
import { EXIT, LpadError, type ExitStatus } from '../../../errors';
import type { Launch } from '../../../domain/model';
import { cancelReservations, findStaleReservations } from '../../../launchpad/upkeep/cancel-reservations';
import { allDone, type RerunReport } from '../../../launchpad/rerun/rerun-report';
import { createRunContext } from '../../../launchpad/run-context';
import type { DetectUnreservedArgs } from '../../commands/upkeep/detect-unreserved';
import { confirmChange } from '../../confirm';
import { writeOut } from '../../io';
import { counted } from '../../output/counted';
import { idList } from '../../output/id-list';
import { printItems, printValue } from '../../output/json';
import { fireworksAs } from '../../output/items/list-fireworks';
import { rerunJson, rerunLines, rerunSummary } from '../../output/changes/rerun-report';
import type { CommandContext } from '../../program/define-command';

export async function run(args: DetectUnreservedArgs, context: CommandContext): Promise<ExitStatus> {
  const { io, globals, say, commandLine } = context;
  const { env, cwd, home } = io;
  const { time, rerun, dryRun, yes, password, maxUnasked, displayFormat } = args;
  if (time !== undefined && time < 0)
    throw new LpadError('USAGE', `--time: ${String(time)} is no number of seconds`);
  const expirationSecs = time ?? (await loadFwConfig({ env, cwd, home })).RESERVATION_EXPIRATION_SECS;
  const store = await context.openStore();
  const { launches, claims } = await findStaleReservations(store, { now: io.now(), expirationSecs });
  const count = launches.length + claims.length;
  if (rerun && !dryRun) {
    const describe = `give up ${counted(count, 'reservation')}`;
    await confirmChange({ count, maxUnasked, yes, password, io, describe });
  }
  const machine = globals.output === 'json' || globals.output === 'yaml';
  const isShown = displayFormat !== undefined && displayFormat !== 'none';
  if (isShown && !machine && globals.output !== 'ids') {
    const shown = await fireworksAs(store, fireworksOf(launches, claims), displayFormat);
    if (Array.isArray(shown)) await printItems(io, shown, { output: undefined });
    else await printValue(io, shown, { output: undefined });
  }
  const now = (): Date => io.now();
  const run = createRunContext({ operation: 'detect_unreserved', commandLine, now });
  const request = { launches, claims, dryRun, signal: io.signal };
  const report = rerun ? await cancelReservations(store, request, run) : undefined;
  if (machine) await printValue(io, documentOf(launches, claims, report), globals);
  else if (globals.output === 'ids') await writeOut(io, linesOf(launches));
  else await writeOut(io, `${idList(launches.map(({ launchId }) => launchId))}\n`);
  if (claims.length > 0) say(`RESERVED without a launch: ${idList(claims)}`);
  if (!report) {
    if (count > 0) say('to give them up: lpad detect_unreserved --rerun');
    return EXIT.ok;
  }
  for (const line of [...rerunLines(report), ...rerunSummary(report)]) say(line.trimEnd());
  if (report.interrupted) return EXIT.interrupted;
  return allDone(report.counts) ? EXIT.ok : EXIT.someFailed;
}

function fireworksOf(launches: readonly Launch[], claims: readonly number[]): readonly number[] {
  return [...new Set([...launches.map(({ fwId }) => fwId), ...claims])].sort((one, other) => one - other);
}

function linesOf(launches: readonly Launch[]): string {
  return launches.map(({ launchId }) => `${String(launchId)}\n`).join('');
}

function documentOf(launches: readonly Launch[], claims: readonly number[], report?: RerunReport): unknown {
  return {
    launches: launches.map(({ launchId, fwId }) => ({ launch_id: launchId, fw_id: fwId })),
    claims_without_launch: claims,
    rerun: report ? rerunJson(report) : null,
  };
}
