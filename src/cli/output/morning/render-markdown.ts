/** Blocks as Markdown, for wikis and chats. */
import type { Block, TypedCommand } from './blocks';

export function markdownOf(blocks: readonly Block[]): string {
  return `${blocks
    .map(blockMarkdown)
    .filter((part) => part !== '')
    .join('\n\n')}\n`;
}

function blockMarkdown(block: Block): string {
  switch (block.kind) {
    case 'title':
      return `# ${plain(block.text)}`;
    case 'heading':
      return `## ${plain(block.text)}`;
    case 'lines':
      return block.lines.map(plain).join('\n\n');
    case 'figures':
      return block.figures
        .map(
          ({ label, value, note }) =>
            `- **${plain(label)}**: ${value}${note === '' ? '' : `, ${plain(note)}`}`,
        )
        .join('\n');
    case 'table':
      return [block.head, block.head.map(() => '---'), ...block.rows.map((row) => row.map(cell))]
        .map((row) => `| ${row.join(' | ')} |`)
        .join('\n');
    case 'entry':
      return [
        `### ${plain(block.name)}`,
        block.lines.map((line) => `- ${plain(line)}`).join('\n'),
        commandBlock(block.commands),
      ]
        .filter((part) => part !== '')
        .join('\n\n');
    case 'commands':
      return commandBlock(block.commands);
    case 'charts':
      return '';
  }
}

function cell(value: string | number): string {
  return plain(String(value));
}

/** Errors are full of characters that Markdown, or the HTML in it, would take for its own. */
function plain(text: string): string {
  return text.replaceAll(/[\\`*_{}[\]<>#|~&]/g, (character) => `\\${character}`);
}

function commandBlock(commands: readonly TypedCommand[]): string {
  if (commands.length === 0) return '';
  const lines = commands.flatMap(({ says, command }) => [...(says === '' ? [] : [`# ${says}`]), command]);
  return ['```sh', ...lines, '```'].join('\n');
}
