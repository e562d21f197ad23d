/** Removes documents together with the index entries that followed from them; only inside of a transaction. */
import { toNumber, toNumbers } from '../../bson-values';
import type { StoredDocument } from '../../documents';
import type { Tables } from './database';
import { reservationsOf } from './put-documents';

export function removeFirework(tables: Tables, doc: StoredDocument): void {
  const fwId = toNumber(doc['fw_id']);
  tables.fireworks.removeSync(fwId);
  tables.fireworksByState.removeSync([String(doc['state']), fwId]);
  for (const launch of toNumbers(doc['launches'])) tables.fireworksByLaunch.removeSync([launch, fwId]);
}

export function removeLaunch(tables: Tables, doc: StoredDocument): void {
  const launchId = toNumber(doc['launch_id']);
  tables.launches.removeSync(launchId);
  for (const id of reservationsOf(doc)) tables.launchesByReservation.removeSync([id, launchId]);
}

export function removeWorkflow(tables: Tables, key: string, doc: StoredDocument): void {
  tables.workflows.removeSync(key);
  tables.workflowExtents.removeSync(key);
  for (const node of toNumbers(doc['nodes'])) tables.workflowsByMember.removeSync([node, key]);
}
