/** The last write of a commit: the workflow documents, each releasing its lock with the same update. */
import { ObjectId, type AnyBulkWriteOperation, type Document } from 'mongodb';
import { sameValue, valueAt } from '../../../domain/same-value';
import {
  insertedBy,
  isOrphanKey,
  workflowChangeOf,
  type FieldChange,
  type WorkflowPatch,
} from '../../../domain/patch';
import { fromBson, toNumber } from '../../bson-values';
import { storedPath, type StoredDocument } from '../../documents';
import type { LockOwner } from '../../launchpad-store';
import type { MongoConnection } from '../connection';
import { updateOf } from './update-expression';
import { removeWorkflows, takesWorkflow } from './commit-structure';
import { bringsClaimable, release } from './write-documents';
import { RELEASE, unlockWorkflows } from '../workflow-lock';
import { writeUniform } from './write-uniform';

/** What could not be written, by workflow, with the reason. */
export async function commitWorkflows(
  connection: MongoConnection,
  patches: readonly WorkflowPatch[],
  owner: LockOwner,
): Promise<ReadonlyMap<string, string>> {
  const lost = new Map<string, string>();
  const note = (more: ReadonlyMap<string, string>): void =>
    more.forEach((reason, key) => lost.set(key, reason));
  const [going, staying] = parted(patches, takesWorkflow);
  note(await removeWorkflows(connection, going, owner));
  const [growing, plain] = parted(staying, bringsClaimable);
  note(await writeAlone(connection, growing, owner, (update) => update));
  // The workflows know their new members now: rockets may have them, and others the lock.
  const grown = growing.filter(({ workflowKey }) => !lost.has(workflowKey));
  await release(
    connection,
    grown.flatMap(({ changes }) => changes),
  );
  const keys = grown.map(({ workflowKey }) => workflowKey);
  if (keys.length > 0) await unlockWorkflows(connection, keys, owner);
  const alone = await writeUniform(connection, plain, owner);
  note(await writeAlone(connection, alone, owner, withRelease));
  return lost;
}

function parted<Item>(items: readonly Item[], holds: (item: Item) => boolean): readonly [Item[], Item[]] {
  return [items.filter(holds), items.filter((item) => !holds(item))];
}

type Update = Document | Document[];

async function writeAlone(
  connection: MongoConnection,
  patches: readonly WorkflowPatch[],
  owner: LockOwner,
  finished: (update: Update) => Update,
): Promise<ReadonlyMap<string, string>> {
  const alone = patches.filter(({ workflowKey }) => !isOrphanKey(workflowKey));
  if (alone.length === 0) return new Map();
  const operations = alone.map((patch): AnyBulkWriteOperation<StoredDocument> => {
    const change = workflowChangeOf(patch);
    const changes = change && !insertedBy(change);
    const update = finished(changes ? updateOf(change, connection.wireVersion).expression : {});
    const filter = { _id: new ObjectId(patch.workflowKey), 'lpad_lock.owner': owner.name } as Document;
    // MongoDB takes no update that says nothing.
    const nothing = { $set: { 'lpad_lock.owner': owner.name } } as Document;
    return { updateOne: { filter, update: isEmpty(update) ? nothing : update } };
  });
  const { matchedCount } = await connection.workflows.bulkWrite(operations, { ordered: false });
  return toNumber(matchedCount) === alone.length ? new Map() : findLost(connection, alone);
}

function isEmpty(update: Update): boolean {
  return !Array.isArray(update) && Object.keys(update).length === 0;
}

function withRelease(update: Update): Update {
  if (Array.isArray(update)) return [...(update as Document[]), { $unset: Object.keys(RELEASE) }];
  return { ...update, $unset: { ...(update['$unset'] as Document | undefined), ...RELEASE } };
}

/** `parentLinks` say what `links` say, in an order of their own. */
function writtenFields(patch: WorkflowPatch): readonly FieldChange[] {
  const fields = workflowChangeOf(patch)?.fields ?? [];
  return fields.filter(({ path }) => path.length > 0 && path[0] !== 'parentLinks');
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
    const fields = writtenFields(patch);
    const written =
      doc && fields.every(({ path, after }) => sameValue(valueAt(doc, storedPath(path)), after));
    if (!written)
      lost.set(patch.workflowKey, doc ? 'the lock of its workflow was taken over' : 'its workflow is gone');
  }
  return lost;
}
