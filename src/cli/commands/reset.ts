import { defineCommand, type CommandArgs } from '../program/define-command';

const OPTIONS = {
  yes: { type: 'boolean', short: 'y', group: 'Safety', describe: 'agree without being asked' },
  password: {
    type: 'string',
    placeholder: 'YYYY-MM-DD',
    group: 'Safety',
    describe: "today's date agrees too, as in FireWorks",
  },
} as const;

export type ResetArgs = CommandArgs<typeof OPTIONS>;

export const reset = defineCommand({
  notes: 'Also what a new database needs before the first workflow is added. It cannot be undone.',
  examples: [
    { command: 'lpad reset', says: 'asks for the name of the database' },
    { command: 'lpad reset --yes', says: 'does not ask' },
  ],
  options: OPTIONS,
  outputs: ['text'],
});
