import { defineCommand, type CommandArgs } from '../../program/define-command';
import { CONFIRM_OPTIONS, DRY_RUN_OPTION, SELECTOR_OPTIONS } from '../../options/option-groups';

const OPTIONS = {
  ...SELECTOR_OPTIONS,
  ldirs: {
    type: 'boolean',
    describe: 'also their launch folders on this machine; these do not come back',
  },
  ...DRY_RUN_OPTION,
  ...CONFIRM_OPTIONS,
} as const;

export type DeleteWflowsArgs = CommandArgs<typeof OPTIONS>;

export const deleteWflows = defineCommand({
  notes:
    '-i names any member; -n, -s and -q ask the workflows. All selectors given must hold, and at least one must be given. ' +
    'Launches that Fireworks of other workflows share stay. No process is stopped. lpad undo brings everything back but ' +
    'folders, until lpad journal --prune forgets it. --ldirs leaves folders alone that another Firework uses, or that ' +
    'something may still be running in. Exit statuses are those of rerun_fws.',
  examples: [
    { command: 'lpad delete_wflows -i 7 --dry-run', says: 'what would go' },
    { command: 'lpad delete_wflows -i 7', says: 'the workflow of Firework 7' },
    { command: 'lpad delete_wflows -n "test run" -s FIZZLED', says: 'by name and state' },
    { command: 'lpad delete_wflows -s ARCHIVED --ldirs --yes', says: 'with folders, without a question' },
  ],
  options: OPTIONS,
  outputs: ['text', 'json', 'ids'],
});
