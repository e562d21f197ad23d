/** `lpad journal`: the commands that changed something, or what one of them changed. */
import { EXIT, LpadError, type ExitStatus } from '../../../errors';
import { getRun, listRuns, type JournalRun } from '../../../launchpad/journal/list-runs';
import { findPrunable, pruneJournal } from '../../../launchpad/journal/prune-journal';
import { toJsonText } from '../../../specs/printing/print-json';
import type { JournalArgs } from '../../commands/journal/journal';
import type { CommandContext } from '../../program/define-command';
import { writeOut } from '../../io';
import { confirmChange } from '../../confirm';
import { parseAge } from '../../../specs/typed/parse-age';
import { counted } from '../../output/counted';
import { renderTable } from '../../output/table';
import { secondText } from '../../output/short-text';

export async function run(args: JournalArgs, context: CommandContext): Promise<ExitStatus> {
  const { io, globals, openStore } = context;
  if (args.prune) return prune(args, context);
  if (args.max < 0)
    throw new LpadError('USAGE', `-m: ${String(args.max)} is no number of commands; write 0 for all`);
  const store = await openStore();
  const json = globals.output === 'json';
  if (args.journalId !== undefined) {
    const one = await getRun(store, args.journalId);
    const rows = changesOf(one);
    await writeOut(
      io,
      json ? `${toJsonText({ ...summary(one), changes: rows })}\n` : await changesTable(rows),
    );
    return EXIT.ok;
  }
  const runs = await listRuns(store, args.max);
  if (json) await writeOut(io, `${toJsonText(runs.map(summary))}\n`);
  else if (runs.length === 0) await writeOut(io, 'The journal is empty.\n');
  else await writeOut(io, await runsTable(runs));
  return EXIT.ok;
}

/** Asked for whatever the number: nothing brings back what is forgotten. */
async function prune(args: JournalArgs, context: CommandContext): Promise<ExitStatus> {
  const { io, globals, say, openStore } = context;
  const { keep, olderThan, dryRun, yes, password } = args;
  const hint = { hint: 'lpad journal --prune --older_than 90d   (or --keep 100)' };
  if (args.journalId !== undefined) throw new LpadError('USAGE', '--prune takes no journal id', hint);
  if (keep === undefined && olderThan === undefined)
    throw new LpadError('USAGE', '--prune needs --older_than or --keep, or both', hint);
  if (keep !== undefined && (keep < 0 || !Number.isInteger(keep)))
    throw new LpadError('USAGE', `--keep: ${String(keep)} is no number of commands`, hint);
  const before =
    olderThan === undefined ? undefined : new Date(io.now().getTime() - parseAge(olderThan, '--older_than'));
  const store = await openStore();
  const { runs, nights } = await findPrunable(store, {
    now: io.now(),
    ...(before ? { before } : {}),
    ...(keep === undefined ? {} : { keep }),
  });
  const commands = counted(runs.length, 'command');
  const more = nights.length === 0 ? '' : ` and ${counted(nights.length, 'night')} of recovery`;
  const describe = `forget ${commands} of the journal${more}, which can be undone no more then`;
  const count = runs.length + nights.length;
  if (!dryRun && count > 0) await confirmChange({ count, maxUnasked: 0, yes, password, io, describe });
  if (!dryRun) await pruneJournal(store, { runs, nights });
  if (globals.output === 'json') {
    const pruned = runs.map(({ run, createdOn }) => ({ journal_id: run, created_on: createdOn }));
    const prunedNights = nights.map(({ key, startedOn, lastCalledOn }) => ({
      night: key,
      started_on: startedOn,
      last_called_on: lastCalledOn,
    }));
    await writeOut(io, `${toJsonText({ dry_run: dryRun, pruned, nights: prunedNights })}\n`);
  } else {
    const names = [...runs.map(({ run }) => run), ...nights.map(({ key }) => `the night ${key}`)];
    await writeOut(io, names.map((name) => `${dryRun ? 'would forget' : 'forgotten'} ${name}\n`).join(''));
  }
  const what = `${commands}${more}`;
  say(dryRun ? `${what} would be forgotten. Nothing was written.` : `${what} forgotten.`);
  return EXIT.ok;
}

function summary(one: JournalRun): Record<string, unknown> {
  return {
    journal_id: one.run,
    created_on: one.createdOn,
    user: one.user,
    host: one.host,
    operation: one.operation,
    status: one.status,
    workflows: one.workflows,
    fireworks: one.fireworks,
    command_line: one.commandLine.join(' '),
  };
}

function runsTable(runs: readonly JournalRun[]): Promise<string> {
  const head = ['journal id', 'when (UTC)', 'who', 'status', 'Fireworks', 'command'];
  const rows = runs.map((one) => [
    one.run,
    secondText(one.createdOn),
    `${one.user}@${one.host}`,
    one.status,
    one.fireworks,
    one.commandLine.join(' '),
  ]);
  return renderTable(head, rows);
}

interface ChangeRow {
  readonly fw_id: number;
  readonly field: string;
  readonly before: unknown;
  readonly after: unknown;
}

function changesOf({ entries }: JournalRun): readonly ChangeRow[] {
  return entries
    .flatMap(({ patches }) => patches.flatMap(({ changes }) => changes))
    .filter(({ collection }) => collection === 'fireworks')
    .flatMap(({ id, fields }) =>
      fields
        .filter(({ path, before, after }) => path[0] !== 'updatedOn' && before !== after)
        .map(({ path, before, after }) => ({
          fw_id: Number(id),
          field: path.length === 0 ? '(all of it)' : path.join('.'),
          before: typeof before === 'symbol' ? null : before,
          after: typeof after === 'symbol' ? null : after,
        })),
    )
    .sort((one, other) => one.fw_id - other.fw_id);
}

function changesTable(rows: readonly ChangeRow[]): Promise<string> {
  return renderTable(
    ['Firework', 'field', 'before', 'after'],
    rows.map(({ fw_id: fwId, field, before, after }) => [fwId, field, short(before), short(after)]),
  );
}

function short(value: unknown): string {
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return text.length > 60 ? `${text.slice(0, 57)}...` : text;
}
