/** Blocks as text for a terminal or a mail. */
import { renderTable } from '../table';
import type { Block, TypedCommand } from './blocks';

export async function textOf(blocks: readonly Block[]): Promise<string> {
  const parts = [];
  for (const block of blocks) parts.push(await blockText(block));
  return parts.filter((part) => part !== '').join('\n');
}

async function blockText(block: Block): Promise<string> {
  switch (block.kind) {
    case 'title':
    case 'heading':
      return `${block.text}\n${(block.kind === 'title' ? '=' : '-').repeat(block.text.length)}\n`;
    case 'lines':
      return block.lines.map((line) => `${line}\n`).join('');
    case 'figures': {
      const label = Math.max(...block.figures.map((one) => one.label.length));
      const value = Math.max(...block.figures.map((one) => one.value.length));
      return block.figures
        .map((one) => `${one.label.padEnd(label)}  ${one.value.padStart(value)}  ${one.note}`.trimEnd())
        .map((line) => `${line}\n`)
        .join('');
    }
    case 'table':
      return renderTable(
        block.head,
        block.rows.map((row) => row.map(String)),
      );
    case 'entry':
      return [
        `${block.name}\n`,
        ...block.lines.map((line) => `    ${line}\n`),
        ...commandLines(block.commands, '    '),
      ].join('');
    case 'commands':
      return commandLines(block.commands, '').join('');
    case 'charts':
      return '';
  }
}

function commandLines(commands: readonly TypedCommand[], indent: string): readonly string[] {
  return commands.map(({ says, command }) => `${indent}${says === '' ? '' : `${says}: `}${command}\n`);
}
