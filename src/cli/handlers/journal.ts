/** `lpad journal`: the commands that changed something, or what one of them changed. */
import { EXIT, LpadError, type ExitStatus } from '../../errors';
import { getRun, listRuns, type JournalRun } from '../../launchpad/journal/list-runs';
import { toJsonText } from '../../specs/printing/print-json';
import type { JournalArgs } from '../commands/journal';
import type { CommandContext } from '../program/define-command';
import { writeOut } from '../io';
import { renderTable } from '../output/table';

export async function run(
  args: JournalArgs,
  { io, globals, openStore }: CommandContext,
): Promise<ExitStatus> {
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
    one.createdOn.toISOString().slice(0, 19).replace('T', ' '),
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
          field: path.join('.'),
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
