/**
 * `--needed`: which Fireworks need no rerun, because what they would run with has completed already: as their own last run,
 * or as one of another Firework of the same name.
 */
import { createHash } from 'node:crypto';
import type { Firework, ValueObject } from '../../domain/model';
import type { CompletedRun, Unneeded } from '../../domain/restart/needed';
import { parametersAfter, parametersKey, sameParameters } from '../../domain/restart/parameters';
import { findMisfit, type SpecEdit } from '../../domain/rerun/spec-edit';
import type { LaunchPadStore } from '../../storage/launchpad-store';
import { inBatches } from '../in-batches';
import { completedRuns } from './completed-runs';

/** Asked batch by batch under the lock, for Fireworks with their whole specs. */
export type FindUnneeded = (
  store: LaunchPadStore,
  fireworks: readonly Firework[],
) => Promise<ReadonlyMap<number, Unneeded>>;

/** Where completed runs with these parameters are: a hash of them, and the Fireworks. */
type RunsByParameters = ReadonlyMap<string, readonly number[]>;

export function createFindUnneeded(edits: readonly SpecEdit[]): FindUnneeded {
  // Of many thousands of Fireworks of a name, each is read once for the whole command.
  const known = new Map<string, Promise<RunsByParameters>>();
  const runsNamed = (store: LaunchPadStore, name: string): Promise<RunsByParameters> => {
    const found = known.get(name) ?? readRuns(store, name);
    known.set(name, found);
    return found;
  };
  return async (store, fireworks) => {
    const unneeded = new Map<number, Unneeded>();
    const own = new Map((await completedRuns(store, fireworks)).map((run) => [run.fwId, run]));
    for (const firework of fireworks) {
      const { fwId, name, spec } = firework;
      if (findMisfit(spec, edits) !== undefined) continue;
      const wanted = parametersAfter(spec, edits);
      const run = own.get(fwId);
      if (run && sameParameters(run.parameters, wanted)) {
        unneeded.set(fwId, { kind: 'unchanged', run });
        continue;
      }
      const ids = (await runsNamed(store, name)).get(hashOf(wanted)) ?? [];
      const runs = await stillThere(store, ids, firework, wanted);
      if (runs.length > 0) unneeded.set(fwId, { kind: 'matched', runs });
    }
    return unneeded;
  };
}

const BATCH = 1000;

async function readRuns(store: LaunchPadStore, name: string): Promise<RunsByParameters> {
  const runs = new Map<string, number[]>();
  const found = store.findFireworks({ where: { name, state: 'COMPLETED' } }, 'summary');
  for await (const batch of inBatches(found, BATCH)) {
    for (const { fwId, parameters } of await completedRuns(store, batch)) {
      const hash = hashOf(parameters);
      const same = runs.get(hash);
      if (same) same.push(fwId);
      else runs.set(hash, [fwId]);
    }
  }
  return runs;
}

/** They may have been rerun since they were read, by this very command also. */
async function stillThere(
  store: LaunchPadStore,
  ids: readonly number[],
  { fwId, name }: Firework,
  wanted: ValueObject,
): Promise<readonly CompletedRun[]> {
  const others = ids.filter((id) => id !== fwId);
  if (others.length === 0) return [];
  const found: Firework[] = [];
  for await (const one of store.findFireworks({ ids: others, where: { name } }, 'summary')) found.push(one);
  const runs = await completedRuns(store, found);
  return runs.filter(({ parameters }) => sameParameters(parameters, wanted));
}

function hashOf(parameters: ValueObject): string {
  return createHash('sha256').update(parametersKey(parameters)).digest('base64');
}
