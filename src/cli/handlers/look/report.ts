/** `lpad report`: counts by state and period, in FireWorks' form. */
import { EXIT, LpadError, type ExitStatus } from '../../../errors';
import { reportStates, type Period, type ReportRequest } from '../../../launchpad/report/report-states';
import { parseQuery } from '../../../specs/parse-query';
import type { ReportArgs } from '../../commands/look/report';
import { writeOut } from '../../io';
import { printItems } from '../../output/json';
import type { CommandContext } from '../../program/define-command';

const COLLECTIONS: Readonly<Record<ReportArgs['collection'], ReportRequest['collection']>> = {
  fws: 'fireworks',
  fireworks: 'fireworks',
  launches: 'launches',
  wflows: 'workflows',
  workflows: 'workflows',
};

export async function run(args: ReportArgs, context: CommandContext): Promise<ExitStatus> {
  if (args.lastRecovery || args.night !== undefined)
    return (await import('./report-recovery.js')).reportRecovery(args, context);
  if (args.nights !== undefined) throw new LpadError('USAGE', '--nights needs --last-recovery or --night');
  return reportCounts(args, context);
}

async function reportCounts(
  args: ReportArgs,
  { io, globals, openStore }: CommandContext,
): Promise<ExitStatus> {
  const { output } = globals;
  if (output === 'markdown' || output === 'html')
    throw new LpadError('USAGE', `-o ${output} is for --last-recovery and --night`);
  const { collection, interval, numIntervals: intervals } = args;
  if (intervals < 0) {
    throw new LpadError('USAGE', `-n: ${intervals} is no number of periods; write 0 for all time`);
  }
  const where = args.query === undefined ? {} : parseQuery(args.query, '-q');
  const store = await openStore();
  const request = { collection: COLLECTIONS[collection], interval, intervals, where, now: io.now() };
  const periods = await reportStates(store, request);
  if (output === 'json' || output === 'yaml') await printItems(io, periods.map(asItem), globals);
  else await writeOut(io, asText(collection, periods));
  return EXIT.ok;
}

function asText(collection: string, periods: readonly Period[]): string {
  const title = `Stats on ${collection}`;
  const rule = '-'.repeat(title.length);
  const body = periods.map(periodText).join('');
  const nothing = 'There are no stats to display for the chosen time period.';
  return `${rule}\n${title}\n${rule}\n${body || nothing}\n`;
}

function periodText({ period, states, total, completedPercent }: Period): string {
  const head = `Stats for time-period ${period}`;
  const counts = [...states].map(([state, count]) => `${state} : ${count}\n`).join('');
  const score = completedPercent.toFixed(1);
  return `${head}\n${'='.repeat(head.length + 1)}\n${counts}\ntotal : ${total}\nC/(C+F) : ${score}%\n\n`;
}

function asItem({ period, states, total, completedPercent }: Period): unknown {
  return { period, states: Object.fromEntries(states), total, completed_percent: completedPercent };
}
