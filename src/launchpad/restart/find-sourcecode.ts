/** The source code that launches ran with, from their records. */
import { createHash } from 'node:crypto';
import { readSourceTree, sourceTreeText, type SourceTree } from '../../domain/restart/source-tree';
import { LpadError } from '../../errors';
import type { Content, LaunchPadStore } from '../../storage/launchpad-store';

export interface Sourcecode {
  /** The launch that it was noted with. */
  readonly launchId: number;
  /** Of the tree. */
  readonly hash: string;
  /** Undefined when it is damaged: who needs it asks for {@link wholeSourcecode}. */
  readonly tree: SourceTree | undefined;
}

export interface WholeSourcecode extends Sourcecode {
  readonly tree: SourceTree;
}

/** Throws DAMAGED_STORE. */
export function wholeSourcecode({ launchId, hash, tree }: Sourcecode): WholeSourcecode {
  if (!tree) throw damaged(launchId, `its list of files (${hash})`);
  return { launchId, hash, tree };
}

/** Of those of these launches that have source code, by ascending launch_id; each tree is read once. */
export async function findSourcecodes(
  store: LaunchPadStore,
  launchIds: readonly number[],
): Promise<readonly Sourcecode[]> {
  const noted: { readonly launchId: number; readonly hash: string }[] = [];
  if (launchIds.length === 0) return [];
  for await (const { launchId, sourcecode } of store.findLaunchRecords(launchIds))
    if (sourcecode !== undefined) noted.push({ launchId, hash: sourcecode });
  if (noted.length === 0) return [];
  const trees = new Map<string, SourceTree>();
  for await (const content of store.readContents(noted.map(({ hash }) => hash))) {
    const tree = isWhole(content) ? readSourceTree(Buffer.from(content.bytes).toString('utf8')) : undefined;
    if (tree) trees.set(content.id, tree);
  }
  return noted.map(({ launchId, hash }) => ({ launchId, hash, tree: trees.get(hash) }));
}

/** What stands under these hashes; throws DAMAGED_STORE when something is missing, or is not what its hash says. */
export async function* readSources(
  store: LaunchPadStore,
  { launchId }: Pick<Sourcecode, 'launchId'>,
  hashes: ReadonlySet<string>,
): AsyncGenerator<Content> {
  const missing = new Set(hashes);
  for await (const content of store.readContents([...hashes])) {
    if (!isWhole(content)) continue;
    missing.delete(content.id);
    yield content;
  }
  for (const hash of missing) throw damaged(launchId, hash);
}

/** The tree under its hash, to be stored beside the files. */
export function treeContent(tree: SourceTree): Content {
  const bytes = Buffer.from(sourceTreeText(tree), 'utf8');
  return { id: hashOfBytes(bytes), bytes };
}

export function hashOfBytes(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

function isWhole({ id, bytes }: Content): boolean {
  return hashOfBytes(bytes) === id;
}

function damaged(launchId: number, what: string): LpadError {
  return new LpadError(
    'DAMAGED_STORE',
    `the source code of launch ${String(launchId)} is not whole in the database: ${what} is missing or damaged`,
    { hint: 'lpad rerun_fws -i ID --force-sourcecode   (takes the source code of today)' },
  );
}
