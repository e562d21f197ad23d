import { defineCommand, type CommandArgs } from '../program/define-command';

const OPTIONS = {
  max: {
    type: 'number',
    short: 'm',
    default: 20,
    placeholder: 'N',
    describe: 'the last N commands; 0 is all',
  },
} as const;

const POSITIONALS = {
  journal_id: { type: 'string', placeholder: 'JOURNAL_ID', describe: 'show this one, Firework by Firework' },
} as const;

export type JournalArgs = CommandArgs<typeof OPTIONS, typeof POSITIONALS>;

export const journal = defineCommand({
  examples: [
    { command: 'lpad journal', says: 'the last 20 commands that changed something' },
    { command: 'lpad journal 20261121T080143-4171a2b3c', says: 'what one of them changed' },
  ],
  options: OPTIONS,
  positionals: POSITIONALS,
  outputs: ['text', 'json'],
});
