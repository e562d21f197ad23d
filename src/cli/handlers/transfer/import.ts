/** `lpad import`: what an export holds becomes part of the database. */
import { EXIT, type ExitStatus } from '../../../errors';
import { IMPORT } from '../../../launchpad/journal/import-entry';
import { createRunContext } from '../../../launchpad/run-context';
import {
  importDocuments,
  type ImportIds,
  type ImportReport,
} from '../../../launchpad/transfer/import-documents';
import type { ImportArgs } from '../../commands/transfer/import';
import { writeOut } from '../../io';
import { counted } from '../../output/counted';
import { printValue } from '../../output/json';
import { createProgress, type Progress } from '../../output/progress';
import { countsText } from '../../output/changes/transfer-counts';
import type { CommandContext } from '../../program/define-command';
import { openExport } from './open-export';

export async function run(args: ImportArgs, context: CommandContext): Promise<ExitStatus> {
  const { io, globals, openStore, commandLine } = context;
  const source = await openExport(args.file, io);
  let progress: Progress | undefined;
  try {
    const onProgress = (written: number, total: number): void => {
      progress ??= createProgress({ io, total, what: 'documents' });
      progress.advance(written);
    };
    const run = createRunContext({ operation: IMPORT, commandLine, now: () => io.now() });
    const request = { source, ids: idsOf(args), signal: io.signal, onProgress };
    const report = await importDocuments(await openStore(), request, run);
    progress?.finish();
    if (globals.output === 'json') await printValue(io, asData(report), globals);
    else await writeOut(io, `Imported ${countsText(report.counts)}${idsText(report)}.\n`);
    sayMore(report, args, context);
    return report.interrupted ? EXIT.interrupted : EXIT.ok;
  } finally {
    progress?.finish();
    await source.close();
  }
}

function idsOf({ newIds, resume }: ImportArgs): ImportIds {
  if (newIds) return resume ? 'resume new' : 'new';
  return resume ? 'resume' : 'keep';
}

/** Ids that are kept are those of the file. */
function idsText({ newIds }: ImportReport): string {
  const ids = [...(newIds?.fireworks.values() ?? [])];
  const [first, last] = [ids[0], ids.at(-1)];
  if (first === undefined || last === undefined) return '';
  return first === last ? ` as Firework ${first}` : ` as Fireworks ${first} to ${last}`;
}

function sayMore(
  { alreadyThere, underWay, interrupted, journalId }: ImportReport,
  { newIds, file }: ImportArgs,
  { say, warn }: CommandContext,
): void {
  if (alreadyThere > 0) say(`${counted(alreadyThere, 'document')} had been imported before.`);
  if (interrupted) {
    const next = `lpad import ${newIds ? '--new-ids ' : ''}--resume ${file}`;
    warn(`interrupted: what had begun is imported, the rest is not: ${next}`);
  }
  if (journalId !== undefined) say(`to take it back: lpad undo ${journalId}`);
  if (underWay.length > 0) {
    const ids = underWay.slice(0, 10).join(', ') + (underWay.length > 10 ? ', …' : '');
    warn(
      `${counted(underWay.length, 'Firework')} RUNNING or RESERVED (${ids}): where they run they report to the database ` +
        'that they came from; rerun_fws --include-running starts them anew',
    );
  }
}

function asData({ counts, alreadyThere, newIds, interrupted, journalId }: ImportReport): object {
  const maps = newIds && {
    fw_ids: Object.fromEntries([...newIds.fireworks].map(([from, to]) => [String(from), to])),
    launch_ids: Object.fromEntries([...newIds.launches].map(([from, to]) => [String(from), to])),
  };
  return {
    journal_id: journalId ?? null,
    imported: counts,
    already_there: alreadyThere,
    interrupted,
    ...(maps ?? {}),
  };
}
