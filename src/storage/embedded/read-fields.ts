/** A few fields of many documents. */
import { isObject, type Value, type ValueObject } from '../../domain/model';
import { fromBson } from '../bson-values';
import type { StoredDocument } from '../documents';
import type { FieldsRequest } from '../launchpad-store';
import { selectWorkflows } from './find-workflows';
import { scan } from './lmdb/chunks';
import type { EmbeddedDatabase } from './lmdb/database';
import { decode } from './lmdb/stored-bytes';
import { createMatcher } from './query/matcher';
import { selectFireworks, sortMillis } from './select-fireworks';

export async function* readFields(
  database: EmbeddedDatabase,
  request: FieldsRequest,
): AsyncGenerator<ValueObject> {
  const { newestBy, limit = 0 } = request;
  const found = newestBy ? newestFirst(database, request, newestBy) : matching(database, request);
  let count = 0;
  for await (const doc of found) {
    yield doc;
    count += 1;
    if (count === limit) return;
  }
}

async function* newestFirst(
  database: EmbeddedDatabase,
  request: FieldsRequest,
  field: string,
): AsyncGenerator<ValueObject> {
  const dated: { readonly millis: number; readonly doc: ValueObject }[] = [];
  const fields = request.fields.includes(field) ? request.fields : [...request.fields, field];
  for await (const doc of matching(database, { ...request, fields }))
    dated.push({ millis: sortMillis(doc[field]), doc });
  dated.sort((one, other) => (one.millis === other.millis ? 0 : one.millis < other.millis ? 1 : -1));
  for (const { doc } of dated) yield pick(doc, request.fields);
}

async function* matching(
  database: EmbeddedDatabase,
  { collection, where, fields }: FieldsRequest,
): AsyncGenerator<ValueObject> {
  for await (const doc of documentsOf(database, collection, where))
    yield fromBson(pick(doc, fields)) as ValueObject;
}

async function* documentsOf(
  database: EmbeddedDatabase,
  collection: FieldsRequest['collection'],
  where: ValueObject,
): AsyncGenerator<StoredDocument> {
  if (collection === 'fireworks') for await (const { doc } of selectFireworks(database, { where })) yield doc;
  else if (collection === 'workflows')
    for await (const { doc } of selectWorkflows(database, { where })) yield doc;
  else {
    const matches = createMatcher(where);
    for await (const { bytes } of scan(database, ({ launches }) => launches)) {
      const doc = decode(bytes);
      if (matches(doc)) yield doc;
    }
  }
}

/** The document with only these fields, as MongoDB projects it: objects on the way stay, also empty. */
function pick(doc: ValueObject, paths: readonly string[]): ValueObject {
  const picked: Record<string, Value> = {};
  for (const path of paths) put(picked, doc, path.split('.'));
  return picked;
}

function put(target: Record<string, Value>, from: ValueObject, [key = '', ...rest]: readonly string[]): void {
  if (!Object.hasOwn(from, key)) return;
  const value = from[key];
  if (rest.length === 0) target[key] = value;
  else if (isObject(value)) {
    const inner = (target[key] ?? {}) as Record<string, Value>;
    target[key] = inner;
    put(inner, value, rest);
  }
}
