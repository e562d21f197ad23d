/**
 * Fingerprints are written down by people and stand in policies: what is expected here may only change together with
 * FINGERPRINT_FORMAT.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { coresOf } from '../../../src/domain/failures/cores';
import { LOOKED_AT, lookedAt } from '../../../src/domain/failures/failure';
import { FINGERPRINT_FORMAT, fingerprintOf } from '../../../src/domain/failures/fingerprint';
import { normaliseError } from '../../../src/domain/failures/normalise';

function traceback(...lines: readonly string[]): string {
  return [
    'Traceback (most recent call last):',
    '  File "/a/b.py", line 3, in f',
    '    x()',
    ...lines,
    '',
  ].join('\n');
}

function printed(trace: string): readonly [string, string] {
  const { fingerprint, pattern } = fingerprintOf({ kind: 'told', trace });
  return [pattern, fingerprint];
}

test('this is format 1', () => {
  expect(FINGERPRINT_FORMAT).toBe(1);
});

describe('the table of docs/nightly.md', () => {
  const document = readFileSync(join(__dirname, '../../../docs/nightly.md'), 'utf8');
  const rows = [...document.matchAll(/^\| [^|]+ \| `([^|]+)` \| `([^|]+)` \|$/gm)].map(
    ([, text = '', normal = '']) => [text, normal] as const,
  );

  it('has rows', () => {
    expect(rows.length).toBeGreaterThan(10);
  });

  it.each(rows)('is right about %s', (text, normal) => {
    expect(normaliseError(text)).toBe(normal);
  });
});

test.each([
  [
    "FileNotFoundError: [Errno 2] No such file or directory: '/scratch/ada/job_12/input.txt'",
    "FileNotFoundError: [Errno 2] No such file or directory: '<path>'",
    'ac828c8471',
  ],
  [
    'RuntimeError: ScriptTask fizzled! Return code: [137]',
    'RuntimeError: ScriptTask fizzled! Return code: [137]',
    '66ba32fed9',
  ],
  ["KeyError: 'structure'", "KeyError: 'structure'", '0a758af6a7'],
  ['MemoryError', 'MemoryError', '97ba359299'],
  [
    "AttributeError: <foo.Bar object at 0x7f3a2b> has no attribute 'x'",
    "AttributeError: <foo.Bar object at <address>> has no attribute 'x'",
    'd640f3e815',
  ],
  [
    'pymongo.errors.AutoReconnect: db.example.org:27017: [Errno 104] Connection reset by peer',
    'pymongo.errors.AutoReconnect: db.example.org:<n>: [Errno 104] Connection reset by peer',
    '7881197ba7',
  ],
  [
    "subprocess.CalledProcessError: Command '['srun', '-n', '64', 'vasp_std']' returned non-zero exit status 1.",
    "subprocess.CalledProcessError: Command '['srun', '-n', '<n>', 'vasp_std']' returned non-zero exit status 1.",
    undefined,
  ],
  [
    'Exception: Job a/b/c.out of mp-1234 Li4Fe4P4O16 at Fri Nov 21 08:01:43 2026 failed on node-17 after 3 tries and/or 1/2',
    'Exception: Job <path> of mp-<n> <id> at <date> failed on node-<n> after <n> tries and/or <n>/<n>',
    undefined,
  ],
])('%s', (line, pattern, fingerprint) => {
  const [found, hash] = printed(traceback(line));
  expect(found).toBe(pattern);
  expect(hash).toMatch(/^[0-9a-f]{10}$/);
  if (fingerprint !== undefined) expect(hash).toBe(fingerprint);
});

describe('of a stack trace counts', () => {
  it('the last exception of a chain, and of a message of several lines the first', () => {
    const chain = `${traceback('KeyError: 1')}\nDuring handling of the above exception, another exception occurred:\n\n${traceback('ValueError: 7 is bad', 'because: 5')}`;
    expect(printed(chain)[0]).toBe('ValueError: <n> is bad');
    expect(printed(traceback('pydantic.ValidationError:', '  field required'))[0]).toBe(
      'pydantic.ValidationError: field required',
    );
  });

  it('what a command said last, where its output was kept', () => {
    const trace = [
      'Traceback (most recent call last):',
      '  ScriptTask, command: python relax.py',
      '  last lines on stderr:',
      '    Traceback (most recent call last):',
      '      File "relax.py", line 3, in <module>',
      '    ValueError: cell 12 is singular',
      '    srun: error: node-7: task 0: Exited with exit code 1',
      'RuntimeError: ScriptTask fizzled! Return code: [1]',
      '',
    ].join('\n');
    expect(printed(trace)[0]).toBe(
      'RuntimeError: ScriptTask fizzled! Return code: [1] | ValueError: cell <n> is singular',
    );
  });

  it('an error that a program of Node printed, before its properties and its version', () => {
    const trace = [
      'Traceback (most recent call last):',
      '  ScriptTask, command: node average.mjs',
      '  last lines on stderr:',
      "    Error: ENOENT: no such file or directory, open 'pi.txt'",
      '        at openSync (node:fs:561:18) {',
      '      errno: -2,',
      '    }',
      '    ',
      '    Node.js v22.12.0',
      'RuntimeError: ScriptTask fizzled! Return code: [1]',
      '',
    ].join('\n');
    expect(printed(trace)[0]).toBe(
      "RuntimeError: ScriptTask fizzled! Return code: [1] | Error: ENOENT: no such file or directory, open 'pi.txt'",
    );
  });

  it('the end: a long one, of which the beginning is cut off, has the same fingerprint', () => {
    const frames = Array.from(
      { length: 900 },
      (_, index) => `  File "/a/é${String(index)}.py", line 1, in f`,
    );
    const long = traceback(...frames, 'MemoryError: 12 GB');
    expect(printed(long)).toEqual(printed(traceback('MemoryError: 17 GB')));
    expect(printed(lookedAt(long))).toEqual(printed(long));
    expect(Array.from(lookedAt(`${'😀'.repeat(LOOKED_AT)}ab`))).toHaveLength(LOOKED_AT);
  });

  it.each([
    [
      'of JavaScript',
      'Traceback (most recent call last):\n    at f (/a.js:3:4)\nTypeError: x is not 7\n',
      'TypeError: x is not <n>',
    ],
    [
      'of Java',
      'Exception in thread "main" java.io.IOException: no 3\n\tat a.b(C.java:7)\n',
      'Exception in thread "main" java.io.IOException: no <n>',
    ],
    [
      'without a header',
      'Error: the launch could not be started: port 27017\n',
      'Error: the launch could not be started: port <n>',
    ],
  ])('one %s', (_, trace, pattern) => {
    expect(printed(trace)[0]).toBe(pattern);
  });
});

test.each([
  ['a lost run', { kind: 'lost' }, 'lost run'],
  ['no failed launch', { kind: 'no failed launch' }, 'FIZZLED without a failed launch'],
  ['nothing told', { kind: 'told' }, 'no error was stored'],
  ['a message alone', { kind: 'told', message: 'interrupted by SIGTERM' }, 'interrupted by SIGTERM'],
  [
    'stored output',
    { kind: 'told', stderr: 'a\nsegfault at 17\n\n', returnCode: 139 },
    'return code 139 | segfault at <n>',
  ],
] as const)('%s has a fingerprint of its own', (_, error, pattern) => {
  expect(fingerprintOf(error).pattern).toBe(pattern);
});

test.each([
  [{ nnodes: 2, ppnode: '32' }, 8, 64],
  [{ nodes: 2, ntasks_per_node: 4, cpus_per_task: 3 }, undefined, 24],
  [{ ntasks: 12 }, undefined, 12],
  [{ walltime: '1:00' }, 8, 8],
  [undefined, 8, 8],
  [undefined, undefined, 1],
] as const)('%j on a worker of %p cores takes %p', (queue, worker, cores) => {
  expect(coresOf(queue, worker)).toBe(cores);
});
