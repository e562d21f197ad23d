/** Changes of a spec that a person asks for (`--set`, `--unset`): a path below `spec`, and a value or its removal. */
import { isObject, type Value, type ValueObject } from '../model';
import { ABSENT, type Absent } from '../patch';
import { valueAt } from '../same-value';
import { withValue, type SpecPath } from '../spec-draft';
import type { WorkflowDraft } from '../workflow-draft';

export interface SpecEdit {
  readonly path: SpecPath;
  readonly action: 'set' | 'unset';
  /** For `set`. */
  readonly value?: Value;
}

/** Why these edits, one after the other, do not fit this spec; undefined when they do. */
export function findMisfit(spec: ValueObject, edits: readonly SpecEdit[]): string | undefined {
  let edited = spec;
  for (const edit of edits) {
    const misfit = pathMisfit(edited, edit.path);
    if (misfit !== undefined) return misfit;
    edited = withValue(edited, edit.path, valueOf(edit));
  }
  return undefined;
}

/** The spec with these edits, which fit. */
export function withEdits(spec: ValueObject, edits: readonly SpecEdit[]): ValueObject {
  return edits.reduce((edited, edit) => withValue(edited, edit.path, valueOf(edit)), spec);
}

/** So many places a list may grow at once: who writes `_tasks.100000` meant something else. */
const MOST_MISSING = 1000;

/** Why nothing can be set at a path: it leads through what has no keys, or a list has no such place. */
export function pathMisfit(spec: ValueObject, path: SpecPath): string | undefined {
  let holder: Value = spec;
  for (const [index, key] of path.entries()) {
    const where = ['spec', ...path.slice(0, index)].join('.');
    if (Array.isArray(holder)) {
      const place = /^(0|[1-9]\d*)$/.test(key) ? Number(key) : undefined;
      if (place === undefined || place > holder.length + MOST_MISSING)
        return `${where} is a list of ${String(holder.length)}, so ${path.join('.')} cannot be set`;
    } else if (!isObject(holder)) {
      return `${where} is no object, so ${path.join('.')} cannot be set`;
    }
    const inner = valueAt(holder, [key]);
    if (inner === ABSENT) return undefined;
    holder = inner;
  }
  return undefined;
}

/** Unsetting what is not there changes nothing. */
export function applyEdit(draft: WorkflowDraft, fwId: number, edit: SpecEdit): void {
  if (edit.action === 'unset' && draft.specAt(fwId, edit.path) === ABSENT) return;
  draft.setSpec(fwId, edit.path, valueOf(edit));
}

function valueOf({ action, value }: SpecEdit): Value | Absent {
  return action === 'unset' ? ABSENT : value;
}
