/** The Fireworks of a selection, as their documents: by ids or by state where that is asked for, else by a scan. */
import type { Value } from '../../domain/model';
import { timestampMillis } from '../../domain/timestamps';
import { toNumbers } from '../bson-values';
import type { StoredDocument } from '../documents';
import type { FireworkSelection, Query, SortOrder } from '../launchpad-store';
import { hasFailedWith } from './find-failures';
import { getEach, keysUnder, scan, type Entry } from './lmdb/chunks';
import type { EmbeddedDatabase } from './lmdb/database';
import { decode } from './lmdb/stored-bytes';
import { splitQuery, type IndexedConditions } from './query/indexed-conditions';
import { createMatcher, type Matcher } from './query/matcher';

export interface Selected {
  readonly fwId: number;
  readonly doc: StoredDocument;
}

/** In the order, and as many, as the selection says. */
export async function* selectFireworks(
  database: EmbeddedDatabase,
  selection: FireworkSelection,
): AsyncGenerator<Selected> {
  const { limit = 0, sort } = selection;
  const found = sort ? sortSelected(database, selection, sort) : matchFireworks(database, selection);
  let count = 0;
  for await (const one of found) {
    yield one;
    count += 1;
    if (count === limit) return;
  }
}

/** Ids of a selection that the indexes answer alone, ascending; undefined when documents must be read. */
export function selectByIndex(
  database: EmbeddedDatabase,
  { ids, where, activeLaunch = [], failedWith, sort }: FireworkSelection,
): readonly number[] | undefined {
  const conditions = splitQuery(where, 'fw_id');
  if (sort || failedWith || activeLaunch.length > 0 || conditions.names || conditions.rest.length > 0)
    return undefined;
  const { states } = conditions;
  const asked = askedIds(ids, conditions);
  return database.read((tables) => {
    if (asked && states) return undefined;
    if (asked) return asked.filter((id) => tables.fireworks.doesExist(id));
    if (states) return ascending([...states].flatMap((state) => keysUnder(tables.fireworksByState, state)));
    return [...tables.fireworks.getKeys()];
  });
}

async function* matchFireworks(
  database: EmbeddedDatabase,
  { ids, where, activeLaunch = [], failedWith }: FireworkSelection,
): AsyncGenerator<Selected> {
  const fingerprints = failedWith && new Set(failedWith);
  const conditions = splitQuery(fingerprints ? fizzledAnd(where) : where, 'fw_id');
  const matchers = conditions.rest.map(createMatcher);
  const launchMatchers = activeLaunch.map(createMatcher);
  for await (const { key, bytes } of readCandidates(database, conditions, askedIds(ids, conditions))) {
    const doc = decode(bytes);
    if (!isIndexMatch(doc, conditions) || !matchers.every((matches) => matches(doc))) continue;
    if (launchMatchers.length > 0 && !hasActiveLaunch(database, doc, launchMatchers)) continue;
    if (fingerprints && !(await hasFailedWith(database, doc, fingerprints))) continue;
    yield { fwId: key, doc };
  }
}

function fizzledAnd(where: Query | undefined): Query {
  return where ? { $and: [{ state: 'FIZZLED' }, where] } : { state: 'FIZZLED' };
}

function askedIds(
  ids: readonly number[] | undefined,
  { ids: queried }: IndexedConditions,
): readonly number[] | undefined {
  if (!ids) return queried && ascending([...queried]);
  return ascending([...new Set(queried ? ids.filter((id) => queried.has(id)) : ids)]);
}

function ascending(ids: readonly number[]): readonly number[] {
  return ids.toSorted((one, other) => one - other);
}

function readCandidates(
  database: EmbeddedDatabase,
  { states }: IndexedConditions,
  asked: readonly number[] | undefined,
): AsyncIterable<Entry<number>> {
  if (asked) return getEach(database, ({ fireworks }) => fireworks, asked);
  if (!states) return scan(database, ({ fireworks }) => fireworks);
  const inStates = database.read(({ fireworksByState }) =>
    [...states].flatMap((state) => keysUnder(fireworksByState, state)),
  );
  return getEach(database, ({ fireworks }) => fireworks, ascending(inStates));
}

/** Asked again of the document, which may be newer than the index entry that led to it. */
export function isIndexMatch(doc: StoredDocument, { states, names }: IndexedConditions): boolean {
  if (states && !states.has(String(doc['state']))) return false;
  return !names || [doc['name']].flat().some((name) => typeof name === 'string' && names.has(name));
}

/** For each query, one of the active launches matches. */
function hasActiveLaunch(
  database: EmbeddedDatabase,
  doc: StoredDocument,
  matchers: readonly Matcher[],
): boolean {
  const launches = database.read((tables) =>
    toNumbers(doc['launches']).flatMap((id) => tables.launches.getBinary(id) ?? []),
  );
  const docs = launches.map(decode);
  return matchers.every((matches) => docs.some(matches));
}

/** Only ids and dates are kept while sorting: the documents are read again, in their order. */
async function* sortSelected(
  database: EmbeddedDatabase,
  selection: FireworkSelection,
  sort: SortOrder,
): AsyncGenerator<Selected> {
  const dated: { readonly key: number; readonly millis: number }[] = [];
  for await (const { fwId, doc } of matchFireworks(database, selection)) {
    dated.push({ key: fwId, millis: sortMillis(doc[sort.field]) });
  }
  const keys = sortByDate(dated, sort).map(({ key }) => key);
  for await (const { key, bytes } of getEach(database, ({ fireworks }) => fireworks, keys)) {
    yield { fwId: key, doc: decode(bytes) };
  }
}

/** What is no date comes before all dates. */
export function sortMillis(value: Value): number {
  const millis = typeof value === 'string' || value instanceof Date ? timestampMillis(value) : NaN;
  return Number.isNaN(millis) ? -Infinity : millis;
}

/** Dates that are equal by ascending key, whatever the direction. */
export function sortByDate<Dated extends { readonly key: number | string; readonly millis: number }>(
  dated: readonly Dated[],
  { direction }: SortOrder,
): readonly Dated[] {
  return dated.toSorted((one, other) => {
    if (one.millis !== other.millis) return one.millis < other.millis ? -direction : direction;
    return one.key < other.key ? -1 : 1;
  });
}
