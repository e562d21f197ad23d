import { defineCommand, type CommandArgs } from '../../program/define-command';
import { CONFIRM_OPTIONS, DRY_RUN_OPTION, OPTIONAL_DISPLAY_OPTIONS } from '../../options/option-groups';

const OPTIONS = {
  time: {
    type: 'number',
    placeholder: 'SECS',
    describe: 'RESERVED for so many seconds; else RESERVATION_EXPIRATION_SECS (1209600, 14 days)',
  },
  rerun: { type: 'boolean', describe: 'give the reservations up: the Fireworks may be claimed again' },
  ...OPTIONAL_DISPLAY_OPTIONS,
  ...DRY_RUN_OPTION,
  ...CONFIRM_OPTIONS,
} as const;

export type DetectUnreservedArgs = CommandArgs<typeof OPTIONS>;

export const detectUnreserved = defineCommand({
  notes:
    'No job is removed from the queue: one that starts later finds its Firework no longer RESERVED. Fireworks that are ' +
    'RESERVED without any launch, because their rocket died between the two, are found as well.',
  examples: [
    { command: 'lpad detect_unreserved', says: 'older than 14 days' },
    { command: 'lpad detect_unreserved --time 86400 --rerun', says: 'give up what is older than a day' },
  ],
  options: OPTIONS,
  outputs: ['text', 'json', 'yaml', 'ids'],
});
