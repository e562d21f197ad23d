import { Decimal128, Double, Int32, Long, ObjectId } from 'bson';
import {
  parametersAfter,
  parametersKey,
  parametersOf,
  sameParameters,
} from '../../../src/domain/restart/parameters';
import { restartNeeded, runParamsForRestart } from '../../../src/library/restart';

const SPEC = { _tasks: [], _priority: 3, x: 100, y: new Double(3), z: 'b' };

describe('the parameters of a Firework', () => {
  it('are the keys of its spec without _', () =>
    expect(parametersOf(SPEC)).toEqual({ x: 100, y: new Double(3), z: 'b' }));

  it('are those after the edits of a rerun, of which reserved keys do not count', () =>
    expect(
      parametersAfter({ ...SPEC, deep: { a: 1 } }, [
        { path: ['x'], action: 'set', value: 1 },
        { path: ['deep', 'b'], action: 'set', value: 2 },
        { path: ['z'], action: 'unset' },
        { path: ['_priority'], action: 'set', value: 9 },
      ]),
    ).toEqual({ x: 1, y: new Double(3), deep: { a: 1, b: 2 } }));

  it.each<[string, object, object]>([
    [
      'numbers of any type',
      { a: 1, b: new Double(2), c: Long.fromNumber(3) },
      { a: new Int32(1), b: 2, c: 3 },
    ],
    ['keys in any order', { a: 1, b: { c: 1, d: 2 } }, { b: { d: 2, c: 1 }, a: 1 }],
    [
      'dates and bytes',
      { a: new Date(5), b: Buffer.from('x') },
      { a: new Date(5), b: new Uint8Array([120]) },
    ],
    ['ids', { a: new ObjectId('6b014fe7b8486007d94c9e5a') }, { a: new ObjectId('6b014fe7b8486007d94c9e5a') }],
  ])('are the same with %s', (_, one, other) => {
    expect(sameParameters({ ...one }, { ...other })).toBe(true);
  });

  it.each<[string, object, object]>([
    ['a missing key', { a: 1 }, {}],
    ['null for a missing key', { a: null }, {}],
    ['a text for a number', { a: 1 }, { a: '1' }],
    ['true for 1', { a: true }, { a: 1 }],
    ['a list in another order', { a: [1, 2] }, { a: [2, 1] }],
    ['a list for an object', { a: [1] }, { a: { 0: 1 } }],
    ['a neighbour of a large number', { a: Long.fromString('9007199254740993') }, { a: 9007199254740992 }],
    ['another decimal', { a: Decimal128.fromString('1.5') }, { a: Decimal128.fromString('1.6') }],
    [
      'a text that looks like an id',
      { a: new ObjectId('6b014fe7b8486007d94c9e5a') },
      { a: '6b014fe7b8486007d94c9e5a' },
    ],
    ['a text that looks like a date', { a: new Date(5) }, { a: 'date 5' }],
  ])('differ by %s', (_, one, other) => {
    expect([sameParameters({ ...one }, { ...other }), parametersKey(one) === parametersKey(other)]).toEqual([
      false,
      false,
    ]);
  });
});

describe('restartNeeded, as in the documentation of Guild AI', () => {
  const completed = { state: 'COMPLETED', spec: SPEC } as const;

  it.each<[boolean, object]>([
    [true, {}],
    [true, { x: 100 }],
    [true, { x: 100, y: 3 }],
    [false, { x: 100, y: 3, z: 'b' }],
    [true, { x: 100, y: 3, z: 'b', a: 0 }],
  ])('is %s for %j', (needed, flags) => {
    expect(restartNeeded(completed, { ...flags })).toBe(needed);
  });

  it('is always needed by what has not completed', () =>
    expect(restartNeeded({ state: 'FIZZLED', spec: SPEC }, { x: 100, y: 3, z: 'b' })).toBe(true));

  it('has the values that were specified last as the parameters of the rerun', () => {
    expect(runParamsForRestart(completed)).toStrictEqual({ x: 100, y: 3, z: 'b' });
    expect(runParamsForRestart(completed, { x: 1 })).toStrictEqual({ y: 3, z: 'b' });
  });
});
