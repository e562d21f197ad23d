/** A chart as a table in the classes of Charts.css: whoever cannot see it reads the numbers. */
import type { Chart } from './blocks';
import { escaped } from './escaped';

/** Lines across the chart, the upper edge included. */
const LINES = 4;
/** More labels than that stand on each other. */
const MOST_LABELS = 16;

export function chartHtml({ title, unit, series, columns }: Chart): string {
  const highest = Math.max(...columns.map(({ values }) => values.reduce((sum, value) => sum + value, 0)));
  const top = scaleTop(highest);
  const ticks = Array.from({ length: LINES + 1 }, (_, at) => numberText((top * (LINES - at)) / LINES));
  const colours = series.map(({ colour }, at) => `--color-${String(at + 1)}: ${colour}`).join('; ');
  const every = Math.ceil(columns.length / MOST_LABELS);
  const last = columns.length - 1;
  const rows = columns.map(({ label, values }, at) => {
    const shown = (last - at) % every === 0 ? label : '';
    const cells = values.map((value, part) =>
      cellHtml(value, top, `${label}: ${numberText(value)} ${series[part]?.name ?? ''}`),
    );
    return `<tr><th scope="row"><span aria-hidden="true">${escaped(shown)}</span><span class="unseen">${escaped(label)}</span></th>${cells.join('')}</tr>`;
  });
  return [
    '<figure class="chart">',
    `<figcaption>${escaped(title)} <small>(${escaped(unit)})</small></figcaption>`,
    '<div class="plot">',
    `<div class="ticks" aria-hidden="true">${ticks.map((tick) => `<span>${tick}</span>`).join('')}</div>`,
    `<table class="charts-css column multiple stacked show-labels show-primary-axis show-4-secondary-axes data-spacing-2 hide-data" style="${colours}">`,
    `<caption>${escaped(title)}</caption>`,
    `<thead><tr><th scope="col">night</th>${series.map(({ name }) => `<th scope="col">${escaped(name)}</th>`).join('')}</tr></thead>`,
    `<tbody>${rows.join('\n')}</tbody>`,
    '</table>',
    '</div>',
    `<ul class="charts-css legend legend-inline legend-square" style="${colours}">${series.map(({ name }) => `<li>${escaped(name)}</li>`).join('')}</ul>`,
    '</figure>',
  ].join('\n');
}

function cellHtml(value: number, top: number, says: string): string {
  const size = (value / top).toFixed(5);
  const tooltip = value > 0 ? `<span class="tooltip">${escaped(says)}</span>` : '';
  return `<td style="--size: ${size}"><span class="data">${numberText(value)}</span>${tooltip}</td>`;
}

/** The least in four equal steps that are easy to read, and whole for what is counted. */
export function scaleTop(highest: number): number {
  if (highest <= 0) return LINES;
  const step = highest / LINES;
  const power = 10 ** Math.floor(Math.log10(step));
  const round = [1, 2, 3, 4, 5, 6, 8, 10].find((one) => one * power >= step) ?? 10;
  return LINES * round * power;
}

function numberText(value: number): string {
  return value >= 100 ? String(Math.round(value)) : String(Number(value.toPrecision(3)));
}
