import { defineCommand, type CommandArgs } from '../../program/define-command';
import { CONFIRM_OPTIONS } from '../../options/option-groups';

const OPTIONS = {
  'dry-run': { type: 'boolean', group: 'Safety', describe: 'show what would become of each; write nothing' },
  ...CONFIRM_OPTIONS,
} as const;

const POSITIONALS = {
  journal_id: {
    type: 'string',
    placeholder: 'JOURNAL_ID',
    describe: 'what to take back; the last change without it',
  },
} as const;

export type UndoArgs = CommandArgs<typeof OPTIONS, typeof POSITIONALS>;

export const undo = defineCommand({
  notes:
    'Fireworks that were launched or changed since are named and left alone, and so is what stands below them. An undo is ' +
    'in the journal itself: undoing it brings the change back.',
  examples: [
    { command: 'lpad undo', says: 'the last change' },
    { command: 'lpad undo --dry-run', says: 'what that would do' },
    { command: 'lpad undo 20261121T080143-4171a2b3c', says: 'one from lpad journal' },
  ],
  options: OPTIONS,
  positionals: POSITIONALS,
  outputs: ['text', 'json', 'ids'],
});
