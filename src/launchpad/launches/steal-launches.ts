/** Duplicates (semantics.md, section 7): what its duplicate finder says was launched before, a Firework takes over. */
import { isObject, type Firework, type ValueObject } from '../../domain/model';
import { LpadError, messageOf } from '../../errors';
import { plain } from '../../specs/plain-values';
import type { LaunchPadStore } from '../../storage/launchpad-store';
import { refreshWorkflows } from '../refresh/refresh-workflows';
import { findDupeFinder, type DupeFinder } from './dupe-finders';

/** Ids of the Fireworks that it shares launches with now; empty when it is unique and must run. */
export async function stealLaunches(
  store: LaunchPadStore,
  thief: Firework,
  finders: readonly DupeFinder[],
  now: () => Date,
): Promise<readonly number[]> {
  const named = thief.spec['_dupefinder'];
  const finder = isObject(named) ? findDupeFinder(finders, named['_fw_name']) : undefined;
  if (!finder) return [];
  const stolen = new Set<number>();
  const victims: number[] = [];
  for (const victim of await findDuplicates(store, thief, finder)) {
    const valuable = victim.launches.filter((id) => !thief.launches.includes(id) && !stolen.has(id));
    if (valuable.length === 0) continue;
    for (const id of valuable) stolen.add(id);
    victims.push(victim.fwId);
  }
  if (stolen.size === 0) return [];
  await refreshWorkflows(store, {
    fwIds: [thief.fwId],
    now,
    added: new Map([[thief.fwId, [...stolen]]]),
    edit: (draft) => {
      for (const id of stolen) draft.addLaunch(thief.fwId, id);
    },
  });
  return victims;
}

async function findDuplicates(
  store: LaunchPadStore,
  { fwId, spec: typed }: Firework,
  { name, query, verify }: DupeFinder,
): Promise<readonly Firework[]> {
  const spec = plain(typed) as ValueObject;
  const found: Firework[] = [];
  try {
    const where = query(spec, typed);
    for await (const victim of store.findFireworks({ where }, verify ? 'all' : 'summary')) {
      if (!verify || (await verify(spec, plain(victim.spec) as ValueObject))) found.push(victim);
    }
  } catch (error) {
    throw new LpadError(
      'FAILED',
      `the duplicate finder ${name} of Firework ${String(fwId)} failed: ${messageOf(error)}`,
      { cause: error },
    );
  }
  return found;
}
