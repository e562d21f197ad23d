/** A workflow file that must hold exactly one workflow. */
import type { NewWorkflow } from '../../domain/model';
import { LpadError } from '../../errors';
import type { WorkflowFileOptions } from '../../specs/workflow-files/workflow-file';
import type { CommandContext } from '../program/define-command';
import { knownFiretasks, warnOfMisspelled } from './configured-firetasks';
import { readWorkflowFile } from './read-workflow-file';

/** `taker` is what takes it, for messages. */
export async function readOneWorkflow(
  file: string,
  taker: string,
  options: Pick<WorkflowFileOptions, 'check' | 'anew' | 'states'>,
  context: CommandContext,
): Promise<NewWorkflow> {
  const registry = await knownFiretasks(context);
  const read = { ...options, checkTask: registry.problemsOf };
  const [workflow, ...more] = await readWorkflowFile(file, read, context.io);
  if (!workflow || more.length > 0) {
    throw new LpadError(
      'BAD_WORKFLOW',
      `${file} holds ${String(more.length + 1)} workflows; ${taker} takes one`,
    );
  }
  warnOfMisspelled(file, [workflow], registry, context);
  return workflow;
}
