/** Tables in plain ASCII, so that they survive every terminal, pager and mail. */

const FRAME = {
  top: '-',
  'top-mid': '+',
  'top-left': '+',
  'top-right': '+',
  bottom: '-',
  'bottom-mid': '+',
  'bottom-left': '+',
  'bottom-right': '+',
  left: '|',
  'left-mid': '',
  mid: '',
  'mid-mid': '',
  right: '|',
  'right-mid': '',
  middle: '|',
} as const;

/** One line per row; what is missing is an empty cell. Ends with a line end. */
export async function renderTable(
  head: readonly string[],
  rows: readonly (readonly unknown[])[],
): Promise<string> {
  const { default: Table } = await import('cli-table3');
  // Its styles would colour the text, also where nobody sees colours.
  const table = new Table({ head: [...head], chars: FRAME, style: { head: [], border: [] } });
  for (const row of rows) table.push(head.map((_, column) => textOf(row[column])));
  const [top = '', header = '', ...body] = table.toString().split('\n');
  return [top, header, top, ...body, ''].join('\n');
}

function textOf(cell: unknown): string {
  if (cell === undefined || cell === null) return '';
  if (typeof cell === 'string') return cell;
  return cell instanceof Date ? cell.toISOString() : JSON.stringify(cell);
}
