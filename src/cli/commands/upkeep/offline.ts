/** Runs without the database: `rlaunch … --offline` runs them, these bring them home, or give them up. */
import { defineCommand, type CommandArgs } from '../../program/define-command';
import { CONFIRM_OPTIONS, FIREWORK_SELECTOR_OPTIONS, DRY_RUN_OPTION } from '../../options/option-groups';

const RECOVER_OPTIONS = {
  ignore_errors: {
    type: 'boolean',
    short: 'i',
    describe: 'leave runs open that cannot be recovered, instead of making them FIZZLED',
  },
  fworker_file: {
    type: 'string',
    short: 'w',
    placeholder: 'FILE',
    describe: "only runs of this worker; '' is all (else the configured one, or all)",
  },
  'print-errors': { type: 'boolean', multiShort: 'pe', describe: 'show what went wrong, whole' },
} as const;

export type RecoverOfflineArgs = CommandArgs<typeof RECOVER_OPTIONS>;

export const recoverOffline = defineCommand({
  notes:
    'To be run now and then where the directories can be reached. What has begun becomes RUNNING, with its sign of life; ' +
    'what has ended COMPLETED or FIZZLED, dated to when it did. A run whose files cannot be read becomes FIZZLED with the ' +
    'reason (not with -i); one whose directory is not on this machine is left alone.',
  examples: [
    { command: 'lpad recover_offline', says: 'of the configured worker, or all' },
    {
      command: 'lpad recover_offline -w my_fworker.yaml -i',
      says: 'of one worker; nothing becomes FIZZLED by it',
    },
  ],
  options: RECOVER_OPTIONS,
  outputs: ['text', 'json', 'ids'],
});

const FORGET_OPTIONS = { ...FIREWORK_SELECTOR_OPTIONS, ...DRY_RUN_OPTION, ...CONFIRM_OPTIONS } as const;

export type ForgetOfflineArgs = CommandArgs<typeof FORGET_OPTIONS>;

export const forgetOffline = defineCommand({
  notes:
    'Nothing else changes: the Firework stays RESERVED or RUNNING until it is rerun or detect_lostruns finds it.',
  examples: [{ command: 'lpad forget_offline -i 12', says: 'the runs of Firework 12' }],
  options: FORGET_OPTIONS,
  outputs: ['text', 'json', 'ids'],
});
