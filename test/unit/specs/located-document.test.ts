import { Double, Long } from 'bson';
import fc from 'fast-check';
import { LpadError } from '../../../src/errors';
import {
  type FileFormat,
  formatOfFile,
  parseLocated,
} from '../../../src/specs/workflow-files/located-document';
import { plain } from '../../../src/specs/plain-values';
import { toJsonLine } from '../../../src/specs/printing/print-json';
import { storedDateText } from '../../../src/specs/reading/file-dates';

const read = (text: string, format: FileFormat): unknown => parse(text, format).value;
const parse = (text: string, format: FileFormat) =>
  parseLocated(text, { file: `f.${format}`, format, code: 'BAD_WORKFLOW' });
function messageFor(text: string, format: FileFormat): string {
  try {
    parse(text, format);
  } catch (error) {
    expect(error).toBeInstanceOf(LpadError);
    expect((error as LpadError).code).toBe('BAD_WORKFLOW');
    return (error as LpadError).message;
  }
  throw new Error('it was read');
}

describe('numbers of a file', () => {
  it.each(['json', 'yaml'] as const)('keep their type in %s', (format) => {
    const text =
      '{"a": 1, "b": 1.0, "c": 1.5, "d": 1e3, "e": 2147483648, "f": -2147483648, "g": -0, "h": 9223372036854775807}';
    expect(read(text, format)).toEqual({
      a: 1,
      b: new Double(1),
      c: 1.5,
      d: new Double(1000),
      e: Long.fromString('2147483648'),
      f: -2147483648,
      g: 0,
      h: Long.fromString('9223372036854775807'),
    });
  });

  it.each(['json', 'yaml'] as const)('beyond int64 are refused in %s', (format) => {
    expect(messageFor('{"a":\n 9223372036854775808}', format)).toBe(
      `f.${format} line 2 column 2: 9223372036854775808 does not fit into a 64-bit integer, the largest that a database holds`,
    );
  });
});

describe('JSON', () => {
  it('is read as JSON.parse reads it', () => {
    fc.assert(
      fc.property(
        fc.json().filter((text) => !/-0(?![.\d])|\d{17}/.test(text)),
        (text) => {
          expect(toJsonLine(plain(read(text, 'json')))).toEqual(
            toJsonLine(plain(read(JSON.stringify(JSON.parse(text)), 'json'))),
          );
          expect(JSON.parse(toJsonLine(plain(read(text, 'json'))))).toEqual(JSON.parse(text));
        },
      ),
    );
  });

  it('may hold what Python writes for NaN and infinity', () => {
    expect(read('[NaN, Infinity, -Infinity]', 'json')).toEqual([NaN, Infinity, -Infinity]);
  });

  it('keeps a key __proto__ as data', () => {
    const value = read('{"__proto__": {"x": 1}}', 'json') as object;
    expect(Object.keys(value)).toEqual(['__proto__']);
    expect(Object.getPrototypeOf(value)).toBe(Object.prototype);
  });

  it.each([
    ['{"fws": [', 'f.json line 1 column 10: expected a value, but the text ends'],
    ['{"a": 1,}', 'f.json line 1 column 9: expected a key in double quotes, but found "}"'],
    ['{"a": 1\n "b": 2}', `f.json line 2 column 2: expected ',' or '}', but found "\\""`],
    ['[1 2]', `f.json line 1 column 4: expected ',' or ']', but found "2"`],
    ['[01]', `f.json line 1 column 3: expected ',' or ']', but found "1"`],
    ['{"a" 1}', `f.json line 1 column 6: expected ':' after the key, but found "1"`],
    ["{'a': 1}", `f.json line 1 column 2: expected a key in double quotes, but found "'"`],
    ['[True]', 'f.json line 1 column 2: expected a value, but found "T"'],
    ['{"a": 1} x', 'f.json line 1 column 10: expected the end of the text, but found "x"'],
    ['["abc', 'f.json line 1 column 2: this text has no closing quote'],
    [
      '["a\nb"]',
      'f.json line 1 column 2: this text has a line break, a control character or a wrong escape in it',
    ],
    [
      '["\\q"]',
      'f.json line 1 column 2: this text has a line break, a control character or a wrong escape in it',
    ],
    ['{"a": 1,\n "a": 1}', 'f.json line 2 column 2: the key "a" stands here a second time'],
    ['', 'f.json line 1 column 1: expected a value, but the text ends'],
    ['['.repeat(100_000), 'f.json line 1 column 502: objects and lists are nested more than 500 deep'],
  ])('%j: the message says where and what', (text, message) => {
    expect(messageFor(text, 'json')).toBe(message);
  });

  it('is read fast', () => {
    const fws = Array.from({ length: 20_000 }, (_, id) => ({
      fw_id: id,
      spec: { _tasks: [{ _fw_name: 'A', s: 'y'.repeat(300) }], x: 1.5 },
    }));
    const text = JSON.stringify({ fws });
    // Processor time, since other work may share the machine.
    const start = process.cpuUsage();
    read(text, 'json');
    expect(process.cpuUsage(start).user / 1000).toBeLessThan(1500);
  });
});

describe('YAML', () => {
  it("is FireWorks' YAML 1.2", () => {
    const text = [
      'a: yes',
      'b: 017',
      'c: 0o17',
      'd: 0x1F',
      'e: 1_000',
      'f: .5',
      'g: 1.',
      'h: +3',
      'i: 0b11',
      'j: 1:30',
      'k: ~',
      'l: .inf',
      'm: &x {p: 1}',
      'n: {<<: *x, q: 2}',
      'o: "2020-01-01"',
      'p: 1.5e-7',
      'q: True',
    ].join('\n');
    expect(read(text, 'yaml')).toEqual({
      a: 'yes',
      b: 17,
      c: 15,
      d: 31,
      e: 1000,
      f: 0.5,
      g: new Double(1),
      h: 3,
      i: 3,
      j: '1:30',
      k: null,
      l: Infinity,
      m: { p: 1 },
      n: { p: 1, q: 2 },
      o: '2020-01-01',
      p: 1.5e-7,
      q: true,
    });
  });

  it.each([
    ['2020-01-01', '2020-01-01T00:00:00.000Z', '2020-01-01'],
    ['2020-01-01T10:00:00Z', '2020-01-01T10:00:00.000Z', '2020-01-01T10:00:00+00:00'],
    ['2020-01-01 10:00:00.123456 +02:00', '2020-01-01T08:00:00.123Z', '2020-01-01T10:00:00.123456+02:00'],
    ['2020-01-01T10:00:00', '2020-01-01T10:00:00.000Z', '2020-01-01T10:00:00'],
    ['2020-01-01t10:00:00.5-05:30', '2020-01-01T15:30:00.500Z', '2020-01-01T10:00:00.500000-05:30'],
  ])('an unquoted %s is a date that remembers what Python would store', (text, iso, stored) => {
    const { d } = read(`d: ${text}`, 'yaml') as { d: Date };
    expect([d.toISOString(), storedDateText(d)]).toEqual([iso, stored]);
  });

  it('reads many aliases, but not a bomb', () => {
    const many = `a: &a {x: 1}\nb:\n${'- *a\n'.repeat(2000)}`;
    expect((read(many, 'yaml') as { b: unknown[] }).b).toHaveLength(2000);
    const bomb = ['a0: &a0 [x]'];
    for (let level = 1; level < 9; level += 1)
      bomb.push(`a${level}: &a${level} [${`*a${level - 1},`.repeat(10)}]`);
    expect(messageFor(bomb.join('\n'), 'yaml')).toContain('Excessive alias count');
  });

  it.each([
    ['a: 1\na: 2', 'f.yaml line 2 column 1: the key "a" stands here a second time'],
    ['a: !foo 3', 'f.yaml line 1 column 4: unknown tag !foo'],
    ['a: !!set {x}', 'f.yaml line 1 column 4: unknown tag tag:yaml.org,2002:set'],
    ['---\na: 1\n---\nb: 2', 'f.yaml line 3 column 1: a second document starts here (---); a file holds one'],
    ['a: *x', 'f.yaml line 1 column 1: Unresolved alias (the anchor must be set before the alias): x'],
    [
      'a: 2020-02-30',
      'f.yaml line 1 column 4: 2020-02-30 is not a date of the calendar; put it in quotes if it is a text',
    ],
    ['['.repeat(100_000), 'objects and lists are nested too deep'],
  ])('%j: the message says where and what', (text, message) => {
    expect(messageFor(text.slice(0, 200_000), 'yaml')).toContain(message);
  });
});

describe('lineOf', () => {
  it.each(['json', 'yaml'] as const)('finds keys and items in %s, or what is around them', (format) => {
    const document = parse('{\n"a": [\n1,\n{"b": 2}],\n"c": 3}', format);
    expect([['a'], ['a', 1, 'b'], ['c'], ['a', 1, 'x'], ['x']].map((path) => document.lineOf(path))).toEqual([
      2,
      4,
      5,
      4,
      undefined,
    ]);
  });
});

it('the format is known by the ending', () => {
  expect(['a.json', 'a.yaml', 'a.YML', 'a.txt'].map(formatOfFile)).toEqual([
    'json',
    'yaml',
    'yaml',
    undefined,
  ]);
});
