/** The source code of a Firework, for who asks for it by its id: with the reason where there is none. */
import type { SourceFile } from '../../domain/restart/source-tree';
import type { Firework } from '../../domain/model';
import { LpadError } from '../../errors';
import type { LaunchPadStore } from '../../storage/launchpad-store';
import { findSourcecodes, readSources, wholeSourcecode, type WholeSourcecode } from './find-sourcecode';

export type { WholeSourcecode } from './find-sourcecode';

/** That of its last launch, or of the one that is named. Throws NOT_FOUND, DAMAGED_STORE. */
export async function getSourcecode(
  store: LaunchPadStore,
  fwId: number,
  launchId?: number,
): Promise<WholeSourcecode> {
  const firework = await getFirework(store, fwId);
  const all = [...firework.archivedLaunches, ...firework.launches];
  if (launchId !== undefined && !all.includes(launchId)) {
    const launches = all.length === 0 ? 'none' : [...all].sort((one, other) => one - other).join(', ');
    throw notFound(
      `launch ${String(launchId)} is no launch of Firework ${String(fwId)}, which has ${launches}`,
    );
  }
  const found = await findSourcecodes(store, launchId === undefined ? all : [launchId]);
  const last = found.at(-1);
  if (!last) throw notFound(`Firework ${String(fwId)} ${whyNone(firework, launchId)}`);
  return wholeSourcecode(last);
}

async function getFirework(store: LaunchPadStore, fwId: number): Promise<Firework> {
  for await (const firework of store.findFireworks({ ids: [fwId] }, 'control')) return firework;
  throw notFound(`there is no Firework ${String(fwId)}`);
}

function whyNone({ spec, launches, archivedLaunches }: Firework, launchId: number | undefined): string {
  if (spec['_sourcecode'] === undefined) return 'has no source code: there is no _sourcecode in its spec';
  if (launches.length + archivedLaunches.length === 0)
    return 'has no source code yet: it is kept when it is launched';
  const which = launchId === undefined ? '' : ` in launch ${String(launchId)}`;
  return `has no source code${which}: FireWorks' rocket keeps none, and neither does one without the database`;
}

/** Throws DAMAGED_STORE. */
export async function readSource(
  store: LaunchPadStore,
  sourcecode: WholeSourcecode,
  { hash }: SourceFile,
): Promise<Uint8Array> {
  for await (const { bytes } of readSources(store, sourcecode, new Set([hash]))) return bytes;
  throw new Error('what is missing was to be an error');
}

function notFound(message: string): LpadError {
  return new LpadError('NOT_FOUND', message);
}
