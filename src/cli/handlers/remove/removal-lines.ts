/** FireWorks' lines about what was deleted, and what became of folders. */
import {
  foldersInUse,
  foldersOf,
  removeFolders,
  type FolderOutcome,
} from '../../../launchpad/remove/launch-folders';
import type { LaunchPadStore } from '../../../storage/launchpad-store';
import type { WholeDocument } from '../../../storage/whole-documents';
import { counted } from '../../output/counted';
import type { CommandContext } from '../../program/define-command';

export interface Removed {
  readonly fwIds: readonly number[];
  readonly launches: readonly WholeDocument[];
}

export function idsOfLaunches(launches: readonly WholeDocument[]): readonly number[] {
  return launches.map(({ id }) => Number(id)).sort((one, other) => one - other);
}

/** As Python prints lists. */
export function removalLines({ fwIds, launches }: Removed, withFolders: boolean): readonly string[] {
  const folders = foldersOf(launches).map((folder) => `'${folder}'`);
  return [
    ...(withFolders ? [`Remove folders [${folders.join(', ')}]\n`] : []),
    `Remove fws [${fwIds.join(', ')}]\n`,
    `Remove launches [${idsOfLaunches(launches).join(', ')}]\n`,
  ];
}

/** The folders of launches that the database knows no more; those that stay are named. */
export async function clearFolders(
  store: LaunchPadStore,
  launches: readonly WholeDocument[],
  { io, say, warn }: CommandContext,
): Promise<readonly FolderOutcome[]> {
  const inUse = await foldersInUse(store, launches, io.cwd);
  const outcomes = await removeFolders(foldersOf(launches), inUse);
  for (const { folder, outcome, reason } of outcomes)
    if (outcome === 'kept') warn(`the folder ${folder} stays: ${reason ?? ''}`);
  const removed = outcomes.filter(({ outcome }) => outcome === 'removed').length;
  if (outcomes.length > 0) say(`${counted(removed, 'launch folder')} removed.`);
  return outcomes;
}
