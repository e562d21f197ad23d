import { defineCommand, type CommandArgs } from '../../program/define-command';

const OPTIONS = {
  fw_id: { type: 'array', short: 'i', placeholder: 'IDS', describe: 'ids: 3 5, 3,5 or 3-9' },
} as const;

export type GetQidsArgs = CommandArgs<typeof OPTIONS>;

export const getQids = defineCommand({
  notes: 'One line for each, in the order of -i: the id in the queue, or None.',
  examples: [
    { command: 'lpad get_qids -i 7', says: 'the job of one' },
    { command: 'scancel $(lpad get_qids -i 3-9)', says: 'cancel the jobs of several' },
  ],
  options: OPTIONS,
  outputs: ['text', 'json'],
});
