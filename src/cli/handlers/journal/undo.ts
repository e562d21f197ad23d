/** `lpad undo`: takes back a command of the journal. */
import { EXIT, type ExitStatus } from '../../../errors';
import { finishDeadOwners } from '../../../launchpad/locks/finish-dead-owners';
import { getUndoable, type JournalRun } from '../../../launchpad/journal/list-runs';
import { createRunContext } from '../../../launchpad/run-context';
import { undoRun, type FireworkUndo, type UndoReport } from '../../../launchpad/journal/undo-run';
import { toJsonText } from '../../../specs/printing/print-json';
import type { UndoArgs } from '../../commands/journal/undo';
import { confirmChange } from '../../confirm';
import type { CommandContext } from '../../program/define-command';
import { writeOut } from '../../io';
import { counted } from '../../output/counted';

export async function run(args: UndoArgs, context: CommandContext): Promise<ExitStatus> {
  const { io, commandLine } = context;
  const store = await context.openStore();
  if (!args.dryRun) await finishDeadOwners(store);
  const run = await getUndoable(store, args.journalId);
  if (!args.dryRun) {
    const { yes, password, maxUnasked } = args;
    const describe = `take back "${run.commandLine.join(' ')}": ${String(run.fireworks)} Fireworks become what they were`;
    await confirmChange({ count: run.fireworks, maxUnasked, yes, password, io, describe });
  }
  const runContext = createRunContext({ operation: 'undo', commandLine, now: () => io.now() });
  const report = await undoRun(store, { entries: run.entries, dryRun: args.dryRun }, runContext);
  await print(report, run, args.dryRun, context);
  return report.fireworks.every(({ outcome }) => outcome === 'restored') ? EXIT.ok : EXIT.someFailed;
}

async function print(
  { journalId, fireworks }: UndoReport,
  run: JournalRun,
  dryRun: boolean,
  { io, globals, say }: CommandContext,
): Promise<void> {
  const restored = fireworks.filter(({ outcome }) => outcome === 'restored');
  if (globals.output === 'json') {
    const items = fireworks.map(({ fwId, name, outcome, reason, from, to }) => ({
      fw_id: fwId,
      name,
      outcome,
      reason: reason ?? null,
      from: from ?? null,
      to: to ?? null,
    }));
    const counts = { restored: restored.length, left: fireworks.length - restored.length };
    await writeOut(
      io,
      `${toJsonText({ journal_id: journalId ?? null, undone: run.run, dry_run: dryRun, fireworks: items, counts })}\n`,
    );
  } else if (globals.output === 'ids')
    await writeOut(io, restored.map(({ fwId }) => `${String(fwId)}\n`).join(''));
  else await writeOut(io, fireworks.map((one) => `${lineOf(one)}\n`).join(''));
  const left = fireworks.length - restored.length;
  const verb = dryRun ? 'would be restored' : 'restored';
  say(
    `${counted(restored.length, 'Firework')} ${verb}${left > 0 ? `; ${String(left)} left as they are, see above` : ''}.`,
  );
  if (journalId !== undefined) say(`to bring the change back: lpad undo ${journalId}`);
}

function lineOf({ fwId, name, outcome, reason, from, to }: FireworkUndo): string {
  const what = `${outcome.padEnd(8)} ${String(fwId)}${name === '' ? '' : ` ${name}`}`;
  if (outcome !== 'restored') return `${what}: ${reason ?? ''}`;
  if (from === to) return `${what}: stays ${String(to)}`;
  return `${what}: ${from ?? 'deleted'} -> ${to ?? 'not there'}`;
}
