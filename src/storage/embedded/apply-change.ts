/** A change of one document: whether it is valid still, and the document as it becomes. */
import { EJSON } from 'bson';
import type { Value, ValueObject } from '../../domain/model';
import { ABSENT, insertedBy, removedBy, type Absent, type DocumentChange } from '../../domain/patch';
import { sameValue, valueAt } from '../../domain/same-value';
import { fromBson, toNumbers } from '../bson-values';
import { joiningNodes, leavingNodes, storedName, storedPath, type StoredDocument } from '../documents';

const LONGEST_TEXT = 60;

/** Why the change can no longer be made, for people; undefined when every guard holds. */
export function findConflict(change: DocumentChange, doc: StoredDocument | undefined): string | undefined {
  // A note of ours, which somebody may release or forget at any time: it stands in nobody's way.
  if (change.collection === 'quarantines') return undefined;
  const inserted = insertedBy(change);
  if (inserted) return doc && `${describe(change, doc)} is there already`;
  if (!doc) return `${describe(change, doc)} is gone`;
  const removed = removedBy(change);
  if (removed)
    return hasMoved(change, doc, removed) ? `${describe(change, doc)} changed meanwhile` : undefined;
  for (const { path, before, guard } of change.fields) {
    if (!guard) continue;
    const now = valueAt(doc, storedPath(path));
    if (sameValue(now, before)) continue;
    const name = [storedName(path[0] ?? ''), ...path.slice(1)].join('.');
    return `${describe(change, doc)} changed meanwhile: ${name} was ${textOf(before)}, is ${textOf(now)}`;
  }
  return undefined;
}

/** What every writer moves with whatever else it changes. */
function hasMoved(
  { collection }: DocumentChange,
  doc: StoredDocument,
  { state, updatedOn, launches }: ValueObject,
): boolean {
  if (collection !== 'fireworks' && collection !== 'launches') return false;
  if (!sameValue(doc['state'], state)) return true;
  return (
    collection === 'fireworks' &&
    !(sameValue(doc['updated_on'], updatedOn) && sameValue(doc['launches'], launches))
  );
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
  // Every container is copied once and then written to: a copy per field is quadratic in the members of a workflow.
  const owned = new Set<object>();
  const result = own(doc, owned) as StoredDocument;
  for (const { path, after } of change.fields) setAt(result, storedPath(path), after, owned);
  if (change.collection === 'workflows') followLinks(result, change);
  return result;
}

/** Who has links is a member. */
function followLinks(workflow: StoredDocument, { fields }: DocumentChange): void {
  const [joining, leaving] = [joiningNodes(fields), new Set(leavingNodes(fields))];
  if (joining.length + leaving.size === 0) return;
  const nodes = toNumbers(workflow['nodes']);
  workflow['nodes'] = [...nodes.filter((node) => !leaving.has(node)), ...joining];
}

/** As MongoDB sets a path: objects that are missing come to be, arrays are changed by place. */
function setAt(
  container: StoredDocument | Value[],
  [key = '', ...rest]: readonly string[],
  after: Value | Absent,
  owned: Set<object>,
): void {
  const inner: Value = Object.hasOwn(container, key) ? (container as StoredDocument)[key] : undefined;
  if (rest.length > 0) {
    if (after === ABSENT && inner === undefined) return;
    const next = own(inner, owned);
    put(container, key, next);
    setAt(next, rest, after, owned);
  } else if (after !== ABSENT) put(container, key, after);
  else if (Array.isArray(container)) container[Number(key)] = null;
  else Reflect.deleteProperty(container, key);
}

function put(container: StoredDocument | Value[], key: string, value: Value): void {
  if (Array.isArray(container)) container[Number(key)] = value;
  // Defined and not assigned: a key `__proto__` is a key like any other.
  else Object.defineProperty(container, key, { value, writable: true, enumerable: true, configurable: true });
}

/** The container itself where it is a copy already; an empty object for what is none. */
function own(container: Value, owned: Set<object>): StoredDocument | Value[] {
  if (typeof container === 'object' && container !== null && owned.has(container))
    return container as StoredDocument;
  const copy = Array.isArray(container)
    ? [...(container as Value[])]
    : isContainer(container)
      ? { ...container }
      : {};
  owned.add(copy);
  return copy;
}

function isContainer(value: Value): value is StoredDocument {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
