/** Launch folders of what was deleted: removed after the database knows them no more, and never while somebody needs one. */
import { rm } from 'node:fs/promises';
import { homedir } from 'node:os';
import { dirname, isAbsolute, resolve, sep } from 'node:path';
import type { ValueObject } from '../../domain/model';
import { messageOf } from '../../errors';
import type { LaunchPadStore } from '../../storage/launchpad-store';
import type { WholeDocument } from '../../storage/whole-documents';

export interface FolderOutcome {
  readonly folder: string;
  readonly outcome: 'removed' | 'kept';
  /** Why it was kept. */
  readonly reason?: string;
}

/** A pattern for each of so many folders is asked at once. */
const MOST_FOLDERS = 200;

/** Folders of these launches, each once. */
export function foldersOf(launches: readonly WholeDocument[]): readonly string[] {
  const folders = launches.map(({ document }) => document['launchDir']);
  return [...new Set(folders.filter((one) => typeof one === 'string'))];
}

/** Which of these folders may not go, with the reason; asked after their launches are gone. */
export async function foldersInUse(
  store: LaunchPadStore,
  launches: readonly WholeDocument[],
  cwd: string,
): Promise<ReadonlyMap<string, string>> {
  const reasons = new Map<string, string>();
  const gone = new Set(launches.map(({ id }) => Number(id)));
  for (const { document } of launches) {
    const { launchDir, state, fwId } = document as ValueObject & { readonly launchDir: string };
    if (state === 'RUNNING') reasons.set(launchDir, `Firework ${String(fwId)} may still be running in it`);
  }
  const folders = foldersOf(launches);
  for (const folder of folders) {
    const why = whyNever(folder, cwd);
    if (why !== undefined) reasons.set(folder, why);
  }
  for (let start = 0; start < folders.length; start += MOST_FOLDERS) {
    const some = folders.slice(start, start + MOST_FOLDERS);
    for await (const { launchId, launchDir, fwId } of store.queryLaunches(
      inFolders('launch_dir', some),
      'brief',
    )) {
      if (gone.has(launchId)) continue;
      for (const folder of some)
        if (isWithin(launchDir, folder)) reasons.set(folder, `Firework ${String(fwId)} uses ${launchDir}`);
    }
    const paths = ['spec._launch_dir', 'spec._recovery._prev_dir'];
    const where = { $or: paths.map((path) => inFolders(path, some)) };
    const removed = new Set(launches.map(({ document }) => Number(document['fwId'])));
    for await (const { fwId, spec } of store.findFireworks({ where }, 'control')) {
      const recovery = spec['_recovery'] as ValueObject | undefined;
      for (const path of [spec['_launch_dir'], recovery?.['_prev_dir']])
        for (const folder of some)
          if (typeof path === 'string' && isWithin(path, folder) && !removed.has(fwId))
            reasons.set(folder, `Firework ${String(fwId)} is to run in ${path}`);
    }
  }
  return reasons;
}

/** The folder itself, or something below it. */
function inFolders(field: string, folders: readonly string[]): ValueObject {
  const below = folders.map((folder) => ({ [field]: new RegExp(`^${escaped(folder)}/`) }));
  return { $or: [{ [field]: { $in: [...folders] } }, ...below] };
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}

function isWithin(path: string, folder: string): boolean {
  return path === folder || path.startsWith(folder.endsWith(sep) ? folder : folder + sep);
}

/** What no command may remove, whatever a database says. */
function whyNever(folder: string, cwd: string): string | undefined {
  if (!isAbsolute(folder)) return 'it is no absolute path';
  const full = resolve(folder);
  if (full === dirname(full)) return 'it is the root of the file system';
  if (isWithin(homedir(), full)) return 'your home folder is in it';
  if (isWithin(resolve(cwd), full)) return 'you are in it';
  return undefined;
}

/** Folders of other machines are not here: that is no failure. */
export async function removeFolders(
  folders: readonly string[],
  inUse: ReadonlyMap<string, string>,
): Promise<readonly FolderOutcome[]> {
  const outcomes: FolderOutcome[] = [];
  for (const folder of folders) {
    const reason = inUse.get(folder) ?? (await removeFolder(folder));
    outcomes.push({
      folder,
      ...(reason === undefined ? { outcome: 'removed' } : { outcome: 'kept', reason }),
    });
  }
  return outcomes;
}

async function removeFolder(folder: string): Promise<string | undefined> {
  try {
    await rm(folder, { recursive: true, force: true });
    return undefined;
  } catch (error) {
    return messageOf(error);
  }
}
