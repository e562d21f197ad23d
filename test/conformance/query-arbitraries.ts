/** Random small documents and random queries about them, with every type and operator that a spec is likely to meet. */
import { Double, Int32, Long, ObjectId } from 'bson';
import fc from 'fast-check';

const NAMES = ['a', 'b', 'c', '0', '1'] as const;

/** Few different values, so that queries hit. */
const scalars: fc.Arbitrary<unknown> = fc.constantFrom<unknown>(
  null,
  true,
  false,
  0,
  1,
  2,
  5,
  -3,
  1.5,
  new Double(1),
  new Double(5),
  new Double(-0),
  new Double(NaN),
  new Double(Infinity),
  Long.fromNumber(5),
  Long.fromString('1152921504606846976'),
  Long.fromString('1152921504606846977'),
  new Double(1152921504606846976),
  '',
  'a',
  'b',
  'B',
  'ab',
  'a\nb',
  'line\n',
  'ünü',
  '\u{1f600}',
  '\uff5e',
  'x-1.5_y',
  '2026-11-21T08:01:43.755861+00:00',
  new Date(0),
  new Date(1_000_000_000_000),
  new ObjectId('6b014fe7b8486007d94c9e5a'),
);

const name = fc.constantFrom(...NAMES);

const { value } = fc.letrec<{ value: unknown; object: Record<string, unknown>; list: unknown[] }>((tie) => ({
  value: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    { arbitrary: scalars, weight: 4 },
    { arbitrary: tie('object'), weight: 2 },
    { arbitrary: tie('list'), weight: 2 },
  ),
  object: fc.dictionary(name, tie('value'), { maxKeys: 3, noNullPrototype: true }),
  list: fc.array(tie('value'), { maxLength: 3 }),
}));

export const document = fc.dictionary(name, value, { maxKeys: 4, noNullPrototype: true });

const path = fc.array(name, { minLength: 1, maxLength: 3 }).map((parts) => parts.join('.'));

const pattern = fc.constantFrom(
  'a',
  '^a',
  'b$',
  'a.b',
  '^b',
  'line$',
  '^$',
  '\\d',
  '\\w+',
  '\\s',
  '\\S',
  '[a-c]+',
  '[^a-z]',
  '[\\w.-]+$',
  '\\bb\\b',
  '(?i)B',
  'a|x',
  '(a)(b)?',
  '\\.',
  'x{1}',
  '\\Aa',
  'b\\Z',
  'b\\z',
  '.',
  '[]a]',
  '(?<n>a)b',
  'a(?=b)',
  'u*?n',
  'Ü',
  '{',
  'T\\d{2}:',
);
const regexOptions = fc.constantFrom('', '', 'i', 'm', 's', 'im');

const comparison = fc
  .tuple(fc.constantFrom('$eq', '$ne', '$gt', '$gte', '$lt', '$lte'), value)
  .map(([operator, operand]) => ({ [operator]: operand }));
const membership = fc
  .tuple(
    fc.constantFrom('$in', '$nin'),
    fc.array(fc.oneof(value, fc.constantFrom(/^a/, /b/i)), { maxLength: 3 }),
  )
  .map(([operator, operand]) => ({ [operator]: operand }));
const bits = fc
  .tuple(
    fc.constantFrom('$bitsAllSet', '$bitsAllClear', '$bitsAnySet', '$bitsAnyClear'),
    fc.oneof<fc.Arbitrary<unknown>[]>(
      fc.constantFrom(0, 1, 5, 6),
      fc.array(fc.constantFrom(0, 2, 60, 70), { maxLength: 2 }),
    ),
  )
  .map(([operator, operand]) => ({ [operator]: operand }));
const type = fc.constantFrom<unknown>(
  'double',
  'int',
  'long',
  'number',
  'string',
  'object',
  'array',
  'bool',
  'null',
  'date',
  'objectId',
  16,
  ['string', 'null'],
);

const simpleOperators = fc.oneof(
  { arbitrary: comparison, weight: 6 },
  { arbitrary: membership, weight: 2 },
  fc.boolean().map((exists) => ({ $exists: exists })),
  type.map((one) => ({ $type: one })),
  fc.constantFrom([2, 1], [5, 0], [new Int32(3), Long.fromNumber(2)], [2, -1]).map((mod) => ({ $mod: mod })),
  fc.constantFrom(0, 1, 2, new Double(2)).map((size) => ({ $size: size })),
  fc.array(value, { maxLength: 2 }).map((all) => ({ $all: all })),
  bits,
  fc.tuple(pattern, regexOptions).map(([source, options]) => ({ $regex: source, $options: options })),
);

export const query = fc.letrec<{ query: Record<string, unknown>; operators: Record<string, unknown> }>(
  (tie) => ({
    operators: fc.oneof(
      { depthSize: 'small' },
      { arbitrary: simpleOperators, weight: 6 },
      {
        arbitrary: fc.tuple(simpleOperators, simpleOperators).map(([one, other]) => ({ ...one, ...other })),
        weight: 1,
      },
      { arbitrary: tie('operators').map((inner) => ({ $not: inner })), weight: 1 },
      { arbitrary: tie('operators').map((inner) => ({ $elemMatch: inner })), weight: 1 },
      { arbitrary: tie('query').map((inner) => ({ $elemMatch: inner })), weight: 1 },
      { arbitrary: tie('operators').map((inner) => ({ $all: [{ $elemMatch: inner }] })), weight: 1 },
    ),
    query: fc.oneof(
      { depthSize: 'small' },
      { arbitrary: fc.tuple(path, value).map(([at, operand]) => ({ [at]: operand })), weight: 3 },
      { arbitrary: fc.tuple(path, tie('operators')).map(([at, operand]) => ({ [at]: operand })), weight: 8 },
      { arbitrary: path.map((at) => ({ [at]: /^a.*/ })), weight: 1 },
      {
        arbitrary: fc
          .tuple(
            fc.constantFrom('$and', '$or', '$nor'),
            fc.array(tie('query'), { minLength: 1, maxLength: 2 }),
          )
          .map(([operator, operand]) => ({ [operator]: operand })),
        weight: 2,
      },
      {
        arbitrary: fc.tuple(tie('query'), tie('query')).map(([one, other]) => ({ ...one, ...other })),
        weight: 1,
      },
    ),
  }),
).query;

/** Pieces that a regular expression may be made of, known to the embedded store or not. */
const regexPiece = fc.constantFrom(
  ...[
    'a',
    'b',
    'B',
    'ü',
    'Ü',
    'ſ',
    'K',
    '\u{1f600}',
    '.',
    '^',
    '$',
    '|',
    '(',
    ')',
    '(?:',
    '(?=',
    '(?!',
    '(?<=',
    '(?<!',
  ],
  ...[
    '(?<n>',
    '(?P<m>',
    '(?>',
    '(?i)',
    '(?i:',
    '[ab]',
    '[^ab]',
    '[a-c]',
    '[]a]',
    '[^]a]',
    '[\\d-x]',
    '[a-]',
    '[-a]',
  ],
  ...[
    '[\\w.]',
    '[\\s]',
    '[[:alpha:]]',
    '[a\\]b]',
    '[^\\n]',
    '[ü]',
    '[$^]',
    '*',
    '+',
    '?',
    '*?',
    '+?',
    '*+',
    '{2}',
  ],
  ...[
    '{1,}',
    '{0,1}',
    '{,2}',
    '{',
    '}',
    ']',
    '\\d',
    '\\D',
    '\\w',
    '\\W',
    '\\s',
    '\\S',
    '\\b',
    '\\B',
    '\\A',
    '\\z',
  ],
  ...[
    '\\Z',
    '\\.',
    '\\-',
    '\\/',
    '/',
    '\\n',
    '\\t',
    '\\r',
    '\\x41',
    '\\Q',
    '\\E',
    '\\1',
    '\\h',
    '\\v',
    '\\R',
    '\\K',
  ],
  ...['\\p{L}', '-', ' ', '1', '\n', '#', '_'],
);
export const randomPattern = fc
  .array(regexPiece, { minLength: 1, maxLength: 6 })
  .map((pieces) => pieces.join(''));
export const randomOptions = fc.constantFrom('', '', 'i', 'm', 's', 'im', 'ms', 'ims', 'x');

const letters = fc.constantFrom(
  ...[
    'a',
    'b',
    'A',
    'B',
    'ü',
    'Ü',
    'ſ',
    'K',
    's',
    'k',
    '\u{1f600}',
    '\n',
    '\r',
    '\t',
    '\v',
    ' ',
    '\u00a0',
    '\u2028',
  ],
  ...['1', '_', '-', '.', '/', ']', '{', '#', '^', '$'],
);
export const randomText = fc.array(letters, { maxLength: 5 }).map((characters) => characters.join(''));
