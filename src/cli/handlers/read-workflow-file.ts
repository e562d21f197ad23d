/** A workflow file as it is named on the command line, read whole; throws BAD_WORKFLOW with what is wrong. */
import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { NewWorkflow } from '../../domain/model';
import { LpadError, messageOf } from '../../errors';
import { formatOfFile } from '../../specs/workflow-files/located-document';
import { parseWorkflowFile, type WorkflowFileOptions } from '../../specs/workflow-files/workflow-file';
import type { Io } from '../io';

export async function readWorkflowFile(
  file: string,
  options: Pick<WorkflowFileOptions, 'check' | 'anew' | 'states' | 'checkTask'>,
  { cwd, now }: Io,
): Promise<readonly NewWorkflow[]> {
  const format = formatOfFile(file);
  if (!format) {
    throw new LpadError('BAD_WORKFLOW', `${file}: a workflow file ends in .yaml, .yml or .json`, {
      hint: `lpad add -d ${file}   (when it is a folder)`,
    });
  }
  const text = await readFile(resolve(cwd, file), 'utf8').catch((error: unknown) => {
    throw new LpadError('BAD_WORKFLOW', `cannot read ${file}: ${whyUnreadable(error)}`, { cause: error });
  });
  return parseWorkflowFile(text, { ...options, file, format, now: now() });
}

export function whyUnreadable(error: unknown): string {
  // By its code: node's own errors are of another realm where tests run.
  const { code } = error as { readonly code?: unknown };
  if (code === 'ENOENT') return 'there is no such file';
  if (code === 'EISDIR') return 'it is a folder (lpad add -d adds the files in it)';
  if (code === 'ENOTDIR') return 'it is a file; leave out -d';
  if (code === 'EACCES') return 'permission denied';
  return messageOf(error);
}
