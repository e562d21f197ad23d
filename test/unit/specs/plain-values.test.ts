import { isObject } from '../../../src/domain/model';
import { Double, Int32, Long, ObjectId } from 'bson';
import { plain } from '../../../src/specs/plain-values';

describe('plain', () => {
  it('turns wrapped numbers into numbers, at any depth', () => {
    const value = { a: new Double(1), b: [new Int32(2), { c: Long.fromNumber(2 ** 40) }], d: 'x', e: null };
    expect(plain(value)).toEqual({ a: 1, b: [2, { c: 2 ** 40 }], d: 'x', e: null });
  });

  it('turns a Long beyond the safe integers into a bigint', () => {
    expect(plain(Long.fromString('9223372036854775807'))).toBe(9223372036854775807n);
  });

  it('leaves dates and ids, and does not copy what holds no wrapper', () => {
    const value = { d: new Date(0), id: new ObjectId(), list: [1, [2]] };
    expect(plain(value)).toBe(value);
  });

  it('is not fooled by data that has a key _bsontype', () => {
    const value = { _bsontype: 'Long' };
    expect(plain(value)).toBe(value);
  });
});

describe('isObject', () => {
  it('is true for plain objects only', () => {
    expect([{}, Object.create(null)].map(isObject)).toEqual([true, true]);
    expect([null, [], new Date(), new Double(1), 'x', 1, undefined].map(isObject)).toEqual(
      Array(7).fill(false),
    );
  });
});
