/** Pieces of the report of the morning; test/integration/recovery/morning.test.ts has the whole. */
import fc from 'fast-check';
import { idRanges } from '../../../src/cli/output/id-ranges';
import { chartHtml, scaleTop } from '../../../src/cli/output/morning/chart-html';
import { escaped } from '../../../src/cli/output/morning/escaped';
import { markdownOf } from '../../../src/cli/output/morning/render-markdown';
import { textOf } from '../../../src/cli/output/morning/render-text';
import { hours } from '../../../src/cli/output/morning/words';
import { parseIds } from '../../../src/specs/typed/parse-ids';

describe('ids as ranges', () => {
  it('are written as -i reads them', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.integer({ min: 1, max: 60 }), { minLength: 1 }), (ids) => {
        const read = parseIds([idRanges(ids)], '-i');
        expect([...read].sort((one, other) => one - other)).toEqual(
          [...ids].sort((one, other) => one - other),
        );
      }),
    );
  });

  it('are short', () => {
    expect(idRanges([9, 3, 4, 5, 7, 8])).toBe('3-5,7-9');
    expect(idRanges([2, 1, 2])).toBe('1,2');
  });
});

describe('the scale of a chart', () => {
  it('is not below the highest column, not far above it, and has whole steps for what is counted', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1_000_000 }), (highest) => {
        const top = scaleTop(highest);
        expect(top).toBeGreaterThanOrEqual(highest);
        expect(top).toBeLessThanOrEqual(Math.max(4, 2 * highest));
        if (highest >= 4) expect(Number.isInteger(Number((top / 4).toPrecision(12)))).toBe(true);
      }),
    );
  });

  it('is there for nothing, too', () => {
    const columns = [{ label: '<b>', values: [0] }];
    const html = chartHtml({ title: 't', unit: 'u', series: [{ name: '"x"', colour: '#000000' }], columns });
    expect(html).toContain('--size: 0.00000');
    expect(html).not.toMatch(/NaN|Infinity|<b>|"x"/);
  });

  it('labels as many nights as fit, the last one among them, and names all of them for screen readers', () => {
    const columns = Array.from({ length: 40 }, (_, at) => ({ label: `n${String(at)}`, values: [at] }));
    const html = chartHtml({ title: 't', unit: 'u', series: [{ name: 's', colour: '#000000' }], columns });
    const shown = [...html.matchAll(/aria-hidden="true">(n\d+)</g)].map(([, label]) => label);
    expect(shown).toHaveLength(14);
    expect(shown.at(-1)).toBe('n39');
    expect(html.match(/class="unseen"/g)).toHaveLength(40);
  });
});

it('escapes what HTML would take for its own', () => {
  expect(escaped(`<a href="x">'&'</a>`)).toBe('&lt;a href=&quot;x&quot;&gt;&#39;&amp;&#39;&lt;/a&gt;');
});

it('prints tables in Markdown in which a bar is a character', () => {
  const table = { kind: 'table', head: ['a', 'b'], rows: [['x|y', 1]] } as const;
  expect(markdownOf([table])).toBe('| a | b |\n| --- | --- |\n| x\\|y | 1 |\n');
});

it('leaves no gap where there is nothing to print', async () => {
  const blocks = [
    { kind: 'heading', text: 'Nights' },
    { kind: 'charts', charts: [] },
    { kind: 'commands', commands: [{ says: 'look', command: 'lpad explain -i 1' }] },
  ] as const;
  expect(await textOf(blocks)).toBe('Nights\n------\n\nlook: lpad explain -i 1\n');
});

it('writes core hours with the digits that matter', () => {
  expect([0, 0.001, 0.5, 3.14159, 1234.56].map(hours)).toEqual(['0', '0', '0.50', '3.14', '1234.6']);
});
