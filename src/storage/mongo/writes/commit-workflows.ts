/** The last write of a commit: the workflow documents, each releasing its lock with the same update. */
import { ObjectId, type AnyBulkWriteOperation, type Document } from 'mongodb';
import { sameValue, valueAt } from '../../../domain/same-value';
import type { DocumentChange, WorkflowPatch } from '../../../domain/patch';
import { fromBson, toNumber } from '../../bson-values';
import { storedPath, type StoredDocument } from '../../documents';
import type { LockOwner } from '../../launchpad-store';
import type { MongoConnection } from '../connection';
import { updateOf } from './update-expression';
import { RELEASE } from '../workflow-lock';
import { writeUniform } from './write-uniform';

/** What could not be written, by workflow, with the reason. */
export async function commitWorkflows(
  connection: MongoConnection,
  patches: readonly WorkflowPatch[],
  owner: LockOwner,
): Promise<ReadonlyMap<string, string>> {
  const alone = await writeUniform(connection, patches, owner);
  if (alone.length === 0) return new Map();
  const operations = alone.map((patch): AnyBulkWriteOperation<StoredDocument> => {
    const change = workflowChange(patch);
    const update = change ? updateOf(change, connection.wireVersion).expression : {};
    const filter = { _id: new ObjectId(patch.workflowKey), 'lpad_lock.owner': owner.name } as Document;
    return { updateOne: { filter, update: withRelease(update) } };
  });
  const { matchedCount } = await connection.workflows.bulkWrite(operations, { ordered: false });
  return toNumber(matchedCount) === alone.length ? new Map() : findLost(connection, alone);
}

function workflowChange({ changes }: WorkflowPatch): DocumentChange | undefined {
  return changes.find(({ collection }) => collection === 'workflows');
}

function withRelease(update: Document | Document[]): Document | Document[] {
  if (Array.isArray(update)) return [...(update as Document[]), { $unset: Object.keys(RELEASE) }];
  return { ...update, $unset: { ...(update['$unset'] as Document | undefined), ...RELEASE } };
}

/** We were so slow that our lock was taken over: whoever did it has finished this patch, or has not. */
async function findLost(
  { workflows }: MongoConnection,
  patches: readonly WorkflowPatch[],
): Promise<ReadonlyMap<string, string>> {
  const ids = patches.map(({ workflowKey }) => new ObjectId(workflowKey));
  const found = new Map<string, StoredDocument>();
  for await (const doc of workflows.find({ _id: { $in: ids } } as never)) {
    found.set(String(doc._id), fromBson(doc) as StoredDocument);
  }
  const lost = new Map<string, string>();
  for (const patch of patches) {
    const doc = found.get(patch.workflowKey);
    const fields = workflowChange(patch)?.fields ?? [];
    const written =
      doc && fields.every(({ path, after }) => sameValue(valueAt(doc, storedPath(path)), after));
    if (!written)
      lost.set(patch.workflowKey, doc ? 'the lock of its workflow was taken over' : 'its workflow is gone');
  }
  return lost;
}
