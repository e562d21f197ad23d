import { renderSimpleTable } from '../../../src/cli/output/simple-table';

const HEADS = ['key', 'value', '#C', '#F', '%C - %F'];

// What tabulate 0.10 prints.
describe('a simple table', () => {
  it('without rows is its heads', () => {
    expect(renderSimpleTable(HEADS, [])).toBe(
      'key    value    #C    #F    %C - %F\n-----  -------  ----  ----  ---------\n',
    );
  });

  it('aligns numbers at their points, texts that are numbers as well', () => {
    const rows = [
      ['temperature', '300', 5, 0, 166.66666],
      ['x.y', '1.5', 10, 12, -50],
      ['zé', '0.002', 0, 1, -0.12345678],
    ];
    expect(renderSimpleTable(HEADS, rows)).toBe(
      [
        'key            value    #C    #F     %C - %F',
        '-----------  -------  ----  ----  ----------',
        'temperature  300         5     0  166.667',
        'x.y            1.5      10    12  -50',
        'zé             0.002     0     1   -0.123457',
        '',
      ].join('\n'),
    );
  });

  it('shows a value of several lines on one', () => {
    expect(renderSimpleTable(['a'], [['x\ny']])).toBe('a\n----\nx\\ny\n');
  });
});
