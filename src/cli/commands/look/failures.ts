import { defineCommand, type CommandArgs } from '../../program/define-command';
import { FIREWORK_SELECTOR_OPTIONS } from '../../options/option-groups';

const OPTIONS = { ...FIREWORK_SELECTOR_OPTIONS } as const;

export type FailuresArgs = CommandArgs<typeof OPTIONS>;

export const failures = defineCommand({
  notes:
    'FIZZLED Fireworks, all or those selected, grouped by the last exception of their launch without numbers, paths, ids, ' +
    'addresses and dates. --fingerprint selects a group in every command that selects Fireworks. "reruns" counts attempts ' +
    'that failed so and were rerun: how many of the reruns that ended COMPLETED.',
  examples: [
    { command: 'lpad failures', says: 'everything that failed, the most frequent error first' },
    { command: 'lpad failures -n relax', says: 'of Fireworks of one name' },
    { command: 'lpad failures -o json', says: 'for programs: {"format": 1, "clusters": […]}' },
    { command: 'lpad get_fws --fingerprint 0a758af6a7 -d ids', says: 'which they are' },
    { command: 'lpad rerun_fws --fingerprint 0a758af6a7 --dry-run', says: 'what a rerun of them would do' },
  ],
  options: OPTIONS,
  outputs: ['text', 'json', 'yaml'],
});
