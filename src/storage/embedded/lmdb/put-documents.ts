/** Writes documents together with the index entries that follow from them; only inside of a transaction. */
import type { Value } from '../../../domain/model';
import { fromBson, toNumber, toNumbers } from '../../bson-values';
import type { StoredDocument } from '../../documents';
import type { Table, Tables } from './database';
import { decodeExactly, encode } from './stored-bytes';

const NOTHING = Buffer.alloc(0);

/** A longer id of a batch queue is found by its beginning and then compared: LMDB's keys are short. */
const RESERVATION_KEY_LENGTH = 200;

export function putFirework(tables: Tables, doc: StoredDocument, before?: StoredDocument): void {
  const fwId = toNumber(doc['fw_id']);
  tables.fireworks.putSync(fwId, encode(doc));
  const state = String(doc['state']);
  if (before && before['state'] !== state)
    tables.fireworksByState.removeSync([String(before['state']), fwId]);
  tables.fireworksByState.putSync([state, fwId], state === 'READY' ? encode(claimOrder(doc)) : NOTHING);
  replaceKeys(
    tables.fireworksByLaunch,
    toNumbers(before?.['launches']).map((launch) => [launch, fwId]),
    toNumbers(doc['launches']).map((launch) => [launch, fwId]),
  );
}

/** What a claim sorts by, so that it need not read thousands of specs. */
function claimOrder(doc: StoredDocument): StoredDocument {
  const spec = doc['spec'] as StoredDocument | undefined;
  const priority = spec?.['_priority'];
  return { created_on: doc['created_on'], ...(priority === undefined ? {} : { priority }) };
}

export function putLaunch(tables: Tables, doc: StoredDocument, before?: StoredDocument): void {
  const launchId = toNumber(doc['launch_id']);
  tables.launches.putSync(launchId, encode(doc));
  replaceKeys(
    tables.launchesByReservation,
    reservationsOf(before).map((id) => [id, launchId]),
    reservationsOf(doc).map((id) => [id, launchId]),
  );
}

export function reservationKey(reservationId: string): string {
  return reservationId.slice(0, RESERVATION_KEY_LENGTH);
}

export function reservationsOf(doc: StoredDocument | undefined): readonly string[] {
  const history: readonly Value[] = Array.isArray(doc?.['state_history']) ? doc['state_history'] : [];
  const ids = history.map((entry) => (entry as StoredDocument | null)?.['reservation_id']);
  return ids.filter((id) => typeof id === 'string').map(reservationKey);
}

export function putWorkflow(tables: Tables, key: string, doc: StoredDocument, before?: StoredDocument): void {
  tables.workflows.putSync(key, encode(doc));
  const nodes = toNumbers(doc['nodes']);
  const lowest = nodes.reduce((one, other) => Math.min(one, other), Number.MAX_SAFE_INTEGER);
  tables.workflowExtents.putSync(key, encode({ lowest, size: nodes.length }));
  replaceKeys(
    tables.workflowsByMember,
    toNumbers(before?.['nodes']).map((node) => [node, key]),
    nodes.map((node) => [node, key]),
  );
}

/** The document under a key as it is to be changed, in the form of patches: writing it again changes no type. */
export function getForChange<K extends number | string>(table: Table<K>, key: K): StoredDocument | undefined {
  const bytes = table.getBinary(key);
  return bytes && (fromBson(decodeExactly(bytes)) as StoredDocument);
}

function replaceKeys<First extends string | number, Second extends string | number>(
  table: Table<[First, Second]>,
  before: readonly [First, Second][],
  after: readonly [First, Second][],
): void {
  const known = new Set(before.map(String));
  const kept = new Set(after.map(String));
  for (const key of before) if (!kept.has(String(key))) table.removeSync(key);
  for (const key of after) if (!known.has(String(key))) table.putSync(key, NOTHING);
}
