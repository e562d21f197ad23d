import { BSONRegExp, Decimal128, Double, Long, MinKey, ObjectId, Timestamp } from 'bson';
import fc from 'fast-check';
import { LpadError } from '../../../src/errors';
import { parseJsonValue, parseQuery } from '../../../src/specs/parse-query';
import { toJsonLine } from '../../../src/specs/printing/print-json';

const query = (text: string) => parseQuery(text, '-q');

function refusal(read: () => unknown): { message: string; hint: string | undefined } {
  try {
    read();
  } catch (error) {
    expect(error).toBeInstanceOf(LpadError);
    const { code, message, hint } = error as LpadError;
    expect(code).toBe('BAD_QUERY');
    expect(message).not.toContain('\n');
    return { message, hint };
  }
  throw new Error('it was accepted');
}

describe('a query in JSON', () => {
  it('keeps the types of numbers', () => {
    expect(query('{"a": 1, "b": 1.0, "c": 5000000000, "d": 0.5, "e": true, "f": null}')).toEqual({
      a: 1,
      b: new Double(1),
      c: Long.fromNumber(5e9),
      d: 0.5,
      e: true,
      f: null,
    });
  });

  it('may hold Extended JSON', () => {
    const text = `{"_id": {"$oid": "507f1f77bcf86cd799439011"}, "a": {"$gt": {"$date": "2020-01-01T00:00:00Z"}},
      "b": [{"$numberLong": "5"}, {"$numberInt": "6"}, {"$numberDouble": "7"}, {"$numberDecimal": "8.5"}],
      "c": {"$regularExpression": {"pattern": "^a", "options": "i"}}, "d": {"$date": {"$numberLong": "1600000000000"}},
      "e": {"$date": 1600000000000}, "f": {"$minKey": 1}, "g": {"$timestamp": {"t": 1, "i": 2}}, "h": {"$date": "2020-01-01T00:00:00"}}`;
    expect(query(text)).toEqual({
      _id: new ObjectId('507f1f77bcf86cd799439011'),
      a: { $gt: new Date('2020-01-01') },
      b: [Long.fromNumber(5), 6, new Double(7), Decimal128.fromString('8.5')],
      c: new BSONRegExp('^a', 'i'),
      d: new Date(1.6e12),
      e: new Date(1.6e12),
      f: new MinKey(),
      g: new Timestamp({ t: 1, i: 2 }),
      h: new Date('2020-01-01'),
    });
  });

  it('leaves the operators of queries alone', () => {
    const text =
      '{"name": {"$regex": "x", "$options": "i"}, "a": {"$type": "date"}, "b": {"$regex": "x", "$ne": "xy"}, "$or": [{"c": 1}]}';
    expect(query(text)).toEqual(JSON.parse(text));
  });

  it('reads back what toJsonLine prints, whatever it is', () => {
    const value = fc.dictionary(
      fc.string().filter((key) => !key.startsWith('$')),
      fc.jsonValue({ maxDepth: 4 }).filter((one) => !/\d{17}/.test(JSON.stringify(one))),
    );
    fc.assert(
      fc.property(value, (object) => {
        expect(toJsonLine(query(toJsonLine(object)))).toBe(toJsonLine(object));
      }),
    );
  });
});

describe('a query as a Python literal', () => {
  it("reads what FireWorks' -q reads", () => {
    const text = `{'state': "FIZZLED", 'a': (1, -2.5,), 'b': [True, False, None, 0x1F, 0o17, 0b11, 1_000, 1e3, .5, +4, --5],
      "c": 'one' "two" r'th\\ree', 'd': {}, 'e': (), 'f': (1), 'g': '''a
b''', 'h': "\\x41\\u00e9\\U0001F600\\n\\'\\q\\101", 'i': u'x', 'j': 5000000000,}  # a comment`;
    expect(query(text)).toEqual({
      state: 'FIZZLED',
      a: [1, -2.5],
      b: [true, false, null, 31, 15, 3, 1000, new Double(1000), 0.5, 4, 5],
      c: 'onetwoth\\ree',
      d: {},
      e: [],
      f: 1,
      g: 'a\nb',
      h: "Aé😀\n'\\qA",
      i: 'x',
      j: Long.fromNumber(5e9),
    });
  });

  it('may be mixed with the words of JSON, and with Extended JSON', () => {
    expect(query(`{'a': true, 'b': null, '_id': {'$oid': '507f1f77bcf86cd799439011'}}`)).toEqual({
      a: true,
      b: null,
      _id: new ObjectId('507f1f77bcf86cd799439011'),
    });
  });
});

describe('a query that cannot be read', () => {
  const hint = `write it like -q '{"state": "FIZZLED"}'`;
  it.each([
    [`{'a': 1`, 'it ends too early: a bracket or a quote is not closed, at character 8'],
    [`{'a' 1}`, `"1}" was not expected here, at character 6`],
    ['{"a":}', `"}" was not expected here, at character 6`],
    [`{'a': 1} extra`, `"extra" was not expected here, at character 10`],
    [`{'a': 'x}`, 'it ends too early: a bracket or a quote is not closed, at character 10'],
    [`{'a': [1 2]}`, `"2]}" was not expected here, at character 10`],
    ['{state: "READY"}', '"state" is no value; a text needs quotes, at character 2'],
    ['{"state": READY}', '"READY" is no value; a text needs quotes, at character 11'],
    ['FIZZLED', '"FIZZLED" is no value; a text needs quotes, at character 1'],
    [`{'a': ObjectId('x')}`, `"ObjectId('x')" is no value; a text needs quotes, at character 7`],
    ['{"a": {1, 2}}', 'a set cannot be stored or queried; write a list [ ] or key: value, at character 7'],
    [`{'a': b'x'}`, 'bytes (b"…") cannot stand in a query, at character 7'],
    [`{'a': f'{x}'}`, 'a text with f"…" cannot stand in a query, at character 7'],
    ["{'a': 1j}", 'complex numbers cannot be stored or queried, at character 7'],
    ["{'a': 010}", '010 starts with a zero, at character 7'],
    ["{'a': -None}", 'only a number can have a sign, at character 7'],
    ['{1: 2}', 'a key must be a text in quotes, at character 2'],
    [
      "{'a': 99999999999999999999}",
      '99999999999999999999 does not fit into a 64-bit integer, the largest that a database holds, at character 7',
    ],
    ["{'a': '\\N{DASH}'}", 'the escape \\N{DASH} in this text is not understood, at character 7'],
    ['{"a": 1}; {"b": 2}', 'only one value is expected, at character 1'],
  ])('%s: the message says what and where', (text, message) => {
    expect(refusal(() => query(text))).toEqual({ message: `-q: ${message} of ${text}`, hint });
  });

  it.each([
    ['', 'it is empty'],
    ['  ', 'it is empty'],
    ['[1]', 'a query is an object { }, this is a list'],
    ['"READY"', "a query is an object { }, this is 'READY'"],
    ['{"_id": {"$oid": "zz"}}', '{"$oid":"zz"} is no valid $oid'],
    ['{"a": {"$date": "soon"}}', '{"$date":"soon"} is no valid $date'],
    ['{"a": {"$numberLong": "abc"}}', '{"$numberLong":"abc"} is no valid $numberLong'],
  ])('%j: the message says what', (text, message) => {
    expect(refusal(() => query(text))).toEqual({ message: `-q: ${message}`, hint });
  });

  it('is shown in part when it is long', () => {
    expect(refusal(() => query(`{"a": "${'x'.repeat(200)}" 1}`)).message.length).toBeLessThan(150);
  });
});

describe('a value of --set', () => {
  it('is any JSON', () => {
    expect(['5', '5.0', '"x"', 'null', '[1, {"a": 1}]'].map((text) => parseJsonValue(text, '--set'))).toEqual(
      [5, new Double(5), 'x', null, [1, { a: 1 }]],
    );
  });

  it('is never a word that somebody forgot to quote', () => {
    expect(refusal(() => parseJsonValue('abc', '--set'))).toEqual({
      message: '--set: expected a value, but found "a", at character 1 of abc',
      hint: 'the value is JSON: a number 5, a text "abc" (in double quotes), true, null, a list [1, 2] or an object {"a": 1}',
    });
  });
});
