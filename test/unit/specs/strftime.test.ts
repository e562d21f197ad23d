import { execFileSync } from 'node:child_process';
import { strftime, unknownDirectives } from '../../../src/specs/printing/strftime';

/** Microseconds of moments that are hard for one directive or another. */
const MOMENTS = [
  '2026-11-21T07:45:51.465Z',
  '2024-02-29T00:00:00.000Z',
  '2001-01-09T12:03:04.999Z',
  '1999-12-31T23:59:59.001Z',
];
const FORMAT = '%Y|%y|%m|%d|%H|%I|%p|%M|%S|%f|%j|%a|%A|%b|%B|%w|%F|%T|%Z|%z|%%|é';

describe('strftime', () => {
  it.each(MOMENTS)('writes moments as Python does: %s', (iso) => {
    const microseconds = Date.parse(iso) * 1000 + 64;
    const code = `import datetime as d, sys; t = d.datetime(1970, 1, 1, tzinfo=d.timezone.utc) + d.timedelta(microseconds=${String(microseconds)}); sys.stdout.buffer.write(t.strftime(sys.argv[1]).encode())`;
    const python = execFileSync('python3', ['-c', code, FORMAT], {
      encoding: 'utf8',
      env: { ...process.env, LC_ALL: 'C.UTF-8' },
    });
    expect(strftime(FORMAT, { microseconds })).toBe(python);
  });

  it('tells what it does not know', () => {
    expect(unknownDirectives('%Y-%U %% %Q %')).toEqual(['%U', '%Q', '%']);
    expect(unknownDirectives(FORMAT)).toEqual([]);
  });
});
