import { Binary, BSONRegExp, Decimal128, Double, Int32, Long, ObjectId } from 'bson';
import fc from 'fast-check';
import { parseLocated } from '../../../src/specs/workflow-files/located-document';
import { plain } from '../../../src/specs/plain-values';
import { toJsonLine, toJsonText } from '../../../src/specs/printing/print-json';
import { toYamlText } from '../../../src/specs/printing/print-yaml';

describe('toJsonText', () => {
  it("prints as Python's json.dumps with an indent of 4", () => {
    const value = {
      fw_id: 1,
      spec: { list: [1, { x: null }], empty: [], none: {} },
      name: 'é☃😀\x7f"\n',
      flag: true,
    };
    expect(toJsonText(value)).toBe(`{
    "fw_id": 1,
    "spec": {
        "list": [
            1,
            {
                "x": null
            }
        ],
        "empty": [],
        "none": {}
    },
    "name": "\\u00e9\\u2603\\ud83d\\ude00\\u007f\\"\\n",
    "flag": true
}`);
  });

  it.each<[unknown, string]>([
    [new Double(1), '1.0'],
    [1.5, '1.5'],
    [1e-7, '1e-07'],
    [1.5e-5, '1.5e-05'],
    [0.0001, '0.0001'],
    [new Double(1e16), '1e+16'],
    [new Double(1e15), '1000000000000000.0'],
    [new Double(-0), '-0.0'],
    [new Double(1e300), '1e+300'],
    [NaN, 'NaN'],
    [-Infinity, '-Infinity'],
    [Long.fromString('9223372036854775807'), '9223372036854775807'],
    [new Int32(5), '5'],
    [2 ** 70, '1.1805916207174113e+21'],
    [12n, '12'],
    [new Date('2026-11-21T07:38:14.156Z'), '"2026-11-21T07:38:14.156000"'],
    [new Date('2026-11-21T07:38:14Z'), '"2026-11-21T07:38:14"'],
    [new ObjectId('507f1f77bcf86cd799439011'), '"507f1f77bcf86cd799439011"'],
    [Decimal128.fromString('1.50'), '"1.50"'],
    [new Binary(Buffer.from('hi')), '"aGk="'],
    [/a.b/i, '"a.b"'],
    [new BSONRegExp('a'), '"a"'],
    [undefined, 'null'],
    [[undefined, 1], '[null, 1]'],
    [{ a: undefined, b: 1 }, '{"b": 1}'],
  ])('prints %p as %s', (value, text) => {
    expect(toJsonLine(value)).toBe(text);
  });

  it('is JSON of the same value', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(JSON.parse(JSON.stringify(JSON.parse(toJsonText(value))))).toEqual(
          JSON.parse(JSON.stringify(value)),
        );
      }),
    );
  });

  it('prints 100,000 small objects in about a quarter of a second', () => {
    const objects = Array.from({ length: 100_000 }, (_, fw_id) => ({
      fw_id,
      name: `fw ${fw_id}`,
      state: 'READY',
    }));
    // Processor time, since other work may share the machine.
    const start = process.cpuUsage();
    toJsonText(objects);
    expect(process.cpuUsage(start).user / 1000).toBeLessThan(2000);
  });
});

describe('toYamlText', () => {
  it("prints as FireWorks' safe dump: block style, keys sorted, lists not indented, Unicode kept", () => {
    const value = {
      state: 'READY',
      a: [1, 'x', { z: null, y: true }],
      c: {},
      d: [],
      h: 'a: b',
      f: '1',
      i: 'multi\nline',
      j: '',
      l: 'ü☃',
      n: new Double(1),
      o: new Double(1e20),
      q: 'null',
      s: '2020-01-01',
      t: "it's",
      v: '# x',
      e: 'yes',
      ac: -0,
      date: new Date('2026-11-21T07:38:14.156Z'),
      nested: [[1, 2], [3]],
      id: new ObjectId('507f1f77bcf86cd799439011'),
      Z: Infinity,
    };
    expect(toYamlText(value)).toBe(`Z: .inf
a:
- 1
- x
- y: true
  z: null
ac: -0.0
c: {}
d: []
date: '2026-11-21T07:38:14.156000'
e: yes
f: '1'
h: 'a: b'
i: "multi\\nline"
id: 507f1f77bcf86cd799439011
j: ''
l: ü☃
n: 1.0
nested:
- - 1
  - 2
- - 3
o: 1e+20
q: 'null'
s: '2020-01-01'
state: READY
t: it's
v: '# x'
`);
  });

  it('ends a lone scalar with ...', () => {
    expect([2, 'x', null, 'a\nb', [1], {}].map(toYamlText)).toEqual([
      '2\n...\n',
      'x\n...\n',
      'null\n...\n',
      '"a\\nb"\n...\n',
      '- 1\n',
      '{}\n',
    ]);
  });

  it('reads back as the same value', () => {
    const value = fc.jsonValue({ maxDepth: 3 }).filter((one) => !/\d{17}/.test(JSON.stringify(one)));
    fc.assert(
      fc.property(value, (one) => {
        const text = toYamlText({ value: one });
        const read = plain(parseLocated(text, { file: 'f', format: 'yaml', code: 'BAD_CONFIG' }).value);
        expect(JSON.parse(JSON.stringify(read))).toEqual(JSON.parse(JSON.stringify({ value: one })));
      }),
    );
  });
});
