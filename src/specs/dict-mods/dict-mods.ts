/**
 * DictMods: changes of a spec in words (`{_push: {"runs->energies": 1.5}}`; semantics.md, section 5). Values are replaced,
 * never changed in place: the same value may stand in a document that was read and in another spec.
 */
import type { SpecAccess } from '../../domain/actions/spec-access';
import { ActionError } from '../../domain/actions/fw-action';
import { isObject, type Value } from '../../domain/model';
import { ABSENT, type Absent } from '../../domain/patch';
import { equalValues, sum, typeName } from './dict-mods-values';

/** What stands at a key, and the operand, become what stands there then. */
type Operator = (current: Value | Absent, operand: Value, key: string) => Value | Absent;

const OPERATORS: Readonly<Record<string, Operator>> = {
  _set: (_, operand) => operand,
  _unset: (current, _, key) => {
    if (current === ABSENT) throw new ActionError(`_unset: there is no "${key}"`);
    return ABSENT;
  },
  _push: (current, operand, key) => [...listAt(current, key), operand],
  _push_all: (current, operand, key) =>
    current === ABSENT ? operand : [...listAt(current, key), ...listAt(operand, key)],
  _inc: (current, operand, key) => (current === ABSENT ? operand : sum(current, operand, key)),
  // FireWorks stores the bare value where there is no list yet, and fails at the next _add_to_set.
  _add_to_set: (current, operand, key) => {
    const list = listAt(current, key);
    return list.some((item) => equalValues(item, operand)) ? list : [...list, operand];
  },
  _pull: (current, operand, key) => without(current, [operand], key),
  // FireWorks' own always fails.
  _pull_all: (current, operand, key) => without(current, listAt(operand, key), key),
  _pop: popped,
};

/** Several operators per item run in order; what is done before one that fails stays done. */
export function applyMods(mods: readonly Value[], spec: SpecAccess): void {
  for (const mod of mods) {
    if (!isObject(mod)) throw new ActionError(`mod_spec: an item must be an object, not ${typeName(mod)}`);
    for (const [name, settings] of Object.entries(mod)) {
      const operator = OPERATORS[name];
      if (!operator && name !== '_rename') throw new ActionError(`${name} is not a supported action!`);
      if (!isObject(settings)) throw new ActionError(`${name} needs an object of keys and values`);
      for (const [key, operand] of Object.entries(settings)) {
        if (operator) applyAt(spec, key, (current) => operator(current, operand, key));
        else rename(spec, key, operand);
      }
    }
  }
}

/** Top-level keys only, and the new name is taken as it is. */
function rename(spec: SpecAccess, from: string, to: Value): void {
  const value = spec.get(from);
  if (typeof to !== 'string') throw new ActionError(`_rename of "${from}": the new name must be a text`);
  // FireWorks deletes what is renamed to itself.
  if (value === ABSENT || from === to) return;
  spec.set(to, value);
  spec.set(from, ABSENT);
}

/** Changes what stands at a key, `->` leading into objects. */
export function applyAt(
  spec: SpecAccess,
  key: string,
  change: (current: Value | Absent) => Value | Absent,
): void {
  const [first = '', ...rest] = key.split('->');
  const before = spec.get(first);
  const after = changedAt(before, rest, key, change);
  if (after !== before) spec.set(first, after);
}

function changedAt(
  value: Value | Absent,
  [next, ...rest]: readonly string[],
  key: string,
  change: (current: Value | Absent) => Value | Absent,
): Value | Absent {
  if (next === undefined) return change(value);
  if (value !== ABSENT && !isObject(value)) {
    throw new ActionError(`"${key}" leads through ${typeName(value)}: only objects have keys`);
  }
  const object = value === ABSENT ? {} : value;
  const inner = changedAt(Object.hasOwn(object, next) ? object[next] : ABSENT, rest, key, change);
  if (inner !== ABSENT) return { ...object, [next]: inner };
  return Object.fromEntries(Object.entries(object).filter(([name]) => name !== next));
}

function listAt(current: Value | Absent, key: string): readonly Value[] {
  if (current === ABSENT) return [];
  if (!Array.isArray(current)) throw new ActionError(`Keyword ${key} does not refer to an array.`);
  return current;
}

function without(current: Value | Absent, operands: readonly Value[], key: string): Value | Absent {
  if (current === ABSENT) return ABSENT;
  return listAt(current, key).filter((item) => !operands.some((operand) => equalValues(item, operand)));
}

function popped(current: Value | Absent, operand: Value, key: string): Value | Absent {
  if (current === ABSENT) throw new ActionError(`_pop: there is no "${key}"`);
  const list = listAt(current, key);
  const last = equalValues(operand, 1);
  if (!last && !equalValues(operand, -1)) return current;
  if (list.length === 0) throw new ActionError(`_pop: "${key}" is empty`);
  return last ? list.slice(0, -1) : list.slice(1);
}
