import { Writable } from 'node:stream';
import { OutputClosed, watchPipe, writeOut } from '../../../src/cli/io';
import { printItems, printValue } from '../../../src/cli/output/json';
import { createProgress } from '../../../src/cli/output/progress';
import { renderTable } from '../../../src/cli/output/table';
import type { OutputFormat } from '../../../src/cli/options/option-groups';
import { fakeIo } from '../../support/fake-io';

async function printed(items: readonly unknown[], output?: OutputFormat): Promise<string> {
  const fake = fakeIo();
  await printItems(fake.io, items, { output });
  return fake.out();
}

describe('what was found is printed', () => {
  test('as FireWorks does: one item as itself, none or several as a list', async () => {
    expect(await printed([{ a: [1] }])).toBe('{\n    "a": [\n        1\n    ]\n}\n');
    expect(await printed([])).toBe('[]\n');
    expect(await printed([{ a: 'x\ny' }, 2])).toBe('[\n    {\n        "a": "x\\ny"\n    },\n    2\n]\n');
  });

  test('always as a list for who writes -o json', async () => {
    expect(await printed([{ a: 1 }], 'json')).toBe('[\n    {\n        "a": 1\n    }\n]\n');
    expect(await printed([], 'json')).toBe('[]\n');
    expect(await printed([1, 2], 'json')).toBe(await printed([1, 2]));
  });

  test('as YAML', async () => {
    expect(await printed([{ b: 1, a: [2] }], 'yaml')).toBe('a:\n- 2\nb: 1\n\n');
    expect(await printed([{ b: 1, a: [2] }, 3], 'yaml')).toBe('- a:\n  - 2\n  b: 1\n- 3\n\n');
    expect(await printed([], 'yaml')).toBe('[]\n\n');
    expect(await printed([2], 'yaml')).toBe('2\n...\n\n');
  });

  test('a hundred thousand items are written in pieces, and are one document', async () => {
    const pieces: string[] = [];
    const stdout = new Writable({
      write: (chunk, _encoding, done) => {
        pieces.push(String(chunk));
        done();
      },
    });
    function* items(): Generator {
      for (let id = 1; id <= 100_000; id += 1) yield { id };
    }
    await printItems(fakeIo('', { stdout }).io, items(), { output: undefined });
    expect(Math.max(...pieces.map((piece) => piece.length))).toBeLessThan(70_000);
    expect(JSON.parse(pieces.join(''))).toHaveLength(100_000);
  });

  test('a value that is no list stays what it is', async () => {
    const fake = fakeIo();
    await printValue(fake.io, { count: 3 }, { output: 'json' });
    expect(fake.out()).toBe('{\n    "count": 3\n}\n');
  });
});

describe('when the reader has gone', () => {
  function brokenPipe(): Writable {
    const stream = new Writable({
      write: (_chunk, _encoding, done) => {
        done(Object.assign(new Error('EPIPE'), { code: 'EPIPE' }));
      },
    });
    watchPipe(stream);
    return stream;
  }

  test('a query stops', async () => {
    const { io } = fakeIo('', { stdout: brokenPipe() });
    await expect(writeOut(io, 'a').then(() => writeOut(io, 'b'))).rejects.toThrow(OutputClosed);
  });

  test('a change goes on', async () => {
    const { io } = fakeIo('', { stdout: brokenPipe(), whenOutputCloses: 'go on' });
    await writeOut(io, 'a');
    await writeOut(io, 'b');
  });
});

test('an interrupted query writes nothing more, a change still reports', async () => {
  const query = fakeIo();
  query.interrupt();
  await expect(writeOut(query.io, 'late')).rejects.toThrow(OutputClosed);
  expect(query.out()).toBe('');
  const change = fakeIo('', { whenOutputCloses: 'go on' });
  change.interrupt();
  await writeOut(change.io, 'report');
  expect(change.out()).toBe('report');
});

test('a slow reader is waited for', async () => {
  let release: () => void = () => undefined;
  const stdout = new Writable({
    highWaterMark: 1,
    write: (_chunk, _encoding, done) => void (release = done),
  });
  let written = false;
  const writing = writeOut(fakeIo('', { stdout }).io, 'text').then(() => void (written = true));
  await new Promise(setImmediate);
  expect(written).toBe(false);
  release();
  await writing;
  expect(written).toBe(true);
});

test('a table is plain ASCII, as wide as its cells', async () => {
  expect(
    await renderTable(
      ['name', 'state'],
      [
        ['a', 'READY'],
        ['longer', undefined],
      ],
    ),
  ).toBe(
    [
      '+--------+-------+',
      '| name   | state |',
      '+--------+-------+',
      '| a      | READY |',
      '| longer |       |',
      '+--------+-------+',
      '',
    ].join('\n'),
  );
});

describe('progress', () => {
  function clocked(stderrIsTTY: boolean): {
    readonly fake: ReturnType<typeof fakeIo>;
    pass(ms: number): void;
  } {
    let time = 1_000_000;
    const fake = fakeIo('', { stderrIsTTY, now: () => new Date(time) });
    return { fake, pass: (ms) => void (time += ms) };
  }

  test.each([true, false])('says nothing about short work (terminal: %j)', async (stderrIsTTY) => {
    const { fake, pass } = clocked(stderrIsTTY);
    const progress = createProgress({ io: fake.io, total: 2, what: 'workflows' });
    pass(1_900);
    progress.advance(2);
    progress.finish();
    await new Promise(setImmediate);
    expect(fake.err()).toBe('');
  });

  test('is a line every ten seconds without a terminal', () => {
    const { fake, pass } = clocked(false);
    const progress = createProgress({ io: fake.io, total: 1000, what: 'workflows' });
    for (let second = 1; second <= 25; second += 1) {
      pass(1_000);
      progress.advance(10);
    }
    progress.finish();
    expect(fake.err()).toBe('100 of 1000 workflows\n200 of 1000 workflows\n');
  });

  test('is a bar on a terminal, which goes when the work ends', async () => {
    const { fake, pass } = clocked(true);
    const stderr = Object.assign(fake.io.stderr, {
      isTTY: true,
      columns: 80,
      cursorTo: () => true,
      clearLine: () => true,
      moveCursor: () => true,
    });
    const progress = createProgress({ io: { ...fake.io, stderr }, total: 10, what: 'workflows' });
    pass(3_000);
    progress.advance(4);
    await new Promise((resolve) => setTimeout(resolve, 100));
    progress.advance(1);
    progress.finish();
    expect(fake.err()).toContain('4 of 10 workflows');
  });
});
