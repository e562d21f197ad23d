/** FW_action_unsaved.json: a result that could not be brought into the database, in the launch directory. */
import type { Dirent } from 'node:fs';
import { readdir, readFile, realpath, rename, writeFile } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { ActionError, readAction } from '../../domain/actions/fw-action';
import { isObject } from '../../domain/model';
import type { LaunchEnd } from '../../launchpad/launches/complete-launch';
import type { UnsavedResult } from '../../launchpad/unsaved/recover-unsaved';
import { plain } from '../../specs/plain-values';
import { toJsonText } from '../../specs/printing/print-json';
import { readJson } from '../../specs/reading/read-json';

export const UNSAVED_FILE = 'FW_action_unsaved.json';
/** Its name when the result is in the database. */
export const RECOVERED_FILE = 'FW_action_recovered.json';

/** The file that was written. */
export async function writeUnsaved(
  launchDir: string,
  { launch, state, action, endedOn }: Pick<LaunchEnd, 'launch' | 'state' | 'action' | 'endedOn'>,
): Promise<string> {
  const { fwId: fw_id, launchId: launch_id } = launch;
  const file = join(launchDir, UNSAVED_FILE);
  await writeFile(file, toJsonText({ fw_id, launch_id, state, action, ended_on: endedOn.toISOString() }));
  return file;
}

/** Throws an error that says what is wrong with it. */
export async function readUnsaved(file: string): Promise<UnsavedResult> {
  const content = readJson(await readFile(file, 'utf8'));
  if (!isObject(content)) throw new ActionError('it is no object');
  const { fw_id, launch_id, state, ended_on, action } = content;
  const [fwId, launchId] = [plain(fw_id), plain(launch_id)];
  if (!Number.isInteger(fwId) || !Number.isInteger(launchId))
    throw new ActionError('fw_id and launch_id must be numbers');
  if (state !== 'COMPLETED' && state !== 'FIZZLED')
    throw new ActionError('state must be COMPLETED or FIZZLED');
  const endedOn = new Date(typeof ended_on === 'string' ? ended_on : Number.NaN);
  if (Number.isNaN(endedOn.getTime())) throw new ActionError('ended_on is no moment');
  return { fwId: fwId as number, launchId: launchId as number, state, action: readAction(action), endedOn };
}

/** So deep: `block_…/launcher_…`. */
const DEPTH = 2;

/** Such files in a folder, and some levels below; a file is itself. Throws what `readdir` throws. */
export async function findUnsaved(path: string, depth = DEPTH): Promise<readonly string[]> {
  if (basename(path) === UNSAVED_FILE) return [path];
  const found: string[] = [];
  for (const entry of sorted(await readdir(path, { withFileTypes: true }))) {
    const inner = join(path, entry.name);
    if (entry.name === UNSAVED_FILE && entry.isFile()) found.push(inner);
    // A folder that may not be looked into holds nothing that could be read.
    else if (entry.isDirectory() && depth > 0)
      found.push(...(await findUnsaved(inner, depth - 1).catch(() => [])));
  }
  return found;
}

function sorted(entries: readonly Dirent[]): readonly Dirent[] {
  return entries.toSorted((one, other) => (one.name < other.name ? -1 : 1));
}

/** Whether a file lies in this launch directory, by whatever links. */
export async function liesIn(file: string, launchDir: string): Promise<boolean> {
  const real = (path: string): Promise<string> => realpath(path).catch(() => resolve(path));
  return (await real(dirname(file))) === (await real(launchDir));
}

/** It is offered no more. */
export async function markRecovered(file: string): Promise<void> {
  await rename(file, join(dirname(file), RECOVERED_FILE));
}
