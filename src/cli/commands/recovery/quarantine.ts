import { DRY_RUN_OPTION, FIREWORK_SELECTOR_OPTIONS } from '../../options/option-groups';
import { defineCommand, type CommandArgs } from '../../program/define-command';

const LIST_OPTIONS = { ...FIREWORK_SELECTOR_OPTIONS } as const;
const RELEASE_OPTIONS = { ...FIREWORK_SELECTOR_OPTIONS, ...DRY_RUN_OPTION } as const;

export type QuarantineListArgs = CommandArgs<typeof LIST_OPTIONS>;
export type QuarantineReleaseArgs = CommandArgs<typeof RELEASE_OPTIONS>;

export const quarantineList = defineCommand({
  notes:
    'lpad recover leaves these Fireworks alone; nothing else does: rockets and every other command treat them as what they ' +
    'are, FIZZLED. A quarantine is of one failure, and over once somebody has rerun the Firework, with lpad or with Python.',
  examples: [
    { command: 'lpad quarantine list', says: 'all, with the reasons' },
    { command: 'lpad quarantine list --fingerprint 0a758af6a7', says: 'with one error' },
    { command: 'lpad quarantine list -o ids', says: 'for scripts' },
  ],
  options: LIST_OPTIONS,
  outputs: ['text', 'json', 'yaml', 'ids'],
});

export const quarantineRelease = defineCommand({
  notes:
    'lpad recover may try them again, as if they had failed for the first time: attempts until now count no more, and a ' +
    'rule that quarantines does not take them back for the same failure. Nothing is rerun by this: lpad rerun_fws does it ' +
    'now, and ends the quarantine, too. Exit status: 0 done, or none matched, 1 one of the ids is not quarantined, 2 usage.',
  examples: [
    { command: 'lpad quarantine release -i 17', says: 'one, after its input was mended' },
    { command: 'lpad quarantine release --fingerprint 0a758af6a7', says: 'all with one error' },
    { command: "lpad quarantine release -q '{}'", says: 'all' },
    { command: 'lpad quarantine release -n relax --dry-run', says: 'which they would be' },
  ],
  options: RELEASE_OPTIONS,
  outputs: ['text', 'json', 'yaml', 'ids'],
});
