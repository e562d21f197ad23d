import { Binary, Decimal128, Double, Int32, Long, ObjectId } from 'bson';
import { canonicalText } from '../../../src/specs/printing/canonical-text';

/** Values that are the same, row by row; of different rows none are. */
const ROWS: readonly (readonly unknown[])[] = [
  [1, new Double(1), new Int32(1), Long.fromNumber(1), 1n],
  [0, -0, new Double(-0)],
  [0.1, new Double(0.1)],
  [2 ** 60, Long.fromBigInt(2n ** 60n), new Double(2 ** 60)],
  [Long.fromBigInt(2n ** 60n + 1n)],
  [Number.NaN],
  [Infinity],
  ['1'],
  [true],
  [null],
  ['null'],
  [[]],
  [{}, { absent: undefined }],
  [
    [1, [2]],
    [new Double(1), [2]],
  ],
  [[[1], 2]],
  [
    { a: 1, b: { c: 2, d: [] } },
    { b: { d: [], c: new Double(2) }, a: 1 },
  ],
  [{ 'a:1': 2 }],
  [{ a: '1' }],
  [new Date(5)],
  ['Date(5)'],
  [new ObjectId('65f000000000000000000001')],
  ['65f000000000000000000001'],
  [Decimal128.fromString('1.5')],
  [new Binary(Buffer.from('a'))],
  ['ä\u2028'],
];

test('the same data has one text, other data another', () => {
  const texts = ROWS.map((row) => new Set(row.map(canonicalText)));
  expect(texts.map(({ size }) => size)).toEqual(ROWS.map(() => 1));
  expect(new Set(texts.flatMap((one) => [...one])).size).toBe(ROWS.length);
});
