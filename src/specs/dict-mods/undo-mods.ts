/**
 * Takes DictMods back, so that they can be applied again: what was pushed or added once must not be there twice. What an
 * operator does a second time without effect (_set, _add_to_set, _pull) stays; what nobody knows any more is named.
 */
import type { SpecAccess } from '../../domain/actions/spec-access';
import type { Unmodified } from '../../domain/as-new/pushes';
import { isObject, type Value, type ValueObject } from '../../domain/model';
import { ABSENT, type Absent } from '../../domain/patch';
import { applyAt } from './dict-mods';
import { equalValues, numberOf, storedDouble, storedInteger, sum } from './dict-mods-values';

/** What stood at a key before; LOST where what is there does not tell. */
type Undo = (
  current: Value | Absent,
  operand: Value,
  key: string,
  isFirst: boolean,
) => Value | Absent | typeof LOST;

const LOST = Symbol('lost');

const UNDO: Readonly<Record<string, Undo>> = {
  // FireWorks' own, such as _files_prev: they lead to what the old run has left.
  _set: (current, operand, key) =>
    key.startsWith('_') && current !== ABSENT && equalValues(current, operand) ? ABSENT : current,
  _push: (current, operand) => withoutTail(current, [operand]),
  _push_all: (current, operand) => (Array.isArray(operand) ? withoutTail(current, operand) : current),
  _inc: minus,
  _unset: (current) => (current === ABSENT ? LOST : current),
  _pop: () => LOST,
};

export function undoMods(mods: readonly Value[], spec: ValueObject): Unmodified {
  const lost: string[] = [];
  const before: Record<string, Value> = { ...spec };
  const access: SpecAccess = {
    get: (key) => (Object.hasOwn(before, key) ? before[key] : ABSENT),
    set: (key, value) => {
      if (value === ABSENT) Reflect.deleteProperty(before, key);
      else before[key] = value;
    },
  };
  const steps = stepsOf(mods);
  for (const [at, [name, key, operand]] of [...steps.entries()].reverse()) {
    const undo = UNDO[name];
    // What a step before has made was there.
    const isFirst = !steps.slice(0, at).some(([, earlier]) => earlier === key);
    if (name === '_rename') renameBack(access, key, operand);
    else if (undo && isReachable(access, key)) {
      applyAt(access, key, (current) => {
        const was = undo(current, operand, key, isFirst);
        if (was !== LOST) return was;
        lost.push(key);
        return current;
      });
    }
  }
  const { _files_prev: files } = before;
  if (isObject(files) && Object.keys(files).length === 0) Reflect.deleteProperty(before, '_files_prev');
  return { spec: before, lost };
}

/** Somebody may have put a text where an object was. */
function isReachable(spec: SpecAccess, key: string): boolean {
  const [first = '', ...rest] = key.split('->');
  let holder = spec.get(first);
  for (const part of rest) {
    if (holder === ABSENT) return true;
    if (!isObject(holder)) return false;
    holder = Object.hasOwn(holder, part) ? holder[part] : ABSENT;
  }
  return true;
}

function stepsOf(mods: readonly Value[]): (readonly [string, string, Value])[] {
  return mods
    .filter(isObject)
    .flatMap((mod) =>
      Object.entries(mod).flatMap(([name, settings]) =>
        isObject(settings)
          ? Object.entries(settings).map(([key, operand]) => [name, key, operand] as const)
          : [],
      ),
    );
}

/** A list that is left empty goes: pushing makes it again. One that does not end like this was changed by somebody since. */
function withoutTail(current: Value | Absent, pushed: readonly Value[]): Value | Absent {
  if (!Array.isArray(current) || pushed.length === 0) return current;
  const items = current as readonly Value[];
  const start = items.length - pushed.length;
  if (start < 0 || !pushed.every((item, index) => equalValues(items[start + index], item))) return current;
  return start === 0 ? ABSENT : items.slice(0, start);
}

/** What was added to nothing goes. */
function minus(current: Value | Absent, operand: Value, key: string, isFirst: boolean): Value | Absent {
  if (current === ABSENT || (isFirst && equalValues(current, operand))) return ABSENT;
  if (typeof current === 'string' && typeof operand === 'string')
    return current.endsWith(operand) ? current.slice(0, current.length - operand.length) : current;
  if (Array.isArray(operand)) return withoutTail(current, operand);
  const added = numberOf(operand);
  if (added === undefined || numberOf(current) === undefined) return current;
  const negative =
    typeof added === 'bigint' ? storedInteger(-added, `_inc of "${key}"`) : storedDouble(-added);
  return sum(current, negative, key);
}

function renameBack(spec: SpecAccess, from: string, to: Value): void {
  if (typeof to !== 'string' || from === to || spec.get(from) !== ABSENT) return;
  const value = spec.get(to);
  if (value === ABSENT) return;
  spec.set(from, value);
  spec.set(to, ABSENT);
}
