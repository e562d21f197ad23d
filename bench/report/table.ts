/** The figures as a table of Markdown, which is also what docs/benchmarks.md holds. */
import type { Figures, RowReport } from './ratios';

const HEAD = ['work', 'lpad', 'FireWorks', 'bare driver', 'embedded', 'target', 'reached', ''];

export function tableOf(reports: readonly RowReport[]): string {
  const rows = reports.flatMap(linesOf);
  const all = [HEAD, ...rows];
  const widths = HEAD.map((_, column) => Math.max(...all.map((cells) => (cells[column] ?? '').length)));
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(' | ')} |`;
  return [line(HEAD), line(widths.map((width) => '-'.repeat(width))), ...rows.map(line)].join('\n');
}

/** A row of the benchmark has a line for each of its targets. */
function linesOf({ title, figures, verdicts }: RowReport): readonly (readonly string[])[] {
  const { ours, fireworks, floor, embedded } = figures;
  const facts = [title, ...[ours, fireworks, floor, embedded].map(cellOf)];
  if (verdicts.length === 0) return [[...facts, '', '', '']];
  return verdicts.map(({ target, reached, ok }, index) => [
    ...(index === 0 ? facts : facts.map(() => '')),
    target,
    reached.toPrecision(reached >= 100 ? 3 : 2),
    ok ? 'OK' : 'SHORT',
  ]);
}

/** `2.31 s (2.23–2.40), 210 MB`: the median, the range, the peak. */
function cellOf(figures: Figures | undefined): string {
  if (!figures) return '';
  const { min, median, max, megabytes, cutShort } = figures;
  const range = max - min >= 0.005 ? ` (${min.toFixed(2)}–${max.toFixed(2)})` : '';
  const time = cutShort ? `ended after ${max.toFixed(0)} s` : `${median.toFixed(2)} s${range}`;
  return Number.isNaN(megabytes) ? time : `${time}, ${megabytes.toFixed(0)} MB`;
}
