import { Double, Long } from 'bson';
import fc from 'fast-check';
import { ActionError } from '../../../src/domain/actions/fw-action';
import { specAfter } from '../../../src/domain/actions/action-plan';
import type { Value, ValueObject } from '../../../src/domain/model';
import { applyMods } from '../../../src/specs/dict-mods/dict-mods';

function modified(spec: ValueObject, ...mod_spec: readonly Value[]): ValueObject {
  return specAfter(spec, { update_spec: {}, mod_spec }, applyMods);
}

describe('a DictMod', () => {
  it.each<[string, ValueObject, ValueObject, ValueObject]>([
    ['_set assigns', { a: 1 }, { _set: { a: 2 } }, { a: 2 }],
    ['_set makes the objects on the way', {}, { _set: { 'a->b->c.d': 2 } }, { a: { b: { 'c.d': 2 } } }],
    ['_unset deletes', { a: { b: 1, c: 2 } }, { _unset: { 'a->b': 1 } }, { a: { c: 2 } }],
    ['_push appends', { a: [1] }, { _push: { a: 2 } }, { a: [1, 2] }],
    ['_push makes a list', {}, { _push: { a: [2] } }, { a: [[2]] }],
    ['_push_all extends', { a: [1] }, { _push_all: { a: [2, 3] } }, { a: [1, 2, 3] }],
    ['_push_all sets where nothing is', {}, { _push_all: { a: [2] } }, { a: [2] }],
    ['_inc adds', { a: 1 }, { _inc: { a: 2 } }, { a: 3 }],
    ['_inc sets where nothing is', {}, { _inc: { a: 2 } }, { a: 2 }],
    ['_inc joins texts', { a: 'x' }, { _inc: { a: 'y' } }, { a: 'xy' }],
    ['_inc joins lists', { a: [1] }, { _inc: { a: [2] } }, { a: [1, 2] }],
    ['_rename renames', { a: 1 }, { _rename: { a: 'b->c' } }, { 'b->c': 1 }],
    ['_rename to itself changes nothing', { a: 1 }, { _rename: { a: 'a' } }, { a: 1 }],
    ['_rename of nothing is nothing', { a: 1 }, { _rename: { x: 'y' } }, { a: 1 }],
    ['_add_to_set appends what is new', { a: [1] }, { _add_to_set: { a: 2 } }, { a: [1, 2] }],
    [
      '_add_to_set leaves what is there',
      { a: [{ x: 1, y: 2 }] },
      { _add_to_set: { a: { y: 2, x: 1 } } },
      { a: [{ x: 1, y: 2 }] },
    ],
    ['_add_to_set makes a list', {}, { _add_to_set: { a: 2 } }, { a: [2] }],
    ['_pull removes every equal one', { a: [1, 2, 1, true] }, { _pull: { a: 1 } }, { a: [2] }],
    ['_pull of nothing is nothing', {}, { _pull: { a: 1 } }, {}],
    ['_pull_all removes them all', { a: [1, 2, 3] }, { _pull_all: { a: [1, 3] } }, { a: [2] }],
    ['_pop takes the last', { a: [1, 2] }, { _pop: { a: 1 } }, { a: [1] }],
    ['_pop takes the first', { a: [1, 2] }, { _pop: { a: -1 } }, { a: [2] }],
    ['_pop of another number does nothing', { a: [1, 2] }, { _pop: { a: 0 } }, { a: [1, 2] }],
  ])('%s', (_, before, mod, after) => {
    expect(modified(before, mod)).toEqual(after);
  });

  it.each<[string, ValueObject, ValueObject, string]>([
    ['an operator that is none', {}, { _sit: { a: 1 } }, '_sit is not a supported action!'],
    ['_unset of nothing', {}, { _unset: { a: 1 } }, '_unset: there is no "a"'],
    ['_push to a text', { a: 'x' }, { _push: { a: 1 } }, 'Keyword a does not refer to an array.'],
    [
      'a path through a list',
      { a: [1] },
      { _set: { 'a->b': 1 } },
      '"a->b" leads through a list: only objects have keys',
    ],
    ['_pop of nothing', {}, { _pop: { a: 1 } }, '_pop: there is no "a"'],
    ['_pop of an empty list', { a: [] }, { _pop: { a: 1 } }, '_pop: "a" is empty'],
    ['_inc of null', { a: null }, { _inc: { a: 1 } }, '_inc of "a": a number cannot be added to null'],
    [
      '_inc beyond 64 bits',
      { a: Long.MAX_VALUE },
      { _inc: { a: 1 } },
      '_inc of "a": 9223372036854775808 does not fit into 64 bits',
    ],
  ])('refuses %s', (_, before, mod, message) => {
    expect(() => modified(before, mod)).toThrow(new ActionError(message));
  });

  it('keeps an int an int, and a double a double', () => {
    expect(modified({ a: 1 }, { _inc: { a: new Double(2) } })['a']).toEqual(new Double(3));
    expect(modified({ a: new Double(1) }, { _inc: { a: 2 } })['a']).toEqual(new Double(3));
    expect(modified({ a: 0.25 }, { _inc: { a: 1 } })['a']).toBe(1.25);
    expect(modified({ a: 0.5 }, { _inc: { a: 0.5 } })['a']).toEqual(new Double(1));
    expect(modified({ a: 2 ** 31 - 1 }, { _inc: { a: 1 } })['a']).toEqual(Long.fromNumber(2 ** 31));
    expect(modified({ a: Long.fromNumber(2 ** 31) }, { _inc: { a: -1 } })['a']).toBe(2 ** 31 - 1);
  });

  it('runs its operators, and the items of a list, in order', () => {
    const spec = modified({}, { _set: { a: [1] }, _push: { a: 2 } }, { _push: { a: 3 } });
    expect(spec).toEqual({ a: [1, 2, 3] });
  });

  it('never changes what it was given', () => {
    const leaf = fc.oneof(fc.integer(), fc.string(), fc.array(fc.integer()));
    const object = fc.dictionary(
      fc.constantFrom('a', 'b', 'c'),
      fc.oneof(leaf, fc.dictionary(fc.constantFrom('x', 'y'), leaf)),
    );
    const operator = fc.constantFrom(
      '_set',
      '_push',
      '_push_all',
      '_inc',
      '_add_to_set',
      '_pull',
      '_pop',
      '_unset',
      '_rename',
    );
    const mod = fc
      .tuple(operator, fc.constantFrom('a', 'b->x', 'c->y->z'), leaf)
      .map(([name, key, value]) => ({ [name]: { [key]: value } }));
    fc.assert(
      fc.property(object, fc.array(mod), (spec, mods) => {
        const copy = structuredClone({ spec, mods });
        try {
          modified(spec, ...mods);
        } catch (error) {
          expect(error).toBeInstanceOf(ActionError);
        }
        expect({ spec, mods }).toEqual(copy);
      }),
    );
  });
});
