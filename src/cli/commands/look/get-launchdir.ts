import { defineCommand, type CommandArgs } from '../../program/define-command';

const OPTIONS = {
  launch_idx: {
    type: 'number',
    default: -1,
    placeholder: 'N',
    describe: 'which of the active launches: 0 is the first, -1 the last',
  },
} as const;

const POSITIONALS = {
  fw_id: { type: 'number', required: true, placeholder: 'FW_ID', describe: 'the id of a Firework' },
} as const;

export type GetLaunchdirArgs = CommandArgs<typeof OPTIONS, typeof POSITIONALS>;

export const getLaunchdir = defineCommand({
  notes: 'None, when it has no active launch.',
  examples: [
    { command: 'lpad get_launchdir 7', says: 'one line' },
    { command: 'cd "$(lpad get_launchdir 7)"', says: 'go there' },
  ],
  options: OPTIONS,
  positionals: POSITIONALS,
  outputs: ['text', 'json'],
});
