import {
  Binary,
  BSONRegExp,
  Decimal128,
  Double,
  Int32,
  Long,
  MaxKey,
  MinKey,
  ObjectId,
  Timestamp,
} from 'bson';
import fc from 'fast-check';
import { peekText } from '../../../../src/storage/embedded/lmdb/peek-text';
import { encode } from '../../../../src/storage/embedded/lmdb/stored-bytes';

describe('the text of a field', () => {
  it('is found behind values of every common type, and not inside of them', () => {
    const before = {
      _id: new ObjectId(),
      double: new Double(1),
      text: 'COMPLETED',
      inner: { state: 'FIZZLED' },
      list: [{ state: 'READY' }, 'state'],
      flag: true,
      date: new Date(),
      nothing: null,
      int: new Int32(1),
      stamp: new Timestamp(1n),
      long: Long.fromNumber(2),
      decimal: Decimal128.fromString('1.5'),
      least: new MinKey(),
      most: new MaxKey(),
    };
    const bytes = encode({ ...before, state: 'RÜNNING', more: 'state' });
    expect(peekText(bytes, 'state')).toBe('RÜNNING');
    expect(peekText(bytes, 'text')).toBe('COMPLETED');
    expect(peekText(bytes, 'int')).toBeUndefined();
    expect(peekText(bytes, 'other')).toBeUndefined();
    expect(peekText(encode({}), 'state')).toBeUndefined();
  });

  it('is left to decoding behind what is seldom', () => {
    for (const seldom of [new Binary(Buffer.from('x')), new BSONRegExp('x', '')])
      expect(peekText(encode({ seldom, state: 'READY' }), 'state')).toBeUndefined();
  });

  it('is that of the document, whatever else is in it', () => {
    const name = fc.constantFrom('state', 'stat', 'states', 'a');
    const value = fc.oneof(
      fc.string(),
      fc.double(),
      fc.boolean(),
      fc.array(fc.string()),
      fc.dictionary(name, fc.string()),
    );
    fc.assert(
      fc.property(fc.dictionary(name, value), (doc) => {
        const state: unknown = doc['state'];
        expect(peekText(encode(doc), 'state')).toBe(typeof state === 'string' ? state : undefined);
      }),
    );
  });
});
