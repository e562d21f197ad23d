/** `lpad dump_wflow`: a workflow as the file that it could have come from, with what became of it. */
import { writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { EXIT, LpadError, messageOf, type ExitStatus } from '../../../errors';
import { loadWholeWorkflow } from '../../../launchpad/show/load-whole-workflow';
import { workflowFileForm } from '../../../specs/printing/file-form';
import { toJsonText } from '../../../specs/printing/print-json';
import { toYamlText } from '../../../specs/printing/print-yaml';
import { formatOfFile, type FileFormat } from '../../../specs/workflow-files/located-document';
import type { DumpWflowArgs } from '../../commands/transfer/dump-wflow';
import { writeOut } from '../../io';
import { counted } from '../../output/counted';
import type { CommandContext } from '../../program/define-command';

const HINT = 'lpad dump_wflow -i 7 -f workflow.yaml';

export async function run(
  { fwId, wfFile: file }: DumpWflowArgs,
  { io, globals, openStore, say }: CommandContext,
): Promise<ExitStatus> {
  if (fwId === undefined || file === undefined) {
    const lacking = fwId === undefined ? '-i/--fw_id' : '-f/--wf_file';
    throw new LpadError('USAGE', `dump_wflow needs ${lacking}`, { hint: HINT });
  }
  const format = file === '-' ? formatOf(globals.output) : formatOfFile(file);
  if (format === undefined)
    throw new LpadError('USAGE', `${file}: a workflow file ends in .yaml, .yml or .json`, { hint: HINT });
  const whole = await loadWholeWorkflow(await openStore(), fwId);
  const form = workflowFileForm(whole.workflow, whole.fireworks, whole.launches);
  const text = format === 'yaml' ? toYamlText(form) : `${toJsonText(form)}\n`;
  if (file === '-') await writeOut(io, text);
  else {
    await writeFile(resolve(io.cwd, file), text).catch((error: unknown) => {
      throw new LpadError('FAILED', `cannot write ${file}: ${messageOf(error)}`, { cause: error });
    });
    say(`${whole.workflow.name}, ${counted(whole.fireworks.length, 'Firework')}: written to ${file}`);
  }
  return EXIT.ok;
}

function formatOf(output: string | undefined): FileFormat {
  return output === 'yaml' ? 'yaml' : 'json';
}
