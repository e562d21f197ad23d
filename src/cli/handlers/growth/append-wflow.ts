/** `lpad append_wflow`: reads a workflow file and hangs it below Fireworks of the database. */
import { EXIT, LpadError, type ExitStatus } from '../../../errors';
import type { NewWorkflow } from '../../../domain/model';
import { appendToWorkflow, type AppendReport } from '../../../launchpad/growth/append-workflow';
import { createRunContext } from '../../../launchpad/run-context';
import type { AppendWflowArgs } from '../../commands/growth/append-wflow';
import { writeOut } from '../../io';
import { parseIds } from '../../../specs/typed/parse-ids';
import { counted } from '../../output/counted';
import type { CommandContext } from '../../program/define-command';
import { readOneWorkflow } from '../read-one-workflow';
import { NOTHING_WRITTEN } from '../../output/changes/change-words';

const EXAMPLE = { hint: 'lpad append_wflow -i 7 -f analysis.yaml' };

export async function run(args: AppendWflowArgs, context: CommandContext): Promise<ExitStatus> {
  const { io, say, commandLine } = context;
  const { detour, noPullSpecMods, dryRun, wfFile } = args;
  if (args.fwId.length === 0)
    throw new LpadError('USAGE', 'below which Fireworks? append_wflow needs -i with their ids', EXAMPLE);
  if (wfFile === undefined)
    throw new LpadError('USAGE', 'append_wflow needs -f with a workflow file', EXAMPLE);
  const parents = parseIds(args.fwId);
  const workflow = await readOne(wfFile, context);
  const store = await context.openStore();
  const run = createRunContext({ operation: 'append', commandLine, now: () => io.now() });
  const request = { workflow, parents, detour, pullSpecMods: !noPullSpecMods, dryRun, signal: io.signal };
  const report = await appendToWorkflow(store, request, run);
  await print(report, workflow, args, context);
  const below = parents.length === 1 ? `Firework ${String(parents[0])}` : `Fireworks ${parents.join(', ')}`;
  const verb = dryRun ? 'would be hung' : 'hung';
  say(`${counted(report.fireworks.length, 'Firework')} ${verb} below ${below}.`);
  if (dryRun) say(NOTHING_WRITTEN);
  else if (report.journalId !== undefined) say(`to take it back: lpad undo ${report.journalId}`);
  return EXIT.ok;
}

async function readOne(file: string, context: CommandContext): Promise<NewWorkflow> {
  const workflow = await readOneWorkflow(file, 'append_wflow', { states: 'as written' }, context);
  const taken = workflow.fireworks.map(({ fwId }) => fwId).filter((fwId) => fwId >= 0);
  if (taken.length === 0) return workflow;
  throw new LpadError(
    'BAD_WORKFLOW',
    `FireWorks to add must use a negative fw_id! Got fw_id: ${taken.slice(0, 5).join(', ')}, in ${file}`,
    { hint: 'write -1, -2, ... in fws and in links, or leave the fw_id of a single Firework out' },
  );
}

async function print(
  { journalId, fireworks }: AppendReport,
  { name }: NewWorkflow,
  { dryRun }: AppendWflowArgs,
  { io, globals }: CommandContext,
): Promise<void> {
  if (globals.output === 'json') {
    const { toJsonText } = await import('../../../specs/printing/print-json.js');
    const items = fireworks.map((one) => {
      return { file_id: one.fileId, fw_id: one.fwId ?? null, name: one.name, state: one.state };
    });
    const report = { journal_id: journalId ?? null, dry_run: dryRun, name, fireworks: items };
    await writeOut(io, `${toJsonText(report)}\n`);
  } else if (globals.output === 'ids')
    await writeOut(io, fireworks.map(({ fwId, fileId }) => `${String(fwId ?? fileId)}\n`).join(''));
  else {
    const lines = fireworks.map(({ fileId, fwId, name: own, state }) => {
      const ids = fwId === undefined ? String(fileId) : `${String(fileId)} -> ${String(fwId)}`;
      return `${dryRun ? 'would append' : 'appended'} ${ids} ${own}: ${state}\n`;
    });
    await writeOut(io, lines.join(''));
  }
}
