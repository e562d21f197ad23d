import { ABSENT } from '../../../src/domain/patch';
import { createSpecDraft, type SpecPath } from '../../../src/domain/spec-draft';
import { findMisfit, type SpecEdit } from '../../../src/domain/rerun/spec-edit';
import type { ValueObject } from '../../../src/domain/model';

/** The paths and the values after, of a draft that these were set in. */
function drafted(spec: ValueObject, ...sets: [SpecPath, unknown][]): [string, unknown, unknown][] {
  const draft = createSpecDraft(spec);
  for (const [path, value] of sets) draft.set(path, value);
  return draft.changes().map(({ path, before, after }) => [path.join('.'), before, after]);
}

describe('a spec as it is drafted', () => {
  it('changes what is there, and remembers what it was', () =>
    expect(drafted({ a: { b: 1 } }, [['a', 'b'], 2], [['a', 'b'], 3])).toEqual([['spec.a.b', 1, 3]]));
  it('makes two settings in one missing object one change', () =>
    expect(drafted({}, [['a', 'b'], 1], [['a', 'c'], 2])).toEqual([['spec.a', ABSENT, { b: 1, c: 2 }]]));
  it('has a change of the whole take in what was changed within', () =>
    expect(drafted({ a: { b: 1, c: 2 } }, [['a', 'b'], 5], [['a'], { d: 1 }])).toEqual([
      ['spec.a', { b: 1, c: 2 }, { d: 1 }],
    ]));
  it('changes within what was set as a whole', () =>
    expect(drafted({ a: 1 }, [['a'], { b: 1 }], [['a', 'b'], ABSENT])).toEqual([['spec.a', 1, {}]]));
  it('says nothing of what is the same in the end', () =>
    expect(drafted({ a: 1 }, [['a'], 2], [['a'], 1])).toEqual([]));
  it('reads what was written, null as well', () => {
    const draft = createSpecDraft({ a: { b: 1 } });
    draft.set(['a', 'b'], null);
    expect([draft.at(['a', 'b']), draft.at(['a']), draft.at(['c'])]).toEqual([null, { b: null }, ABSENT]);
  });
});

describe('edits of a spec', () => {
  const set = (path: string, value: unknown): SpecEdit => ({
    path: path.split('.') as unknown as SpecPath,
    action: 'set',
    value,
  });
  it('fit one after the other', () => {
    expect(findMisfit({}, [set('a', { b: 1 }), set('a.c', 2)])).toBeUndefined();
    expect(findMisfit({}, [set('a', 1), set('a.c', 2)])).toBe('spec.a is no object, so a.c cannot be set');
  });
});
