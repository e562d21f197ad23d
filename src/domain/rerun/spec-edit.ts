/** Changes of a spec that a person asks for (`--set`, `--unset`): a path below `spec`, and a value or its removal. */
import { isObject, type Value, type ValueObject } from '../model';
import { ABSENT, type Absent } from '../patch';
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
    const { path } = edit;
    let value: Value = edited;
    for (const [index, key] of path.slice(0, -1).entries()) {
      if (!isObject(value) || !Object.hasOwn(value, key)) break;
      value = value[key];
      if (!isObject(value)) {
        return `spec.${path.slice(0, index + 1).join('.')} is no object, so ${path.join('.')} cannot be set`;
      }
    }
    edited = withValue(edited, path, valueOf(edit));
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
