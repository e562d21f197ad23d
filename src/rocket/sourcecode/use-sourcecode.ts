/**
 * `spec._sourcecode`: the first launch keeps what is in the folder, and every launch runs a copy of what was kept, until a
 * rerun asks for the source code of that day.
 */
import { realpath } from 'node:fs/promises';
import type { ValueObject } from '../../domain/model';
import type { SourceTree } from '../../domain/restart/source-tree';
import {
  findSourcecodes,
  readSources,
  treeContent,
  wholeSourcecode,
  type Sourcecode,
} from '../../launchpad/restart/find-sourcecode';
import type { Content, LaunchPadStore } from '../../storage/launchpad-store';
import type { Flight } from '../flight/flight';
import { layOut } from './lay-out';
import { sourceSpecOf, type SourceSpec } from './source-spec';
import { takeSnapshot, type Snapshot } from './take-snapshot';

/** Before the first Firetask, in the directory that it runs in. Throws ActionError for what cannot be done. */
export async function useSourcecode(
  flight: Flight,
  /** With the values that markers in it became. */
  spec: ValueObject,
  { launchDir, recovers }: { readonly launchDir: string; readonly recovers: boolean },
): Promise<void> {
  const { firework, live, store, logger } = flight;
  const wanted = sourceSpecOf(spec, { cwd: process.cwd(), env: process.env });
  if (!wanted) return;
  const { launchId } = live.launch;
  if (!store) {
    logger.warn('a run without the database keeps no source code: it takes that of today');
    const { tree, contents } = await takeSnapshot({ ...wanted, launchDir, logger });
    await layOut({ launchDir, tree, earlier: [], recovers, contentsOf: from(contents) });
    return;
  }
  const ids = [...firework.archivedLaunches, ...firework.launches].filter((id) => id !== launchId);
  const earlier = await findSourcecodes(store, ids);
  const last = earlier.at(-1);
  // Of a spec that was copied from another Firework it is a launch of that one, and means nothing here.
  const afterLaunch = ids.includes(wanted.afterLaunch) ? wanted.afterLaunch : 0;
  const kept = last && last.launchId > afterLaunch ? wholeSourcecode(last) : undefined;
  // Who runs in the source folder itself has nothing of his overwritten, whatever was kept once.
  const isOwn = await isSameFolder(wanted.dir, launchDir);
  const surroundings = {
    launchDir,
    earlier: isOwn ? [] : earlier.flatMap(({ tree }) => (tree ? [tree] : [])),
    recovers: recovers && !isOwn,
  };
  if (kept) {
    await note(flight, store, kept.hash);
    const contentsOf = (hashes: ReadonlySet<string>): AsyncIterable<Content> =>
      readSources(store, kept, hashes);
    await layOut({ ...surroundings, tree: kept.tree, contentsOf });
    logger.info(`Source code of launch ${String(kept.launchId)}: ${filesIn(kept.tree)}`);
    return;
  }
  const { snapshot, hash } = await keep(store, wanted, { launchDir, logger });
  await note(flight, store, hash);
  const { tree, contents } = snapshot;
  await layOut({ ...surroundings, tree, contentsOf: from(contents) });
  logger.info(`Source code of ${wanted.dir}: ${filesIn(tree)}`);
}

async function isSameFolder(one: string, other: string): Promise<boolean> {
  const real = (path: string): Promise<string> => realpath(path).catch(() => path);
  return (await real(one)) === (await real(other));
}

async function keep(
  store: LaunchPadStore,
  { dir, include }: SourceSpec,
  { launchDir, logger }: { readonly launchDir: string } & Pick<Flight, 'logger'>,
): Promise<{ readonly snapshot: Snapshot } & Pick<Sourcecode, 'hash'>> {
  const snapshot = await takeSnapshot({ dir, include, launchDir, logger });
  const tree = treeContent(snapshot.tree);
  const all = [...snapshot.contents.values(), tree];
  const known = await store.findContents(all.map(({ id }) => id));
  const missing = all.filter(({ id }) => !known.has(id));
  if (missing.length > 0) await store.insertContents(missing, new Date());
  return { snapshot, hash: tree.id };
}

async function note({ live, logger }: Flight, store: LaunchPadStore, sourcecode: string): Promise<void> {
  const { launchId } = live.launch;
  if (await store.updateLaunchRecord(launchId, { sourcecode })) return;
  logger.warn(`launch ${String(launchId)} has no record: a rerun cannot know which source code it ran with`);
}

/** What has just been read. */
function from(contents: Snapshot['contents']): (hashes: ReadonlySet<string>) => AsyncIterable<Content> {
  return async function* (hashes) {
    for (const hash of hashes) {
      const content = contents.get(hash);
      if (content) yield await Promise.resolve(content);
    }
  };
}

function filesIn(tree: SourceTree): string {
  return `${String(tree.length)} ${tree.length === 1 ? 'file' : 'files'}`;
}
