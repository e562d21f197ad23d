/**
 * Puts source code into the launch directory, where Firetasks find it as they would in the source folder. Nothing is
 * overwritten but what an earlier launch has put there, and nothing is written outside.
 */
import { chmod, lstat, mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { ActionError } from '../../domain/actions/fw-action';
import type { SourceFile, SourceTree } from '../../domain/restart/source-tree';
import { hashOfBytes } from '../../launchpad/restart/find-sourcecode';
import type { Content } from '../../storage/launchpad-store';

export interface LayOut {
  readonly launchDir: string;
  readonly tree: SourceTree;
  /** Source code of earlier launches of the Firework. */
  readonly earlier: readonly SourceTree[];
  /** Whether the directory is that of an earlier launch, or a copy of it. */
  readonly recovers: boolean;
  readonly contentsOf: (hashes: ReadonlySet<string>) => AsyncIterable<Content>;
}

export async function layOut(request: LayOut): Promise<void> {
  const { launchDir, tree, contentsOf } = request;
  const ours = hashesByPath(request.earlier);
  const writing = new Map<string, SourceFile[]>();
  for (const file of tree) {
    if (await isThere(request, file, ours.get(file.path))) continue;
    const same = writing.get(file.hash);
    if (same) same.push(file);
    else writing.set(file.hash, [file]);
  }
  if (writing.size === 0) return;
  const made = new Set<string>();
  for await (const { id, bytes } of contentsOf(new Set(writing.keys()))) {
    for (const { path, executable } of writing.get(id) ?? []) {
      await makeFolder(launchDir, dirname(path), made);
      const file = join(launchDir, path);
      await writeFile(file, bytes);
      await chmod(file, executable ? 0o755 : 0o644);
    }
  }
}

function hashesByPath(trees: readonly SourceTree[]): ReadonlyMap<string, ReadonlySet<string>> {
  const hashes = new Map<string, Set<string>>();
  for (const { path, hash } of trees.flat()) hashes.set(path, (hashes.get(path) ?? new Set()).add(hash));
  return hashes;
}

/** Whether it need not be written; throws ActionError where something else is in its place. */
async function isThere(
  { launchDir, recovers }: LayOut,
  { path, hash }: SourceFile,
  ours: ReadonlySet<string> = new Set(),
): Promise<boolean> {
  const file = join(launchDir, path);
  const found = await lstat(file).catch(() => undefined);
  if (!found) return false;
  const present = found.isFile() ? hashOfBytes(await readFile(file)) : undefined;
  if (present === hash) return true;
  if (present !== undefined && ours.has(present)) return false;
  // A Firetask of the launch that is resumed has changed it, and the next ones count on that.
  if (present !== undefined && recovers && ours.has(hash)) return true;
  throw new ActionError(
    `${file} is there already, and is not what the source code of this Firework has: nothing is overwritten; ` +
      'run it in a folder of its own (rlaunch rapidfire), or move the file away',
  );
}

/** Name by name: a link in between could lead anywhere. */
async function makeFolder(root: string, folder: string, made: Set<string>): Promise<void> {
  if (folder === '.' || made.has(folder)) return;
  await makeFolder(root, dirname(folder), made);
  const path = join(root, folder);
  const found = await lstat(path).catch(() => undefined);
  if (!found) await mkdir(path);
  else if (!found.isDirectory())
    throw new ActionError(`${path} is there already, and is no folder: source code cannot be put into it`);
  made.add(folder);
}
