import { Double } from 'bson';
import fc from 'fast-check';
import type { SpecAccess } from '../../../src/domain/actions/spec-access';
import type { Value, ValueObject } from '../../../src/domain/model';
import { ABSENT } from '../../../src/domain/patch';
import { applyMods } from '../../../src/specs/dict-mods/dict-mods';
import { undoMods } from '../../../src/specs/dict-mods/undo-mods';

function after(mods: readonly Value[], spec: ValueObject): ValueObject {
  const changed: Record<string, Value> = { ...spec };
  const access: SpecAccess = {
    get: (key) => (Object.hasOwn(changed, key) ? changed[key] : ABSENT),
    set: (key, value) => {
      if (value === ABSENT) delete changed[key];
      else changed[key] = value;
    },
  };
  applyMods(mods, access);
  return changed;
}

test.each<[string, ValueObject, readonly ValueObject[]]>([
  ['_push to a list', { list: [1] }, [{ _push: { list: 2 } }]],
  ['_push to nothing', {}, [{ _push: { list: 2 } }]],
  ['_push into an object', { a: { list: [1] } }, [{ _push: { 'a->list': 2 } }]],
  ['_push_all', { list: [1] }, [{ _push_all: { list: [2, 3] } }]],
  ['_inc of a number', { n: 3 }, [{ _inc: { n: 2 } }]],
  ['_inc of a double', { n: new Double(3) }, [{ _inc: { n: new Double(2.5) } }]],
  ['_inc of a text', { n: 'a' }, [{ _inc: { n: 'b' } }]],
  ['_rename', { a: 1 }, [{ _rename: { a: 'b' } }]],
  ['several, in order', { list: [1] }, [{ _push: { list: 2 } }, { _push: { list: 3 } }]],
  ['_files_prev', { x: 1 }, [{ _set: { '_files_prev->out': '/old/out' } }]],
])('%s is taken back', (_, spec, mods) => {
  expect(undoMods(mods, after(mods, spec))).toEqual({ spec, lost: [] });
});

test('what was set stays, and what was taken away is named', () => {
  const mods = [{ _set: { a: 2 } }, { _unset: { b: '' } }, { _pop: { c: 1 } }];
  expect(undoMods(mods, after(mods, { a: 1, b: 1, c: [1, 2] }))).toEqual({
    spec: { a: 2, c: [1] },
    lost: ['c', 'b'],
  });
});

test('what somebody has changed since stays as it is', () => {
  const mods = [{ _push: { list: 2 } }, { _inc: { n: 1 } }, { _push: { 'a->b': 1 } }];
  const spec = { list: [1, 5], n: 'text', a: 'text' };
  expect(undoMods(mods, spec)).toEqual({ spec, lost: [] });
});

test('applied again they give the same spec', () => {
  const key = fc.constantFrom('a', 'b', 'c->d');
  const mod = fc.oneof(
    fc
      .tuple(key, fc.integer({ min: -9, max: 9 }))
      .map(([name, value]) => ({ _push: { [`l${name}`]: value } })),
    fc.tuple(key, fc.array(fc.integer(), { minLength: 1, maxLength: 3 })).map(([name, list]) => ({
      _push_all: { [`l${name}`]: list },
    })),
    fc
      .tuple(key, fc.integer({ min: -9, max: 9 }))
      .map(([name, value]) => ({ _inc: { [`n${name}`]: value } })),
    fc.tuple(key, fc.integer()).map(([name, value]) => ({ _set: { [`s${name}`]: value } })),
    fc
      .tuple(key, fc.integer({ min: 0, max: 3 }))
      .map(([name, value]) => ({ _add_to_set: { [`t${name}`]: value } })),
  );
  fc.assert(
    fc.property(fc.array(mod, { maxLength: 8 }), (mods) => {
      const once = after(mods, { la: [0], na: 1 });
      expect(after(mods, undoMods(mods, once).spec)).toEqual(once);
    }),
    { examples: [[[{ _inc: { na: -1 } }, { _inc: { na: 0 } }]]] },
  );
});
