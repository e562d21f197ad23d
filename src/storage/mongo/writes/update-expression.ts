/**
 * Changes of documents as update operators. Those with the same expression share one `updateMany`: a rerun of thousands of
 * Fireworks differs only in the launches that it archives, and the server can do that sum itself.
 */
import type { Document } from 'mongodb';
import { EJSON } from 'bson';
import type { Value } from '../../../domain/model';
import { ABSENT, type Absent, type DocumentChange, type FieldChange } from '../../../domain/patch';
import { storedPath } from '../../documents';
import { graphStage, splitGraph } from './graph-stage';

export interface Update {
  /** What the document must still be, besides its id. */
  readonly guard: Document;
  readonly expression: Document | Document[];
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
  if (fields.some(({ path }) => path[0] === 'links')) {
    const { inGraph, others } = splitGraph(fields);
    return { guard, expression: [graphStage(inGraph), ...pipelineOf(others, archives)] };
  }
  const merged = mergedFields(fields);
  const literal = archives || merged.length > 0 || fields.some(({ path }) => path.some(isAwkward));
  if (!literal) return { guard, expression: operatorsOf(fields) };
  const apart = new Set(merged);
  const others = fields.filter((field) => !apart.has(field));
  return { guard, expression: [...mergeOf(merged), ...pipelineOf(others, archives)] };
}

/**
 * A path costs the server a walk over the keys of its object: 50,000 in the notes of one workflow took 20 s, and take 0.1 s
 * as one object that is merged. Key order stays.
 */
const MOST_PATHS = 100;

function mergedFields(fields: readonly FieldChange[]): readonly FieldChange[] {
  if (fields.length <= MOST_PATHS) return [];
  const noted = fields.filter(
    ({ path, after }) => path[0] === 'fwStates' && path.length === 2 && after !== ABSENT,
  );
  return noted.length > MOST_PATHS ? noted : [];
}

function mergeOf(fields: readonly FieldChange[]): Document[] {
  if (fields.length === 0) return [];
  const states: Value = Object.fromEntries(fields.map(({ path, after }) => [path[1] ?? '', after]));
  return [{ $set: { fw_states: { $mergeObjects: ['$fw_states', literal(states)] } } }];
}

/**
 * Equal for changes whose updates are, so that they can share an `updateMany`; undefined for one that stands alone. Made
 * from the fields and not from the update, which then need not be built for every change.
 */
export function shapeOf({ collection, fields }: DocumentChange, wireVersion: number): string | undefined {
  const archives = wireVersion >= SORT_ARRAY_WIRE_VERSION && archivesLaunches(fields);
  let shape: string = collection;
  for (const { path, before, after, guard } of fields) {
    if (archives && path[0] === 'archivedLaunches') continue;
    if (!isSmall(after)) return undefined;
    const guards = guard && !(archives && path[0] === 'launches');
    shape += `\n${JSON.stringify(path)} ${textOf(after)} ${guards ? textOf(before) : ''}`;
  }
  return archives ? `${shape}\narchives` : shape;
}

/** Different for different values, BSON type included. */
function textOf(value: Value | Absent): string {
  if (value === ABSENT) return 'absent';
  if (typeof value === 'string') return JSON.stringify(value);
  return EJSON.stringify([value], { relaxed: false });
}

/** Whether the launches end up, with those archived before, in order and each once, among the archived ones. */
function archivesLaunches(fields: readonly FieldChange[]): boolean {
  const launches = fields.find(({ path }) => path[0] === 'launches');
  const archived = fields.find(({ path }) => path[0] === 'archivedLaunches');
  if (!launches || !archived || (launches.after as number[]).length > 0) return false;
  const all = new Set([...(archived.before as number[]), ...(launches.before as number[])]);
  const sorted = [...all].sort((one, other) => one - other);
  const after = archived.after as number[];
  return after.length === sorted.length && after.every((id, index) => id === sorted[index]);
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
