import fc from 'fast-check';
import { parseIds, parseIdsInOrder } from '../../../../src/specs/typed/parse-ids';
import { LpadError } from '../../../../src/errors';

const FORM = 'write ids as 3 5, 3,5 or 3-9';

function complaint(words: readonly string[]): string {
  try {
    parseIds(words);
  } catch (error) {
    if (error instanceof LpadError && error.code === 'BAD_SELECTOR' && error.exitStatus === 2)
      return error.message;
    throw error;
  }
  throw new Error('no error');
}

test.each<[readonly string[], readonly number[]]>([
  [['3'], [3]],
  [
    ['3', '5'],
    [3, 5],
  ],
  [['3,5'], [3, 5]],
  [['3-6'], [3, 4, 5, 6]],
  [['3-3'], [3]],
  [
    ['9', '1-3,2-4', '3'],
    [1, 2, 3, 4, 9],
  ],
  [['3, 5'], [3, 5]],
  [[' 3 5 '], [3, 5]],
  [['3 - 5'], [3, 4, 5]],
  [['007'], [7]],
  [[], []],
])('%j is %j', (words, ids) => {
  expect(parseIds(words)).toEqual(ids);
});

test.each<[readonly string[], string]>([
  [['two'], `-i: "two" is no id; ${FORM}`],
  [['3,two'], `-i: "two" is no id (in "3,two"); ${FORM}`],
  [['1,,2'], `-i: "1,,2" lacks an id beside a comma; ${FORM}`],
  [['3,'], `-i: "3," lacks an id beside a comma; ${FORM}`],
  [[',3'], `-i: ",3" lacks an id beside a comma; ${FORM}`],
  [[''], `-i: an empty text is no id; ${FORM}`],
  [['9-3'], `-i: the range 9-3 goes backwards; did you mean 3-9?; ${FORM}`],
  [['0'], `-i: ids begin at 1, so 0 selects nothing; ${FORM}`],
  [['0-3'], `-i: ids begin at 1, so 0-3 selects nothing; ${FORM}`],
  [['-3'], `-i: "-3" is no id; ${FORM}`],
  [['3-'], `-i: "3-" is no id; ${FORM}`],
  [['3--5'], `-i: "3--5" is no id; ${FORM}`],
  [['3-5-7'], `-i: "3-5-7" is no id; ${FORM}`],
  [['3..5'], `-i: "3..5" is no id; ${FORM}`],
  [['3–5'], `-i: "3–5" is no id; ${FORM}`],
  [['1.0'], `-i: "1.0" is no id; ${FORM}`],
  [['1e3'], `-i: "1e3" is no id; ${FORM}`],
  [['0x10'], `-i: "0x10" is no id; ${FORM}`],
  [['[1]'], `-i: "[1]" is no id; ${FORM}`],
  [['99999999999999999999'], `-i: 99999999999999999999 is too large for an id; ${FORM}`],
  [['1-20000000'], `-i: 1-20000000 is 20000000 ids, more than 10000000; ${FORM}`],
  [
    ['1-6000000', '2000000-9000000'],
    `-i: 1-6000000 2000000-9000000 is 13000001 ids, more than 10000000; ${FORM}`,
  ],
])('%j is refused', (words, message) => {
  expect(complaint(words)).toBe(message);
});

const range = fc
  .tuple(fc.integer({ min: 1, max: 500 }), fc.integer({ min: 0, max: 30 }))
  .map(([first, more]) => ({ first, last: first + more }));

test('whatever is typed in whatever grouping, the ids are the union, ascending, each once', () => {
  fc.assert(
    fc.property(fc.array(fc.array(range, { minLength: 1, maxLength: 4 }), { maxLength: 4 }), (groups) => {
      const words = groups.map((group) =>
        group.map(({ first, last }) => (first === last ? `${first}` : `${first}-${last}`)).join(','),
      );
      const union = new Set<number>();
      for (const { first, last } of groups.flat()) for (let id = first; id <= last; id += 1) union.add(id);
      expect(parseIds(words)).toEqual([...union].sort((a, b) => a - b));
    }),
  );
});

test('any text is either ids from 1 on, or a BAD_SELECTOR', () => {
  const typed = fc.oneof(fc.string(), fc.stringMatching(/^[0-9, -]{1,12}$/));
  fc.assert(
    fc.property(fc.array(typed, { maxLength: 3 }), (words) => {
      try {
        const ids = parseIds(words.filter((word) => !/\d{6,}/.test(word)));
        expect(ids.every((id, index) => id >= 1 && id > (ids[index - 1] ?? 0))).toBe(true);
      } catch (error) {
        expect(error).toMatchObject({ code: 'BAD_SELECTOR' });
      }
    }),
  );
});

test('ids that stand beside others keep their order and their repetitions', () => {
  expect(parseIdsInOrder(['9', '3', '9', '1-2'], '-lid')).toEqual([9, 3, 9, 1, 2]);
  expect(() => parseIdsInOrder(['x'], '-lid')).toThrow('-lid: "x" is no id');
});
