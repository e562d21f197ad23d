/** Reading and changing Launches. */
import { ObjectId } from 'bson';
import type { LaunchRecord } from '../../domain/launch-record';
import type { Launch, LaunchEffects, ValueObject } from '../../domain/model';
import { fromBson } from '../bson-values';
import { launchFromDocument, launchToDocument, storedName, type StoredDocument } from '../documents';
import type { LaunchFields, LaunchUpdate, Query } from '../launchpad-store';
import { putLaunchRecord } from './launch-records';
import { getEach, keysUnder, scan } from './lmdb/chunks';
import type { EmbeddedDatabase } from './lmdb/database';
import { peekText } from './lmdb/peek-text';
import { decode } from './lmdb/stored-bytes';
import { splitQuery } from './query/indexed-conditions';
import { createMatcher } from './query/matcher';
import { getForChange, putLaunch, reservationKey } from './lmdb/put-documents';

export async function* findLaunches(
  database: EmbeddedDatabase,
  ids: readonly number[],
  fields: LaunchFields,
): AsyncIterable<Launch> {
  const wanted = [...new Set(ids)].sort((one, other) => one - other);
  for await (const { bytes } of getEach(database, ({ launches }) => launches, wanted)) {
    const { action, trackers, ...brief } = decode(bytes);
    yield readLaunch(fields === 'brief' ? brief : { ...brief, action, trackers });
  }
}

export async function* queryLaunches(
  database: EmbeddedDatabase,
  where: Query,
  fields: LaunchFields,
): AsyncIterable<Launch> {
  const matches = createMatcher(where);
  const { states } = splitQuery(where, 'launch_id');
  for await (const { bytes } of scan(database, ({ launches }) => launches)) {
    const state = states && peekText(bytes, 'state');
    if (state !== undefined && !states?.has(state)) continue;
    const doc = decode(bytes);
    if (!matches(doc)) continue;
    const { action, trackers, ...brief } = doc;
    yield readLaunch(fields === 'brief' ? brief : { ...brief, action, trackers });
  }
}

export async function* findLaunchEffects(
  database: EmbeddedDatabase,
  ids: readonly number[],
): AsyncIterable<LaunchEffects> {
  for await (const { launchId, state, action, runtimeSecs } of findLaunches(database, ids, 'all')) {
    const did: ValueObject = state === 'COMPLETED' ? (action ?? {}) : {};
    const sizeOf = (key: string): number => Object.keys(did[key] ?? {}).length;
    yield {
      launchId,
      runtimeSecs: runtimeSecs ?? 0,
      added: sizeOf('additions') + sizeOf('detours') + sizeOf('append_wfs'),
      changedSpecs: sizeOf('mod_spec') + sizeOf('update_spec') > 0,
    };
  }
}

function readLaunch(doc: StoredDocument): Launch {
  return launchFromDocument(fromBson(doc) as StoredDocument);
}

export function findFireworksOfLaunches(
  database: EmbeddedDatabase,
  launchIds: readonly number[],
): ReadonlyMap<number, readonly number[]> {
  return database.read(({ fireworksByLaunch }) => {
    const owners = [...new Set(launchIds)].map((id) => [id, keysUnder(fireworksByLaunch, id)] as const);
    return new Map(owners.filter(([, fwIds]) => fwIds.length > 0));
  });
}

export function findLaunchByReservation(
  database: EmbeddedDatabase,
  reservationId: string,
): Launch | undefined {
  return database.read(({ launches, launchesByReservation }) => {
    for (const launchId of keysUnder(launchesByReservation, reservationKey(reservationId))) {
      const bytes = launches.getBinary(launchId);
      const launch = bytes && readLaunch(decode(bytes));
      if (launch?.stateHistory.some((entry) => entry.reservation_id === reservationId)) return launch;
    }
    return undefined;
  });
}

/** Replaces one that exists: a reservation that starts keeps its launch_id. */
export function insertLaunch(database: EmbeddedDatabase, launch: Launch, record?: LaunchRecord): void {
  database.write((tables) => {
    if (record) putLaunchRecord(tables, record);
    const before = getForChange(tables.launches, launch.launchId);
    putLaunch(tables, { _id: before?.['_id'] ?? new ObjectId(), ...launchToDocument(launch) }, before);
  });
}

export function updateLaunch(database: EmbeddedDatabase, update: LaunchUpdate): boolean {
  const { launchId, onlyWhile, ...fields } = update;
  return database.write((tables) => {
    const before = getForChange(tables.launches, launchId);
    if (!before || !onlyWhile.some((state) => state === before['state'])) return false;
    const after: StoredDocument = { ...before };
    for (const [name, value] of Object.entries(fields)) after[storedName(name)] = value;
    putLaunch(tables, after, before);
    return true;
  });
}
