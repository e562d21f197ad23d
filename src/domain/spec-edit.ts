/** Changes of a spec that a person asks for (`--set`, `--unset`): a path below `spec`, and a value or its removal. */
import type { Value, ValueObject } from './model';
import { ABSENT } from './patch';
import type { WorkflowDraft } from './workflow-draft';

export interface SpecEdit {
  readonly path: readonly [string, ...string[]];
  readonly action: 'set' | 'unset';
  /** For `set`. */
  readonly value?: Value;
}

/** Why these edits do not fit this spec, undefined when they do. */
export function findMisfit(spec: ValueObject, edits: readonly SpecEdit[]): string | undefined {
  for (const { path } of edits) {
    let value: Value = spec;
    for (const [index, key] of path.slice(0, -1).entries()) {
      if (!isPlainObject(value) || !Object.hasOwn(value, key)) break;
      value = value[key];
      if (!isPlainObject(value)) {
        return `spec.${path.slice(0, index + 1).join('.')} is no object, so ${path.join('.')} cannot be set`;
      }
    }
  }
  return undefined;
}

/**
 * Where an object on the way is missing, the whole of it is the change: taken back, nothing of it stays. Unsetting what is
 * not there changes nothing.
 */
export function applyEdit(draft: WorkflowDraft, fwId: number, { path, action, value }: SpecEdit): void {
  let holder: Value = draft.view.fireworks.get(fwId)?.spec ?? {};
  for (const [index, key] of path.entries()) {
    if (!isPlainObject(holder) || !Object.hasOwn(holder, key)) {
      if (action === 'unset') return;
      const [first, ...rest] = path.slice(0, index + 1);
      if (first !== undefined) draft.setSpec(fwId, [first, ...rest], nest(path.slice(index + 1), value));
      return;
    }
    holder = holder[key];
  }
  draft.setSpec(fwId, path, action === 'unset' ? ABSENT : value);
}

function nest(path: readonly string[], value: Value): Value {
  return path.reduceRight<Value>((inner, key) => ({ [key]: inner }), value);
}

function isPlainObject(value: Value): value is ValueObject {
  return typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype;
}
