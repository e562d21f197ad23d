/** Stores documents of an export with the very bytes that MongoDB would have, all in one transaction. */
import { LpadError } from '../../../errors';
import { toNumber } from '../../bson-values';
import type { StoredDocument } from '../../documents';
import type { RawDocument } from '../../whole-documents';
import type { EmbeddedDatabase, Tables } from '../lmdb/database';
import { putFirework, putLaunch, putWorkflow } from '../lmdb/put-documents';
import { decode, encode } from '../lmdb/stored-bytes';

export function insertRaw(database: EmbeddedDatabase, documents: readonly RawDocument[]): void {
  database.write((tables) => {
    for (const document of documents) insertOne(tables, document);
  });
}

function insertOne(tables: Tables, { collection, document }: RawDocument): void {
  // A Map keeps the order of its keys; bson writes it like an object.
  const bytes = encode(document as unknown as StoredDocument);
  const doc = decode(bytes);
  switch (collection) {
    case 'fireworks': {
      const fwId = toNumber(doc['fw_id']);
      refusePresent(tables.fireworks.doesExist(fwId), `Firework ${fwId}`);
      putFirework(tables, doc);
      // What was put was an object, whose keys may be in another order.
      tables.fireworks.putSync(fwId, bytes);
      return;
    }
    case 'launches': {
      const launchId = toNumber(doc['launch_id']);
      refusePresent(tables.launches.doesExist(launchId), `launch ${launchId}`);
      putLaunch(tables, doc);
      tables.launches.putSync(launchId, bytes);
      return;
    }
    case 'workflows': {
      const key = String(doc['_id']);
      refusePresent(tables.workflows.doesExist(key), `the workflow ${key}`);
      putWorkflow(tables, key, doc);
      tables.workflows.putSync(key, bytes);
      return;
    }
    case 'lpad_launch_records': {
      const launchId = toNumber(doc['_id']);
      refusePresent(tables.launchRecords.doesExist(launchId), `the record of launch ${launchId}`);
      tables.launchRecords.putSync(launchId, bytes);
      return;
    }
    case 'offline_runs': {
      const launchId = toNumber(doc['launch_id']);
      refusePresent(tables.offlineRuns.doesExist(launchId), `the offline run of launch ${launchId}`);
      tables.offlineRuns.putSync(launchId, bytes);
      return;
    }
    case 'lpad_quarantine': {
      const fwId = toNumber(doc['_id']);
      refusePresent(tables.quarantines.doesExist(fwId), `the quarantine of Firework ${fwId}`);
      tables.quarantines.putSync(fwId, bytes);
      return;
    }
    case 'fw_gridfs.files':
    case 'fw_gridfs.chunks': {
      const key: [string, string] = [collection, String(doc['_id'])];
      refusePresent(tables.foreignDocuments.doesExist(key), key.join(' '));
      tables.foreignDocuments.putSync(key, bytes);
      return;
    }
    case 'lpad_sourcecode.files':
    case 'lpad_sourcecode.chunks':
      // Who else has stored it has stored the same.
      tables.foreignDocuments.putSync([collection, String(doc['_id'])], bytes);
  }
}

function refusePresent(isPresent: boolean, what: string): void {
  if (isPresent) throw new LpadError('ALREADY_THERE', `${what} is in the database already`);
}
