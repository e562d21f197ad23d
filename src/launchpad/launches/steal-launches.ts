/** Duplicates (semantics.md, section 7): a Firework whose exact spec was launched before takes over these launches. */
import { isObject, type Firework } from '../../domain/model';
import type { LaunchPadStore } from '../../storage/launchpad-store';
import { refreshWorkflows } from '../refresh/refresh-workflows';
import { DUPE_FINDERS } from './worker-query';

/** Ids of the Fireworks that it shares launches with now; empty when it is unique and must run. */
export async function stealLaunches(
  store: LaunchPadStore,
  thief: Firework,
  now: () => Date,
): Promise<readonly number[]> {
  const finder = thief.spec['_dupefinder'];
  if (!isObject(finder) || !DUPE_FINDERS.includes(String(finder['_fw_name']))) return [];
  const stolen = new Set<number>();
  const victims: number[] = [];
  // MongoDB's equality counts the order of keys, as FireWorks' duplicate finder does with it.
  const where = { $and: [{ launches: { $ne: [] } }, { spec: thief.spec }] };
  for await (const victim of store.findFireworks({ where }, 'summary')) {
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
