/**
 * Blocks as one HTML page without anything from elsewhere: no script, and the style within, so that it opens offline, in a mail and
 * where scripts are forbidden. The charts are tables that Charts.css draws as columns.
 */
import { readFile } from 'node:fs/promises';
import type { Block, TypedCommand } from './blocks';
import { chartHtml } from './chart-html';
import { escaped } from './escaped';
import { PAGE_STYLE } from './page-style';

export async function pageOf(title: string, blocks: readonly Block[]): Promise<string> {
  const charts = await readFile(require.resolve('charts.css'), 'utf8');
  return [
    '<!DOCTYPE html>',
    '<html lang="en">',
    '<head>',
    '<meta charset="utf-8">',
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    `<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">`,
    `<title>${escaped(title)}</title>`,
    `<style>/* Charts.css, https://ChartsCSS.org, copyright 2020 Rami Yushuvaev, MIT licence */${charts.trim()}</style>`,
    `<style>${PAGE_STYLE}</style>`,
    '</head>',
    '<body>',
    '<main>',
    ...blocks.map(blockHtml),
    '</main>',
    '</body>',
    '</html>',
    '',
  ].join('\n');
}

function blockHtml(block: Block): string {
  switch (block.kind) {
    case 'title':
      return `<h1>${escaped(block.text)}</h1>`;
    case 'heading':
      return `<h2>${escaped(block.text)}</h2>`;
    case 'lines':
      return block.lines.map((line) => `<p>${escaped(line)}</p>`).join('\n');
    case 'figures':
      return `<dl class="figures">${block.figures.map(figureHtml).join('')}</dl>`;
    case 'table':
      return tableHtml(block.head, block.rows);
    case 'entry':
      return [
        '<section class="entry">',
        `<h3>${escaped(block.name)}</h3>`,
        ...block.lines.map((line) => `<p>${escaped(line)}</p>`),
        commandsHtml(block.commands),
        '</section>',
      ].join('\n');
    case 'commands':
      return commandsHtml(block.commands);
    case 'charts':
      return block.charts.map(chartHtml).join('\n');
  }
}

function figureHtml({ label, value, note }: Extract<Block, { kind: 'figures' }>['figures'][number]): string {
  const more = note === '' ? '' : `<dd class="note">${escaped(note)}</dd>`;
  return `<div><dt>${escaped(label)}</dt><dd>${escaped(value)}</dd>${more}</div>`;
}

function tableHtml(head: readonly string[], rows: Extract<Block, { kind: 'table' }>['rows']): string {
  const cells = (row: readonly (string | number)[]): string =>
    row
      .map((value, at) =>
        at === 0 ? `<th scope="row">${escaped(String(value))}</th>` : `<td>${escaped(String(value))}</td>`,
      )
      .join('');
  return [
    '<div class="wide"><table class="numbers">',
    `<thead><tr>${head.map((one) => `<th scope="col">${escaped(one)}</th>`).join('')}</tr></thead>`,
    `<tbody>${rows.map((row) => `<tr>${cells(row)}</tr>`).join('\n')}</tbody>`,
    '</table></div>',
  ].join('\n');
}

function commandsHtml(commands: readonly TypedCommand[]): string {
  if (commands.length === 0) return '';
  const rows = commands.map(
    ({ says, command }) =>
      `<li${says === '' ? ' class="alone"' : ''}>${says === '' ? '' : `<span>${escaped(says)}</span>`}<code>${escaped(command)}</code></li>`,
  );
  return `<ul class="commands">${rows.join('')}</ul>`;
}
