/** Selections as filters of MongoDB, and the order of what they find. */
import type { Document, Filter } from 'mongodb';
import { toNumbers } from '../../bson-values';
import type { StoredDocument } from '../../documents';
import type { FireworkSelection, Query, SortOrder } from '../../launchpad-store';
import type { MongoConnection } from '../connection';
import { fireworksFailedWith } from './find-failures';

/** A list of ids this long stays well below the 16 MiB of a command. */
const CHUNK = 100_000;

export function chunksOf<Item>(items: readonly Item[], size = CHUNK): readonly (readonly Item[])[] {
  const chunks: Item[][] = [];
  for (let start = 0; start < items.length; start += size) chunks.push(items.slice(start, start + size));
  return chunks;
}

export function allOf(conditions: readonly Query[]): Filter<StoredDocument> {
  const given = conditions.filter((condition) => Object.keys(condition).length > 0);
  if (given.length > 1) return { $and: given };
  return given[0] ?? {};
}

/**
 * The filters on `fireworks` that together make a selection: several where the list of ids is too long for one. Queries
 * on launches are answered first, and become conditions on the active launches.
 */
export async function fireworkFilters(
  connection: MongoConnection,
  { ids, where, activeLaunch = [], failedWith }: FireworkSelection,
): Promise<readonly Filter<StoredDocument>[]> {
  const conditions: Query[] = where ? [where] : [];
  let candidates = ids;
  for (const query of activeLaunch) {
    const found = await fireworksWithActiveLaunch(connection, query, candidates);
    candidates = found;
  }
  if (failedWith)
    candidates = await fireworksFailedWith(connection, failedWith, filtersOn(candidates, conditions));
  return filtersOn(candidates, conditions);
}

function filtersOn(
  candidates: readonly number[] | undefined,
  conditions: readonly Query[],
): readonly Filter<StoredDocument>[] {
  if (candidates === undefined) return [allOf(conditions)];
  // In order, so that the chunks one after the other are the selection in its order.
  const inOrder = [...new Set(candidates)].sort((one, other) => one - other);
  return chunksOf(inOrder).map((chunk) => allOf([{ fw_id: { $in: chunk } }, ...conditions]));
}

/** Archived launches match as well: only those that a Firework lists as active count. */
async function fireworksWithActiveLaunch(
  { fireworks, launches }: MongoConnection,
  query: Query,
  candidates: readonly number[] | undefined,
): Promise<readonly number[]> {
  const allowed = candidates && new Set(candidates);
  const matching = launches.find(query as Filter<StoredDocument>, { projection: { _id: 0, launch_id: 1 } });
  const launchIds = (await matching.toArray()).map((doc) => doc['launch_id']);
  const found = new Set<number>();
  for (const chunk of chunksOf(launchIds)) {
    const owners = fireworks.find({ launches: { $in: chunk } }, { projection: { _id: 0, fw_id: 1 } });
    for await (const doc of owners) {
      const [fwId] = toNumbers([doc['fw_id']]);
      if (fwId !== undefined && (!allowed || allowed.has(fwId))) found.add(fwId);
    }
  }
  return [...found];
}

/** Texts that are dates sort as dates: `updated_on` is one or the other. What is neither comes first. */
export function sortStages(
  { field, direction }: { readonly field: string; readonly direction: SortOrder['direction'] },
  tieBreak: string,
): Document[] {
  const date = { $convert: { input: `$${field}`, to: 'date', onError: null, onNull: null } };
  return [
    { $addFields: { _sort: date } },
    { $sort: { _sort: direction, [tieBreak]: 1 } },
    { $unset: '_sort' },
  ];
}
