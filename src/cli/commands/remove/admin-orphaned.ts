import { defineCommand, type CommandArgs } from '../../program/define-command';
import {
  CONFIRM_OPTIONS,
  DISPLAY_OPTIONS,
  FIREWORK_SELECTOR_OPTIONS,
  RESERVATION_OPTIONS,
} from '../../options/option-groups';

const OPTIONS = {
  ...FIREWORK_SELECTOR_OPTIONS,
  ...RESERVATION_OPTIONS,
  ...DISPLAY_OPTIONS,
  remove: { type: 'boolean', describe: 'delete them with their launches' },
  ldirs: {
    type: 'boolean',
    needs: ['remove'],
    describe: 'also their launch folders on this machine; these do not come back',
  },
  ...CONFIRM_OPTIONS,
} as const;

export type OrphanedArgs = CommandArgs<typeof OPTIONS>;

export const adminOrphaned = defineCommand({
  notes:
    'They are left by programs that were killed while they added or deleted a workflow. Nothing will ever run them. Do not ' +
    '--remove while workflows are being added: Python stores the Fireworks first. lpad undo brings back what was removed.',
  examples: [
    { command: 'lpad admin orphaned', says: 'which there are' },
    { command: 'lpad admin orphaned -d count', says: 'how many' },
    { command: 'lpad admin orphaned --remove', says: 'delete them' },
  ],
  options: OPTIONS,
  outputs: ['json', 'yaml', 'text'],
});
