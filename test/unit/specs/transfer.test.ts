/** Documents as lines of Extended JSON and back: the bytes must be the same. */
import {
  Binary,
  BSONRegExp,
  BSONSymbol,
  Code,
  Decimal128,
  Double,
  EJSON,
  Int32,
  Long,
  MaxKey,
  MinKey,
  ObjectId,
  serialize,
  Timestamp,
  UUID,
} from 'bson';
import fc from 'fast-check';
import { bsonToText } from '../../../src/specs/transfer/bson-text';
import { readOrdered } from '../../../src/specs/transfer/ordered-json';

type Ordered = Map<string, unknown>;

function throughText(document: Ordered): Buffer {
  const bytes = serialize(document);
  const back = readOrdered(bsonToText(bytes)) as Ordered;
  expect(Buffer.from(serialize(back)).equals(bytes)).toBe(true);
  return Buffer.from(bytes);
}

const id = new ObjectId('6b014fe7b8486007d94c9e5a');

describe('a document as a line', () => {
  it('is canonical Extended JSON', () => {
    const document = new Map<string, unknown>([
      ['_id', id],
      ['int', 5],
      ['long', Long.fromNumber(5)],
      ['double', new Double(1)],
      ['date', new Date(1000)],
      ['text', 'é "q" \n'],
      ['list', [true, null, {}]],
    ]);
    const text = bsonToText(serialize(document));
    expect(text).toBe(
      '{"_id":{"$oid":"6b014fe7b8486007d94c9e5a"},"int":{"$numberInt":"5"},"long":{"$numberLong":"5"},' +
        '"double":{"$numberDouble":"1.0"},"date":{"$date":{"$numberLong":"1000"}},"text":"é \\"q\\" \\n","list":[true,null,{}]}',
    );
    expect(text).toBe(EJSON.stringify(Object.fromEntries(document), { relaxed: false }));
  });

  it.each<[string, unknown]>([
    [
      'doubles',
      [1.5, new Double(1), new Double(-0), NaN, Infinity, -Infinity, 1e300, 5e-324, new Double(1e21)],
    ],
    ['integers', [0, -1, new Int32(-2147483648), 2147483647, Long.MAX_VALUE, Long.MIN_VALUE]],
    ['dates', [new Date(0), new Date(-1), new Date(8.64e15)]],
    ['bytes', [new Binary(Buffer.from('b'), 0), new Binary(Buffer.alloc(0), 128), new UUID()]],
    ['regular expressions', [new BSONRegExp('a"/\\d', 'im'), new BSONRegExp('x', 'l')]],
    ['decimals', [Decimal128.fromString('1.50'), Decimal128.fromString('NaN')]],
    ['others', [new Timestamp({ t: 1, i: 2 }), new MinKey(), new MaxKey(), new BSONSymbol('s')]],
    ['code', [new Code('f()'), new Code('f()', { a: 1 })]],
    ['texts', ['', '\u0000', '\\', '"', '\ud83d\ude00', '\u2028', 'a'.repeat(1000)]],
    [
      'keys that are numbers',
      new Map<string, unknown>([
        ['b', 1],
        ['2', 2],
        ['10', 3],
        ['1', new Map([['0', 4]])],
      ]),
    ],
    ['objects that look like other values', [{ $oid: 'abc' }, { $date: '2020' }, { $numberInt: '5', x: 1 }]],
    ['references', { $ref: 'x', $id: id }],
    ['queries', [{ $type: 2 }, { $regex: 'a', $options: 'i' }, { $and: [] }]],
    ['its own mark', { $lpadObject: [['a', 1]] }],
    ['awkward keys', { 'a.b': 1, $x: 2, '': 3, __proto__x: 4, '"': 5 }],
  ])('keeps %s', (_what, value) => {
    throughText(new Map([['value', value]]));
  });

  it('keeps whatever a spec may hold', () => {
    const leaf = fc.oneof(
      fc.string({ unit: 'grapheme' }),
      fc.boolean(),
      fc.constant(null),
      fc.integer().map((one) => new Int32(one | 0)),
      fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }).map((one) => Long.fromBigInt(one)),
      fc.double().map((one) => new Double(one)),
      fc.date({ noInvalidDate: true }),
    );
    const key = fc.oneof(
      fc.string().filter((text) => !text.includes('\u0000')),
      fc.nat().map(String),
      fc.constantFrom('$oid', '$date', '$numberInt', '$lpadObject', '__proto__'),
    );
    const { value } = fc.letrec((tie) => ({
      value: fc.oneof({ maxDepth: 5 }, leaf, tie('list'), tie('object')),
      list: fc.array(tie('value'), { maxLength: 4 }),
      object: fc.array(fc.tuple(key, tie('value')), { maxLength: 5 }).map((pairs) => new Map(pairs)),
    }));
    fc.assert(
      fc.property(value, (one) => {
        throughText(new Map([['value', one]]));
      }),
    );
  });

  it('leaves out what is not to be in it, at the top alone', () => {
    const bytes = serialize({ locked: true, spec: { locked: true } });
    expect(bsonToText(bytes, new Set(['locked']))).toBe('{"spec":{"locked":true}}');
  });

  it.each([
    '{"$oid":"abc"}',
    '{"$date":"yesterday"}',
    '{"$numberInt":"x"}',
    '{"$oid":"6b014fe7b8486007d94c9e5a","x":1}',
  ])('that says %s is refused', (text) => {
    expect(() => readOrdered(`{"value":${text}}`)).toThrow('is no value of Extended JSON');
  });

  it('is understood as other tools write it', () => {
    const bytes = serialize(
      readOrdered('{ "a" : 1, "b" : 1.5, "c": 5000000000, "d": [ -1 , true ] }') as Ordered,
    );
    expect(bsonToText(bytes)).toBe(
      '{"a":{"$numberInt":"1"},"b":{"$numberDouble":"1.5"},"c":{"$numberLong":"5000000000"},"d":[{"$numberInt":"-1"},true]}',
    );
  });
});
