/** `lpad apply`: commits a plan file. */
import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { EXIT, LpadError, messageOf, type ExitStatus } from '../../../errors';
import { applyPlan, fireworksOf, type ApplyReport } from '../../../launchpad/change/apply-plan';
import { createRunContext } from '../../../launchpad/run-context';
import { parsePlanText } from '../../../specs/plan-file';
import { toJsonText } from '../../../specs/printing/print-json';
import type { ApplyArgs } from '../../commands/journal/apply';
import { confirmChange } from '../../confirm';
import type { CommandContext } from '../../program/define-command';
import { writeOut } from '../../io';
import { counted } from '../../output/counted';

export async function run(args: ApplyArgs, context: CommandContext): Promise<ExitStatus> {
  const { io, commandLine } = context;
  const file = args.planFile;
  const text = await readFile(resolve(io.cwd, file), 'utf8').catch((error: unknown) => {
    throw new LpadError('BAD_PLAN', `cannot read ${file}: ${messageOf(error)}`, { cause: error });
  });
  const plan = parsePlanText(text, file);
  const store = await context.openStore();
  if (plan.database !== store.description) {
    throw new LpadError('BAD_PLAN', `${file} was made for ${plan.database}, this is ${store.description}`);
  }
  const count = plan.patches.flatMap(fireworksOf).length;
  const { yes, password, maxUnasked } = args;
  await confirmChange({
    count,
    maxUnasked,
    yes,
    password,
    io,
    describe: `change ${counted(count, 'Firework')}`,
  });
  const run = createRunContext({ operation: plan.operation, commandLine, now: () => io.now() });
  const report = await applyPlan(store, plan.patches, run, io.signal);
  await print(report, context);
  return report.drift.length === 0 ? EXIT.ok : EXIT.planOutdated;
}

async function print(report: ApplyReport, { io, globals, say }: CommandContext): Promise<void> {
  const { journalId, fireworks, workflows, drift } = report;
  if (globals.output === 'json') {
    await writeOut(io, `${toJsonText({ journal_id: journalId ?? null, fireworks, workflows, drift })}\n`);
  } else if (globals.output === 'ids')
    await writeOut(io, fireworks.map((fwId) => `${String(fwId)}\n`).join(''));
  else await writeOut(io, drift.map((line) => `left alone: ${line}\n`).join(''));
  say(`${counted(fireworks.length, 'Firework')} in ${counted(workflows, 'workflow')} changed as planned.`);
  if (journalId !== undefined) say(`to take it back: lpad undo ${journalId}`);
}
