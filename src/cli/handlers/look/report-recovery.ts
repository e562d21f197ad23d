/** `lpad report --last-recovery`: what a night tried, why, what came of it, and what a person must decide. */
import { EXIT, LpadError, type ExitStatus } from '../../../errors';
import { loadMorning, NIGHTS_SHOWN, type MorningReport } from '../../../launchpad/morning/load-morning';
import type { ReportArgs } from '../../commands/look/report';
import { writeOut } from '../../io';
import { printValue } from '../../output/json';
import { morningBlocks } from '../../output/morning/morning-blocks';
import { morningJson } from '../../output/morning/morning-json';
import type { CommandContext } from '../../program/define-command';

export async function reportRecovery(
  { night, nights = NIGHTS_SHOWN }: ReportArgs,
  context: CommandContext,
): Promise<ExitStatus> {
  const { io, globals, openStore } = context;
  if (nights < 1) throw new LpadError('USAGE', `--nights: ${String(nights)} is no number of nights`);
  if (globals.output === 'html' && io.stdoutIsTTY)
    throw new LpadError('USAGE', 'a page is for a file, not for a terminal', {
      hint: 'lpad report --last-recovery -o html > morning.html',
    });
  const request = { nights, ...(night === undefined ? {} : { key: night }) };
  const report = await loadMorning(await openStore(), request, io.now());
  if (globals.output === 'json' || globals.output === 'yaml')
    await printValue(io, morningJson(report), globals);
  else await writeOut(io, await printed(report, globals.output));
  return EXIT.ok;
}

async function printed(report: MorningReport, format: CommandContext['globals']['output']): Promise<string> {
  const blocks = morningBlocks(report);
  if (format === 'html') {
    const { pageOf } = await import('../../output/morning/render-html.js');
    return pageOf(`Recovery of ${report.night.key}`, blocks);
  }
  if (format === 'markdown') {
    const { markdownOf } = await import('../../output/morning/render-markdown.js');
    return markdownOf(blocks);
  }
  const { textOf } = await import('../../output/morning/render-text.js');
  return textOf(blocks);
}
