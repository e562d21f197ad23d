import { defineCommand, type CommandArgs } from '../../program/define-command';
import { CONFIRM_OPTIONS } from '../../options/option-groups';

const POSITIONALS = {
  plan_file: { type: 'string', required: true, placeholder: 'FILE', describe: 'what --plan wrote' },
} as const;

export type ApplyArgs = CommandArgs<typeof CONFIRM_OPTIONS, typeof POSITIONALS>;

export const apply = defineCommand({
  notes:
    'Every document must still be exactly what the plan found. Workflows where one is not are left alone, each document is ' +
    'named, and the exit status is 5.',
  examples: [
    { command: 'lpad rerun_fws -s FIZZLED --plan plan.json', says: 'writes the plan, and nothing else' },
    { command: 'lpad apply plan.json', says: 'commits it' },
  ],
  options: CONFIRM_OPTIONS,
  positionals: POSITIONALS,
  outputs: ['text', 'json', 'ids'],
});
