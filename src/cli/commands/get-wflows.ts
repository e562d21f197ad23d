import { defineCommand, type CommandArgs } from '../program/define-command';
import { DISPLAY_OPTIONS, WORKFLOW_SELECTOR_OPTIONS } from '../options/option-groups';

const OPTIONS = {
  ...WORKFLOW_SELECTOR_OPTIONS,
  ...DISPLAY_OPTIONS,
  table: { type: 'boolean', short: 't', group: 'Output', describe: 'print a table' },
} as const;

export type GetWflowsArgs = CommandArgs<typeof OPTIONS>;

export const getWflows = defineCommand({
  notes:
    'An id is that of any member; -n, -s and -q are asked of the workflows. All that are given must hold; with none, ' +
    'every Workflow is shown.',
  examples: [
    { command: 'lpad get_wflows -s FIZZLED', says: 'workflows with a failure in the way' },
    { command: 'lpad get_wflows -i 7 -d more', says: 'the one that Firework 7 is in, member by member' },
    { command: 'lpad get_wflows --rsort updated_on -m 10 -t', says: 'the ten that moved last, as a table' },
    { command: `lpad get_wflows -q '{"metadata.project": "x"}' -d count`, says: 'how many of a project' },
  ],
  options: OPTIONS,
  outputs: ['json', 'yaml'],
});
