/** `lpad add FILE --rerun-from ID`: a new definition with the inputs of a recorded run. */
import { EXIT, LpadError, type ExitStatus } from '../../../errors';
import { addDefinition } from '../../../launchpad/as-new/add-definition';
import { createRunContext } from '../../../launchpad/run-context';
import type { AddArgs } from '../../commands/add';
import { printAdded } from '../../output/changes/added-workflows';
import type { CommandContext } from '../../program/define-command';
import { readOneWorkflow } from '../read-one-workflow';

export async function run(args: AddArgs, fwId: number, context: CommandContext): Promise<ExitStatus> {
  const { io, globals, commandLine, say } = context;
  const [file = '', ...more] = args.wfFile;
  if (more.length > 0)
    throw new LpadError('USAGE', '--rerun-from takes one file, whose Fireworks get the inputs of the run');
  const definition = await readOneWorkflow(file, '--rerun-from', { check: args.check }, context);
  const store = await context.openStore();
  const now = (): Date => io.now();
  const run = createRunContext({ operation: 'add with the inputs of a run', commandLine, now });
  const { name, idMap, notes, journalId } = await addDefinition(store, { definition, fwId }, run);
  await printAdded(io, [{ name, idMap }], globals);
  for (const note of notes) say(note);
  say(`next: rlaunch rapidfire   (to take it back: lpad undo ${journalId})`);
  return EXIT.ok;
}
