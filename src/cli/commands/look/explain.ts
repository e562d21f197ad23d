import { defineCommand, type CommandArgs } from '../../program/define-command';

const OPTIONS = {
  fw_id: { type: 'number', short: 'i', placeholder: 'ID', describe: 'the id of a Firework' },
} as const;

export type ExplainArgs = CommandArgs<typeof OPTIONS>;

export const explain = defineCommand({
  notes:
    'Why a Firework is in its state: the parents that it waits for, who paused it, since when it runs and when it was last ' +
    'heard of. Then its attempts side by side, with what differs between the specs that they began with, and what a rerun ' +
    'would reset. Nothing is written.',
  examples: [
    { command: 'lpad explain -i 7', says: 'why, its attempts, and what to type next' },
    { command: 'lpad explain -i 7 -o json', says: 'the same for programs' },
  ],
  options: OPTIONS,
  outputs: ['text', 'json', 'yaml'],
});
