/** FWAction.json or FWAction.yaml: how a program that is no Firetask of ours returns an action. */
import { readFile, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { ActionError, readAction, type FWAction } from '../../domain/actions/fw-action';
import { messageOf } from '../../errors';
import { parseLocated } from '../../specs/workflow-files/located-document';

export const ACTION_FILES = ['FWAction.json', 'FWAction.yaml'] as const;

/**
 * The action that lies in the directory, or undefined. The file is renamed after the Firetask that wrote it, since FireWorks
 * lets it count again for each Firetask that follows.
 */
export async function takeActionFile(launchDir: string, taskNumber: number): Promise<FWAction | undefined> {
  for (const name of ACTION_FILES) {
    const file = join(launchDir, name);
    const text = await readIfThere(file);
    if (text === undefined) continue;
    await rename(file, join(launchDir, nameOfTaken(name, taskNumber)));
    return parse(text, name);
  }
  return undefined;
}

/** `FWAction.json` of the first Firetask becomes `FWAction.task-0.json`. */
function nameOfTaken(name: (typeof ACTION_FILES)[number], taskNumber: number): string {
  return name.replace('.', `.task-${String(taskNumber)}.`);
}

function parse(text: string, name: (typeof ACTION_FILES)[number]): FWAction {
  try {
    const format = name.endsWith('.json') ? 'json' : 'yaml';
    return readAction(parseLocated(text, { file: name, format, code: 'FAILED' }).value);
  } catch (error) {
    throw new ActionError(`${name} cannot be used: ${messageOf(error)}`);
  }
}

async function readIfThere(file: string): Promise<string | undefined> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}
