import { defineCommand, type CommandArgs } from '../../program/define-command';

const OPTIONS = {
  fw_id: { type: 'string', short: 'i', placeholder: 'ID', describe: 'any Firework of the Workflow' },
} as const;

export type LineageArgs = CommandArgs<typeof OPTIONS>;

export const lineage = defineCommand({
  notes:
    'From the first run on: what was rerun as a new run (rerun_wflows, rerun_fws --as-new, add --rerun-from). The one that was ' +
    'asked for is marked. What ran again in place is no new run: lpad journal tells of that.',
  examples: [
    { command: 'lpad lineage -i 7', says: 'what the Workflow of Firework 7 comes from, and what came of it' },
  ],
  options: OPTIONS,
  outputs: ['text', 'json', 'yaml', 'ids'],
});
