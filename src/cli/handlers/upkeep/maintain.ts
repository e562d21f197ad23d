/** `lpad admin maintain`: once, or again and again. */
import { setTimeout as sleep } from 'node:timers/promises';
import { loadFwConfig } from '../../../config/fw-config';
import { EXIT, LpadError, messageOf, type ExitStatus } from '../../../errors';
import { maintain, type MaintainReport } from '../../../launchpad/upkeep/maintain';
import type { MaintainArgs } from '../../commands/upkeep/admin';
import { writeOut } from '../../io';
import { idList } from '../../output/id-list';
import type { CommandContext } from '../../program/define-command';

export async function run(args: MaintainArgs, context: CommandContext): Promise<ExitStatus> {
  const { io } = context;
  const { env, cwd, home, signal } = io;
  const config = await loadFwConfig({ env, cwd, home });
  const { maintainInterval: interval = config.MAINTAIN_INTERVAL, infinite } = args;
  if (interval < 0)
    throw new LpadError('USAGE', `--maintain_interval: ${String(interval)} is no number of seconds`);
  const store = await context.openStore();
  let status: ExitStatus = EXIT.ok;
  const isOver = (): boolean => signal.aborted;
  while (!isOver()) {
    const facts = { operation: 'maintain', commandLine: context.commandLine, now: () => io.now() };
    const { RUN_EXPIRATION_SECS: runExpirationSecs, RESERVATION_EXPIRATION_SECS: reservationExpirationSecs } =
      config;
    const request = { facts, runExpirationSecs, reservationExpirationSecs, signal };
    context.say('Performing maintenance on Launchpad...');
    try {
      const report = await maintain(store, request);
      await tell(report, context);
      status = report.problems.length > 0 ? EXIT.someFailed : EXIT.ok;
    } catch (error) {
      // What runs for months outlives a database that is away for an hour.
      if (!infinite || !(error instanceof LpadError) || error.code !== 'NO_DATABASE') throw error;
      context.warn(messageOf(error));
    }
    if (!infinite) return isOver() ? EXIT.interrupted : status;
    // FireWorks reads 0 as unset.
    const pause = (interval === 0 ? config.MAINTAIN_INTERVAL : interval) * 1000;
    await sleep(pause, undefined, { signal }).catch(() => undefined);
  }
  return EXIT.interrupted;
}

async function tell(report: MaintainReport, { io, globals, say, warn }: CommandContext): Promise<void> {
  const { lostLaunches, lostFireworks, inconsistent, unreserved, claims, problems } = report;
  const found = (ids: readonly number[], what: string): void => {
    if (ids.length > 0) say(`Detected ${String(ids.length)} ${what}: ${idList(ids)}`);
  };
  found(lostLaunches, 'FIZZLED launches');
  if (lostLaunches.length > 0)
    say(`Detected ${String(lostFireworks.length)} FIZZLED FWs: ${idList(lostFireworks)}`);
  found(inconsistent, 'FIZZLED inconsistent fireworks');
  if (unreserved.length > 0) {
    say(`Unreserved ${String(unreserved.length)} RESERVED launches: ${idList(unreserved)}`);
  }
  if (claims.length > 0)
    say(`Gave back ${String(claims.length)} FWs RESERVED without a launch: ${idList(claims)}`);
  for (const problem of problems) warn(problem);
  say('LaunchPad was MAINTAINED.');
  if (globals.output !== 'json') return;
  const { toJsonLine } = await import('../../../specs/printing/print-json.js');
  const document = {
    lost_launches: lostLaunches,
    lost_fws: lostFireworks,
    inconsistent_fws: inconsistent,
    unreserved_launches: unreserved,
    claims_without_launch: claims,
    problems,
  };
  await writeOut(io, `${toJsonLine(document)}\n`);
}
