import { defineCommand, type CommandArgs } from '../../program/define-command';
import { DRY_RUN_OPTION } from '../../options/option-groups';

const OPTIONS = {
  fw_id: {
    type: 'array',
    short: 'i',
    placeholder: 'IDS',
    describe: 'the parents, all of the same workflow: 3 5, 3,5 or 3-9',
  },
  wf_file: {
    type: 'string',
    short: 'f',
    placeholder: 'FILE',
    describe: 'a Workflow or a Firework, YAML or JSON; its fw_ids are negative or left out',
  },
  detour: {
    type: 'boolean',
    short: 'd',
    describe: "the parents' children wait for it; none of them may be READY or have run",
  },
  no_pull_spec_mods: {
    type: 'boolean',
    describe: 'what COMPLETED parents handed on to their children is not handed on to it',
  },
  ...DRY_RUN_OPTION,
} as const;

export type AppendWflowArgs = CommandArgs<typeof OPTIONS>;

export const appendWflow = defineCommand({
  notes:
    'Its roots become children of every parent, and are READY when all of these are COMPLETED. With --detour the ' +
    "parents' children hang below its leaves as well, and keep their direct links. lpad undo takes it away again as " +
    'long as nothing of it has been touched.',
  examples: [
    { command: 'lpad append_wflow -i 7 -f analysis.yaml', says: 'below Firework 7' },
    { command: 'lpad append_wflow -i 7,9 -f join.yaml', says: 'it waits for both' },
    { command: 'lpad append_wflow -i 7 -f relax-again.yaml --detour', says: 'before what follows 7' },
    { command: 'lpad append_wflow -i 7 -f analysis.yaml --dry-run', says: 'what would be added' },
  ],
  options: OPTIONS,
  outputs: ['text', 'json', 'ids'],
});
