/** Tables without frames, in the layout "simple" of Python's tabulate, which FireWorks' introspection prints. */

interface Column {
  readonly head: string;
  readonly cells: readonly string[];
  readonly isNumeric: boolean;
}

/** Columns are as wide as their heads and two more, at least. Ends with a line end. */
export function renderSimpleTable(
  heads: readonly string[],
  rows: readonly (readonly (string | number)[])[],
): string {
  const columns = heads.map((head, index) =>
    columnOf(
      head,
      rows.map((row) => row[index] ?? ''),
    ),
  );
  const widths = columns.map(({ head, cells }) => Math.max(head.length + 2, ...cells.map(widthOf)));
  const line = (texts: readonly string[]): string =>
    texts
      .map((text, index) => pad(text, widths[index] ?? 0, columns[index]?.isNumeric ?? false))
      .join('  ')
      .trimEnd();
  const body = rows.map((_, row) => line(columns.map(({ cells }) => cells[row] ?? '')));
  const rule = widths.map((width) => '-'.repeat(width)).join('  ');
  return `${[line(heads), rule, ...body].join('\n')}\n`;
}

function columnOf(head: string, values: readonly (string | number)[]): Column {
  const texts = values.map((value) => String(value).replaceAll('\n', '\\n'));
  const isNumeric =
    texts.length > 0 && texts.every((text) => /^[-+]?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?$/i.test(text));
  if (!isNumeric) return { head, cells: texts, isNumeric };
  const isWhole = texts.every((text) => /^[-+]?\d+$/.test(text));
  return { head, cells: alignPoints(isWhole ? texts : texts.map(sixDigits)), isNumeric };
}

/** Python's format `g`. */
function sixDigits(text: string): string {
  return String(Number(Number(text).toPrecision(6)));
}

function alignPoints(texts: readonly string[]): readonly string[] {
  const behind = texts.map((text) => (text.includes('.') ? text.length - text.indexOf('.') : 0));
  const most = Math.max(...behind);
  return texts.map((text, index) => text + ' '.repeat(most - (behind[index] ?? 0)));
}

/** Characters, not UTF-16 units. */
function widthOf(text: string): number {
  return Array.from(text).length;
}

function pad(text: string, width: number, isNumeric: boolean): string {
  const blanks = ' '.repeat(Math.max(0, width - widthOf(text)));
  return isNumeric ? blanks + text : text + blanks;
}
