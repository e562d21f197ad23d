import { defineCommand, type CommandArgs } from '../../program/define-command';
import { SELECTOR_OPTIONS, SORT_OPTIONS } from '../../options/option-groups';

const OPTIONS = {
  ...SELECTOR_OPTIONS,
  ...SORT_OPTIONS,
  force: { type: 'boolean', describe: 'replace a file that is there' },
} as const;

const POSITIONALS = {
  file: { type: 'string', required: true, placeholder: 'FILE', describe: 'where to write it; - is stdout' },
} as const;

export type ExportArgs = CommandArgs<typeof OPTIONS, typeof POSITIONALS>;

export const exportCommand = defineCommand({
  notes:
    'Whole workflows, selected as in get_wflows, with their Fireworks, launches, offline runs and large actions; without a ' +
    'selector the whole database. A line of canonical Extended JSON for each document: docs/transfer.md.',
  examples: [
    { command: 'lpad export all.jsonl', says: 'everything: a backup, or the way to another store' },
    { command: `lpad export -q '{"metadata.project": "x"}' x.jsonl`, says: 'a project' },
    { command: 'lpad export -i 7 - | gzip > 7.jsonl.gz', says: 'the workflow of Firework 7' },
  ],
  options: OPTIONS,
  positionals: POSITIONALS,
  outputs: [],
});
