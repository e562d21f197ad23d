/** Documents as they stand, for taking them away and bringing them back. */
import type { Collection } from '../../domain/patch';
import { wholeFromDocument, type StoredDocument } from '../documents';
import type { WholeDocument, WholeSelection } from '../whole-documents';
import type { EmbeddedDatabase } from './lmdb/database';
import { getForChange } from './lmdb/put-documents';

export function findWholeDocuments(
  database: EmbeddedDatabase,
  { workflows, fwIds, launchIds }: WholeSelection,
): readonly WholeDocument[] {
  return database.read((tables) => [
    ...workflows.flatMap((key) => whole('workflows', key, getForChange(tables.workflows, key))),
    ...fwIds.flatMap((fwId) => whole('fireworks', fwId, getForChange(tables.fireworks, fwId))),
    ...fwIds.flatMap((fwId) => whole('quarantines', fwId, getForChange(tables.quarantines, fwId))),
    ...launchIds.flatMap((launchId) => [
      ...whole('launches', launchId, getForChange(tables.launches, launchId), launchId),
      ...whole('launchRecords', launchId, getForChange(tables.launchRecords, launchId), launchId),
      ...whole('offlineRuns', launchId, getForChange(tables.offlineRuns, launchId), launchId),
    ]),
  ]);
}

function whole(
  collection: Collection,
  id: number | string,
  doc: StoredDocument | undefined,
  launchId?: number,
): readonly WholeDocument[] {
  if (!doc) return [];
  return [
    { collection, id, document: wholeFromDocument(doc), ...(launchId === undefined ? {} : { launchId }) },
  ];
}
