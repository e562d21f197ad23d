/** `lpad check_wflow`: what is wrong with a workflow, if anything. */
import { EXIT, LpadError, type ExitStatus } from '../../../errors';
import { checkStoredWorkflow } from '../../../launchpad/show/check-stored-workflow';
import type { CheckWflowArgs } from '../../commands/look/check-wflow';
import { writeOut } from '../../io';
import { printValue } from '../../output/json';
import type { CommandContext } from '../../program/define-command';

export async function run(
  { fwId }: CheckWflowArgs,
  { io, globals, openStore, say }: CommandContext,
): Promise<ExitStatus> {
  if (fwId === undefined)
    throw new LpadError('USAGE', 'check_wflow needs -i/--fw_id', { hint: 'lpad check_wflow -i 7' });
  const { name, problems } = await checkStoredWorkflow(await openStore(), fwId);
  if (globals.output === 'json') await printValue(io, { fw_id: fwId, name, problems }, globals);
  else await writeOut(io, problems.map((problem) => `${problem}\n`).join(''));
  if (problems.length === 0) say(`${name}: nothing is wrong`);
  return problems.length === 0 ? EXIT.ok : EXIT.someFailed;
}
