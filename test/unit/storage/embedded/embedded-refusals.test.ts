import { Decimal128, Long, MinKey, Timestamp } from 'bson';
import { createMatcher } from '../../../../src/storage/embedded/query/matcher';

const REFUSED: readonly (readonly [string, Record<string, unknown>])[] = [
  ['$where', { $where: 'true' }],
  ['$expr', { $expr: { $gt: ['$a', '$b'] } }],
  ['$text', { $text: { $search: 'a' } }],
  ['$jsonSchema', { $jsonSchema: {} }],
  ['$near', { a: { $near: [0, 0] } }],
  ['$geoWithin', { a: { $geoWithin: {} } }],
  ['decimal numbers', { a: Decimal128.fromString('1.5') }],
  ['MinKey', { a: { $gt: new MinKey() } }],
  ['timestamps of replication', { a: { $in: [new Timestamp({ t: 1, i: 1 })] } }],
  ['$eq with a regular expression', { a: { $eq: /a/ } }],
  ['the option x of $regex', { a: { $regex: 'a b', $options: 'x' } }],
  ['the possessive quantifier *+', { a: { $regex: 'a*+b' } }],
  ['(?>a in a regular expression', { a: { $regex: '(?>a)' } }],
  ['(?i: in a regular expression', { a: { $regex: 'a(?i:b)' } }],
  ['\\1 in a regular expression', { a: { $regex: '(a)\\1' } }],
  ['\\p in a regular expression', { a: { $regex: '\\p{L}' } }],
  ['[: in a regular expression', { a: { $regex: '[[:alpha:]]' } }],
  ['the path "a..b"', { 'a..b': 1 }],
  ['the path "__proto__.a"', { '__proto__.a': 1 }],
];

const WRONG: readonly (readonly [string, Record<string, unknown>])[] = [
  ['$in needs a list', { a: { $in: 1 } }],
  ['$or needs a list of queries', { $or: [] }],
  ['$mod cannot divide by 0', { a: { $mod: [0, 1] } }],
  ['$size cannot be negative', { a: { $size: -1 } }],
  ['$type has no type nothing', { a: { $type: 'nothing' } }],
  ['$options needs $regex', { a: { $options: 'i' } }],
];

function errorLike(fields: object): Error {
  return expect.objectContaining(fields) as Error;
}

describe('a query that the embedded store refuses', () => {
  it.each(REFUSED)('is refused by the name of %s', (name, query) => {
    const message = expect.stringContaining(`the embedded store cannot do ${name}`) as string;
    expect(() => createMatcher(query)).toThrow(errorLike({ code: 'BAD_QUERY', message }));
  });

  it.each(REFUSED)('is refused inside of other conditions (%s)', (_name, query) => {
    expect(() => createMatcher({ $or: [{ b: 1 }, query] })).toThrow(errorLike({ code: 'BAD_QUERY' }));
  });

  it.each(WRONG)('is called wrong because %s', (reason, query) => {
    const message = `the query is wrong: ${reason}`;
    expect(() => createMatcher(query)).toThrow(errorLike({ code: 'BAD_QUERY', message }));
  });

  it('is refused when a document holds what it cannot compare with', () => {
    const matches = createMatcher({ a: { $gt: 1 } });
    expect(() => matches({ a: Decimal128.fromString('2') })).toThrow(errorLike({ code: 'BAD_QUERY' }));
    expect(matches({ a: Long.fromNumber(2) })).toBe(true);
  });
});
