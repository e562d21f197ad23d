/** Reading Workflows, by their members or by a raw query. */
import type { Workflow } from '../../domain/model';
import { fromBson, toNumber } from '../bson-values';
import { workflowFromDocument, type StoredDocument } from '../documents';
import type { Membership, WorkflowSelection } from '../launchpad-store';
import { getEach, keysUnder } from './lmdb/chunks';
import type { EmbeddedDatabase, Tables } from './lmdb/database';
import { decode } from './lmdb/stored-bytes';
import { createMatcher } from './query/matcher';
import { splitQuery } from './query/indexed-conditions';
import { isIndexMatch, sortByDate, sortMillis } from './select-fireworks';

export async function* findWorkflows(
  database: EmbeddedDatabase,
  selection: WorkflowSelection,
): AsyncIterable<Workflow> {
  for await (const { key, doc } of selectWorkflows(database, selection)) {
    yield workflowFromDocument(fromBson(doc) as StoredDocument, key);
  }
}

export async function countWorkflows(
  database: EmbeddedDatabase,
  selection: WorkflowSelection,
): Promise<number> {
  const { sort: _order, ...unsorted } = selection;
  let count = 0;
  for await (const _one of selectWorkflows(database, unsorted)) count += 1;
  return count;
}

export function findMemberships(database: EmbeddedDatabase, fwIds: readonly number[]): readonly Membership[] {
  return database.read((tables) => {
    const members = new Map<string, number[]>();
    for (const fwId of ascendingIds(fwIds)) {
      for (const key of keysUnder(tables.workflowsByMember, fwId)) {
        const known = members.get(key);
        if (known) known.push(fwId);
        else members.set(key, [fwId]);
      }
    }
    return [...members]
      .map(([workflowKey, found]) => ({ workflowKey, members: found, ...extentOf(tables, workflowKey) }))
      .sort((one, other) => one.lowest - other.lowest)
      .map(({ lowest: _lowest, ...membership }) => membership);
  });
}

interface SelectedWorkflow {
  readonly key: string;
  readonly doc: StoredDocument;
}

export async function* selectWorkflows(
  database: EmbeddedDatabase,
  selection: WorkflowSelection,
): AsyncGenerator<SelectedWorkflow> {
  const { sort, limit = 0 } = selection;
  let keys: readonly string[] | undefined;
  if (sort) {
    const dated: { readonly key: string; readonly millis: number }[] = [];
    for await (const { key, doc } of matchWorkflows(database, selection)) {
      dated.push({ key, millis: sortMillis(doc[sort.field]) });
    }
    keys = sortByDate(dated, sort).map(({ key }) => key);
  }
  let count = 0;
  for await (const one of keys ? readWorkflows(database, keys) : matchWorkflows(database, selection)) {
    yield one;
    count += 1;
    if (count === limit) return;
  }
}

/** By ascending lowest member. */
async function* matchWorkflows(
  database: EmbeddedDatabase,
  { members, where }: WorkflowSelection,
): AsyncGenerator<SelectedWorkflow> {
  const conditions = splitQuery(where, 'nodes');
  const matchers = conditions.rest.map(createMatcher);
  const keys = database.read((tables) => {
    const asked = [members, conditions.ids && [...conditions.ids]].filter((ids) => ids !== undefined);
    const lists = asked.map((ids) => keysOfMembers(tables, ids));
    const [first = keysByLowestMember(tables), second] = lists;
    const also = second && new Set(second);
    return also ? first.filter((key) => also.has(key)) : first;
  });
  for await (const one of readWorkflows(database, keys)) {
    if (isIndexMatch(one.doc, conditions) && matchers.every((matches) => matches(one.doc))) yield one;
  }
}

async function* readWorkflows(
  database: EmbeddedDatabase,
  keys: readonly string[],
): AsyncGenerator<SelectedWorkflow> {
  for await (const { key, bytes } of getEach(database, ({ workflows }) => workflows, keys)) {
    yield { key, doc: decode(bytes) };
  }
}

/** The keys of those that have one of these members. */
function keysOfMembers(tables: Tables, ids: readonly number[]): readonly string[] {
  const keys = new Set(ascendingIds(ids).flatMap((id) => keysUnder(tables.workflowsByMember, id)));
  return sortByLowest([...keys].map((key) => ({ key, ...extentOf(tables, key) })));
}

function keysByLowestMember(tables: Tables): readonly string[] {
  const extents = [...tables.workflowExtents.getRange()];
  return sortByLowest(extents.map(({ key, value }) => ({ key, ...readExtent(value) })));
}

function sortByLowest(extents: { readonly key: string; readonly lowest: number }[]): readonly string[] {
  return extents.sort((one, other) => one.lowest - other.lowest).map(({ key }) => key);
}

interface Extent {
  readonly lowest: number;
  readonly size: number;
}

function extentOf({ workflowExtents }: Tables, key: string): Extent {
  const bytes = workflowExtents.getBinary(key);
  return bytes ? readExtent(bytes) : { lowest: 0, size: 0 };
}

function readExtent(bytes: Buffer): Extent {
  const doc = decode(bytes);
  return { lowest: toNumber(doc['lowest']), size: toNumber(doc['size']) };
}

function ascendingIds(ids: readonly number[]): readonly number[] {
  return [...new Set(ids)].sort((one, other) => one - other);
}
