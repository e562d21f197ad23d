/** Reading Fireworks, as much of the spec as asked for. */
import type { Firework } from '../../domain/model';
import { fromBson } from '../bson-values';
import { fireworkFromDocument, type StoredDocument } from '../documents';
import {
  CONTROL_SPEC_KEYS,
  QUEUE_SPEC_KEYS,
  type FireworkFields,
  type FireworkSelection,
} from '../launchpad-store';
import type { EmbeddedDatabase } from './lmdb/database';
import { selectByIndex, selectFireworks } from './select-fireworks';

export async function* findFireworks(
  database: EmbeddedDatabase,
  selection: FireworkSelection,
  fields: FireworkFields,
): AsyncIterable<Firework> {
  for await (const { doc } of selectFireworks(database, selection)) yield readFirework(doc, fields);
}

/** Takes the document over: what is fresh from the file is changed in place. */
export function readFirework(doc: StoredDocument, fields: FireworkFields): Firework {
  const spec = { ...doc, spec: specFor(doc['spec'] as StoredDocument | undefined, fields) };
  return fireworkFromDocument(fromBson(spec) as StoredDocument);
}

function specFor(spec: StoredDocument = {}, fields: FireworkFields): StoredDocument {
  if (fields === 'all') return spec;
  if (fields === 'summary') return {};
  const wanted: readonly string[] = fields === 'queue' ? QUEUE_SPEC_KEYS : CONTROL_SPEC_KEYS;
  const keys = wanted.filter((key) => Object.hasOwn(spec, key));
  return Object.fromEntries(keys.map((key) => [key, spec[key]]));
}

export async function findFireworkIds(
  database: EmbeddedDatabase,
  selection: FireworkSelection,
): Promise<readonly number[]> {
  const indexed = selectByIndex(database, selection);
  if (indexed) return selection.limit ? indexed.slice(0, selection.limit) : indexed;
  const ids: number[] = [];
  for await (const { fwId } of selectFireworks(database, selection)) ids.push(fwId);
  return ids;
}

export async function countFireworks(
  database: EmbeddedDatabase,
  selection: FireworkSelection,
): Promise<number> {
  const { sort: _order, ...unsorted } = selection;
  return (await findFireworkIds(database, unsorted)).length;
}
