/** Which entries of the cache are meant, and how they are shown. */
import type { ListedEntry } from '../../../launchpad/cache/list-entries';
import type { CacheSelection } from '../../../storage/cache-store';
import type { CacheListArgs } from '../../commands/cache/cache';
import { parseIds } from '../../../specs/typed/parse-ids';

export function toCacheSelection({ namespace, fwId }: CacheListArgs): CacheSelection {
  return {
    ...(namespace.length > 0 ? { namespaces: namespace } : {}),
    ...(fwId.length > 0 ? { fwIds: parseIds(fwId) } : {}),
  };
}

export function entryItem(entry: ListedEntry): Readonly<Record<string, unknown>> {
  return {
    namespace: entry.namespace,
    key: entry.key,
    name: entry.name,
    fw_id: entry.fwId,
    launch_id: entry.launchId,
    created_on: entry.createdOn,
    usable: entry.isUsable,
  };
}
