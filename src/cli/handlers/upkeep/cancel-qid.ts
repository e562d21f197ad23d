/** `lpad cancel_qid`: gives up the reservation of one job of the queue. */
import { EXIT, LpadError, type ExitStatus } from '../../../errors';
import type { Launch } from '../../../domain/model';
import { cancelReservations } from '../../../launchpad/upkeep/cancel-reservations';
import { allDone } from '../../../launchpad/rerun/rerun-report';
import { createRunContext } from '../../../launchpad/run-context';
import type { LaunchPadStore } from '../../../storage/launchpad-store';
import type { CancelQidArgs } from '../../commands/upkeep/cancel-qid';
import { writeOut } from '../../io';
import { rerunJson, rerunLines, rerunSummary } from '../../output/changes/rerun-report';
import type { CommandContext } from '../../program/define-command';

export async function run({ qid, dryRun }: CancelQidArgs, context: CommandContext): Promise<ExitStatus> {
  if (qid === undefined || qid === '') {
    throw new LpadError('USAGE', 'cancel_qid needs the id that the queue gave the job', {
      hint: 'lpad cancel_qid --qid 4711',
    });
  }
  const { io, globals, say, warn, commandLine } = context;
  const store = await context.openStore();
  warn(
    'cancel_qid does not actually remove jobs from the queue (e.g., execute qdel), this must be done manually!',
  );
  const launches = await reservedUnder(store, qid);
  if (launches.length === 0) say(`Can't find any reserved jobs with reservation id: ${qid}`);
  const now = (): Date => io.now();
  const run = createRunContext({ operation: 'cancel_qid', commandLine, now });
  const report = await cancelReservations(store, { launches, dryRun, signal: io.signal }, run);
  if (globals.output === 'json') {
    const { toJsonText } = await import('../../../specs/printing/print-json.js');
    const ids = launches.map(({ launchId }) => launchId);
    await writeOut(io, `${toJsonText({ qid, launches: ids, rerun: rerunJson(report) })}\n`);
  } else if (globals.output === 'ids') {
    await writeOut(io, report.targets.map(({ fwId }) => `${String(fwId)}\n`).join(''));
  } else await writeOut(io, rerunLines(report).join(''));
  if (launches.length > 0) for (const line of rerunSummary(report)) say(line);
  return allDone(report.counts) ? EXIT.ok : EXIT.someFailed;
}

/** Queues count from 1 again after a while: only one that is RESERVED still is meant, as in FireWorks the first. */
async function reservedUnder(store: LaunchPadStore, qid: string): Promise<readonly Launch[]> {
  const where = { 'state_history.reservation_id': qid, state: 'RESERVED' };
  for await (const launch of store.queryLaunches(where, 'brief')) return [launch];
  return [];
}
