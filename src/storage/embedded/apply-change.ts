/** A change of one document: whether it is valid still, and the document as it becomes. */
import { EJSON } from 'bson';
import type { Value } from '../../domain/model';
import { ABSENT, type Absent, type DocumentChange } from '../../domain/patch';
import { sameValue, valueAt } from '../../domain/same-value';
import { fromBson } from '../bson-values';
import { storedName, storedPath, type StoredDocument } from '../documents';

const LONGEST_TEXT = 60;

/** Why the change can no longer be made, for people; undefined when every guard holds. */
export function findConflict(change: DocumentChange, doc: StoredDocument | undefined): string | undefined {
  if (!doc) return `${describe(change, doc)} is gone`;
  for (const { path, before, guard } of change.fields) {
    if (!guard) continue;
    const now = valueAt(doc, storedPath(path));
    if (sameValue(now, before)) continue;
    const name = [storedName(path[0] ?? ''), ...path.slice(1)].join('.');
    return `${describe(change, doc)} changed meanwhile: ${name} was ${textOf(before)}, is ${textOf(now)}`;
  }
  return undefined;
}

function describe({ collection, id }: DocumentChange, doc: StoredDocument | undefined): string {
  if (collection === 'fireworks') return `Firework ${id}`;
  if (collection === 'launches') return `launch ${id}`;
  const nodes = doc?.['nodes'];
  return Array.isArray(nodes) ? `the workflow of Firework ${String(nodes[0])}` : `workflow ${id}`;
}

function textOf(value: Value | Absent): string {
  if (value === ABSENT) return 'absent';
  if (typeof value === 'string') return value;
  const text = EJSON.stringify(fromBson(value));
  return text.length > LONGEST_TEXT ? `${text.slice(0, LONGEST_TEXT)}…` : text;
}

/** The document with the change made. What is not changed is shared with the old one. */
export function applyChange(change: DocumentChange, doc: StoredDocument): StoredDocument {
  return change.fields.reduce(
    (result, { path, after }) => setAt(result, storedPath(path), after) as StoredDocument,
    doc,
  );
}

/** As MongoDB sets a path: objects that are missing come to be, arrays are changed by place. */
function setAt(container: Value, [key, ...rest]: readonly string[], after: Value | Absent): Value {
  if (key === undefined) return after;
  if (Array.isArray(container)) {
    const list = [...(container as Value[])];
    list[Number(key)] = after === ABSENT && rest.length === 0 ? null : setAt(list[Number(key)], rest, after);
    return list;
  }
  const object = isContainer(container) ? container : {};
  const inner = Object.hasOwn(object, key) ? object[key] : undefined;
  if (rest.length > 0) {
    if (after === ABSENT && inner === undefined) return container;
    return { ...object, [key]: setAt(inner, rest, after) };
  }
  if (after !== ABSENT) return { ...object, [key]: after };
  const { [key]: _removed, ...others } = object;
  return others;
}

function isContainer(value: Value): value is StoredDocument {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
