/**
 * Marked Fireworks: those that `--latest` takes instead of the latest one of their name. The mark stands in the metadata of
 * the workflow, by fw_id. There Python's programs keep it, and a spec that is marked stays equal to those of its duplicates.
 */
import { isObject, type Firework, type Value, type Workflow } from '../model';
import { ABSENT, change, type DocumentChange, type FieldChange } from '../patch';
import { valueAt } from '../same-value';

/** Below `metadata`: `{"3": true}`. */
export const MARKS = '_marked';

export function isMarked({ metadata }: Pick<Workflow, 'metadata'>, fwId: number): boolean {
  return valueAt(metadata, [MARKS, String(fwId)]) === true;
}

/** The changes that mark these members, or take their marks away; the workflow's last. */
export function planMarks(
  workflow: Pick<Workflow, 'key' | 'metadata'>,
  fireworks: readonly Firework[],
  marked: boolean,
): readonly DocumentChange[] {
  if (fireworks.length === 0) return [];
  return [
    ...fireworks.map(mentioned),
    { collection: 'workflows', id: workflow.key, fields: markFields(workflow.metadata, fireworks, marked) },
  ];
}

/** Nothing changes in it, but journal and undo know by it which Firework it was about. */
function mentioned({ fwId }: Firework): DocumentChange {
  return { collection: 'fireworks', id: fwId, fields: [change(['fwId'], fwId, fwId)] };
}

function markFields(
  metadata: Value,
  fireworks: readonly Firework[],
  marked: boolean,
): readonly FieldChange[] {
  const ids = fireworks.map(({ fwId }) => String(fwId));
  const after = marked ? true : ABSENT;
  // A file may have brought null, in which no path leads anywhere.
  if (!isObject(metadata)) {
    return [change(['metadata'], metadata, { [MARKS]: Object.fromEntries(ids.map((id) => [id, true])) })];
  }
  return ids.map((id) => change(['metadata', MARKS, id], valueAt(metadata, [MARKS, id]), after));
}
