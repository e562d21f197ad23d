/**
 * Changes of documents as update operators. Those with the same expression share one `updateMany`: a rerun of thousands of
 * Fireworks differs only in the launches that it archives, and the server can do that sum itself.
 */
import type { Document } from 'mongodb';
import { EJSON } from 'bson';
import type { Value } from '../../domain/model';
import { ABSENT, type DocumentChange, type FieldChange } from '../../domain/patch';
import { sameValue } from '../../domain/same-value';
import { storedPath } from '../documents';

export interface Update {
  /** What the document must still be, besides its id. */
  readonly guard: Document;
  readonly expression: Document | Document[];
  /** Equal for changes that can share an `updateMany`; undefined for one that stands alone. */
  readonly shape: string | undefined;
}

/** MongoDB 5.2 brought $sortArray. */
const SORT_ARRAY_WIRE_VERSION = 15;

const ARCHIVE_LAUNCHES: Document = {
  archived_launches: {
    $sortArray: { input: { $setUnion: ['$archived_launches', '$launches'] }, sortBy: 1 },
  },
};

export function updateOf(change: DocumentChange, wireVersion: number): Update {
  const archives = wireVersion >= SORT_ARRAY_WIRE_VERSION && archivesLaunches(change.fields);
  const fields = archives
    ? change.fields.filter(({ path }) => path[0] !== 'archivedLaunches')
    : change.fields;
  const guard = Object.fromEntries(
    fields
      // With the archiving sum the launches need no guard: whatever they are by then is archived.
      .filter((field) => field.guard && !(archives && field.path[0] === 'launches'))
      .map(({ path, before }) => [
        storedPath(path).join('.'),
        before === ABSENT ? { $exists: false } : before,
      ]),
  );
  const literal = archives || fields.some(({ path }) => path.some(isAwkward));
  const expression = literal ? pipelineOf(fields, archives) : operatorsOf(fields);
  const shareable = fields.every(({ after }) => isSmall(after));
  const shape = shareable ? EJSON.stringify([guard, expression as Document], { relaxed: false }) : undefined;
  return { guard, expression, shape };
}

/** Whether the launches end up, with those archived before, in order and each once, among the archived ones. */
function archivesLaunches(fields: readonly FieldChange[]): boolean {
  const launches = fields.find(({ path }) => path[0] === 'launches');
  const archived = fields.find(({ path }) => path[0] === 'archivedLaunches');
  if (!launches || !archived || !sameValue(launches.after, [])) return false;
  const all = new Set([...(archived.before as number[]), ...(launches.before as number[])]);
  return sameValue(
    archived.after,
    [...all].sort((one, other) => one - other),
  );
}

function operatorsOf(fields: readonly FieldChange[]): Document {
  const set: Document = {};
  const unset: Document = {};
  for (const { path, after } of fields) {
    const name = storedPath(path).join('.');
    if (after === ABSENT) unset[name] = '';
    else set[name] = after;
  }
  return {
    ...(Object.keys(set).length > 0 ? { $set: set } : {}),
    ...(Object.keys(unset).length > 0 ? { $unset: unset } : {}),
  };
}

function pipelineOf(fields: readonly FieldChange[], archives: boolean): Document[] {
  const stages: Document[] = archives ? [{ $set: ARCHIVE_LAUNCHES }] : [];
  const set: Document = {};
  for (const field of fields) {
    const path = storedPath(field.path);
    if (path.some(isAwkward)) stages.push(stageFor(path, field.after));
    else if (field.after === ABSENT) stages.push({ $unset: path.join('.') });
    // A literal object would be merged into the old one: the old one goes first.
    else if (isObject(field.after))
      stages.push({ $unset: path.join('.') }, { $set: { [path.join('.')]: literal(field.after) } });
    else set[path.join('.')] = literal(field.after);
  }
  if (Object.keys(set).length > 0) stages.push({ $set: set });
  return stages;
}

/** Keys with dots or dollar signs cannot stand in a path: they are set by $setField, level by level. */
function stageFor(path: readonly string[], after: Value): Document {
  const [first = '', ...rest] = path;
  return { $set: { [first]: setInside(`$${first}`, rest, after) } };
}

function setInside(input: Value, [key = '', ...rest]: readonly string[], after: Value): Document {
  const field = literal(key);
  const inner = { $getField: { field, input } };
  const value =
    rest.length > 0 ? setInside(inner, rest, after) : after === ABSENT ? '$$REMOVE' : literal(after);
  return { $setField: { field, input, value } };
}

function isAwkward(segment: string): boolean {
  return segment.includes('.') || segment.startsWith('$') || segment === '';
}

function isObject(value: Value): boolean {
  return typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype;
}

function literal(value: Value): Document {
  return { $literal: value };
}

/** Large values are not worth comparing: their documents are written one by one. */
function isSmall(value: Value): boolean {
  return (
    typeof value !== 'object' ||
    value === null ||
    value instanceof Date ||
    (Array.isArray(value) && value.length === 0)
  );
}
