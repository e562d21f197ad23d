/** Reading Workflows, by their members or by a raw query. */
import type { Document } from 'mongodb';
import type { Workflow } from '../../../domain/model';
import { fromBson, toNumber, toNumbers } from '../../bson-values';
import { workflowFromDocument, type StoredDocument } from '../../documents';
import type { Membership, Query, WorkflowSelection } from '../../launchpad-store';
import type { MongoConnection } from '../connection';
import { BATCH_SIZE, batchesOfCursor } from './read-batches';
import { allOf, chunksOf, sortStages } from './selection';

export async function* findWorkflows(
  connection: MongoConnection,
  selection: WorkflowSelection,
): AsyncIterable<Workflow> {
  const { limit } = selection;
  const seen = new Set<string>();
  for (const stages of workflowPipelines(selection)) {
    const options = { allowDiskUse: true, batchSize: BATCH_SIZE };
    const found = connection.workflows.aggregate<StoredDocument>([...stages], options);
    for await (const batch of batchesOfCursor(found)) {
      for (const doc of batch) {
        const key = String(doc['_id']);
        // Members of one workflow may be in several chunks.
        if (seen.has(key)) continue;
        seen.add(key);
        yield workflowFromDocument(fromBson(doc) as StoredDocument, key);
        if (limit && seen.size === limit) return;
      }
    }
  }
}

/** One after the other they find the selection in its order: several where the list of members is too long for one. */
export function workflowPipelines(selection: WorkflowSelection): readonly (readonly Document[])[] {
  const { sort, limit } = selection;
  const order = sort
    ? sortStages(sort, '_id')
    : [{ $addFields: { _lowest: { $min: '$nodes' } } }, { $sort: { _lowest: 1 } }, { $unset: '_lowest' }];
  const most = limit ? [{ $limit: limit }] : [];
  return workflowFilters(selection).map((filter) => [{ $match: filter }, ...order, ...most]);
}

export async function countWorkflows(
  { workflows }: MongoConnection,
  selection: WorkflowSelection,
): Promise<number> {
  const [filter, ...more] = workflowFilters(selection);
  let count = 0;
  if (more.length === 0) count = toNumber(await workflows.countDocuments(filter ?? { _id: { $in: [] } }));
  else {
    const keys = new Set<string>();
    for (const one of workflowFilters(selection)) {
      for await (const doc of workflows.find(one, { projection: { _id: 1 } })) keys.add(String(doc._id));
    }
    count = keys.size;
  }
  return selection.limit ? Math.min(selection.limit, count) : count;
}

export async function findMemberships(
  { workflows }: MongoConnection,
  fwIds: readonly number[],
): Promise<readonly Membership[]> {
  const wanted = new Set(fwIds);
  const found = new Map<string, Membership & { readonly lowest: number }>();
  for (const chunk of chunksOf(fwIds)) {
    const options = { projection: { nodes: 1 }, batchSize: BATCH_SIZE, promoteValues: true };
    for await (const batch of batchesOfCursor(workflows.find({ nodes: { $in: chunk } }, options))) {
      for (const doc of batch) {
        const workflowKey = String(doc._id);
        if (found.has(workflowKey)) continue;
        const nodes = toNumbers(doc['nodes']);
        const members = nodes.filter((node) => wanted.has(node));
        found.set(workflowKey, { workflowKey, members, size: nodes.length, lowest: lowestOf(nodes) });
      }
    }
  }
  const inOrder = [...found.values()].sort((one, other) => one.lowest - other.lowest);
  return inOrder.map(({ workflowKey, members, size }) => ({ workflowKey, members, size }));
}

function lowestOf(nodes: readonly number[]): number {
  return nodes.reduce((lowest, node) => Math.min(lowest, node), Infinity);
}

function workflowFilters({ members, where }: WorkflowSelection): readonly Document[] {
  const conditions: Query[] = where ? [where] : [];
  if (!members) return [allOf(conditions)];
  return chunksOf(members).map((chunk) => allOf([{ nodes: { $in: chunk } }, ...conditions]));
}
